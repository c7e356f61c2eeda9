package billing

import (
	"testing"
)

// Each way of tampering with the books, and the claim that notices it. The books hold one message
// delivered, one failed, one adjusted, one delivered in another category and one on its way.
func TestVerifyNoticesTampering(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, sql, claim string
	}{
		{"an entry is raised", `update wallet_entries set amount = amount + 1 where account = 'held' and amount > 0`, "entries_balance"},
		{"an entry is lost", `delete from wallet_entries where account = 'funding'`, "entries_balance"},
		{"a transaction is lost", `delete from wallet_transactions where kind = 'release'`, "entries_balance"},
		{"a top-up says more", `update wallet_transactions set amount = amount + 1 where kind = 'topup'`, "entries_balance"},
		{"credit from nowhere", `update wallets set available = available + 1`, "balance_is_its_entries"},
		{"a change uncounted", `update wallets set number = number + 1`, "balance_is_its_entries"},
		{"a balance on the statement", `update wallet_transactions set available_after = available_after + 1 where number = 2`, "statement_runs_on"},
		{"a gap on the statement", `update wallet_transactions set number = 99 where number = 3`, "statement_runs_on"},
		{"a hold below zero", `update wallet_transactions set available_after = -5 where kind = 'hold'`, "negative_by_adjustment_only"},
		{"an entry in dollars", `update wallet_entries set currency = 'USD' where account = 'markup'`, "one_currency"},
		{"usage in dollars", `update usage_events set currency = 'USD' where kind = 'message_accepted'`, "one_currency"},
		{"a hold grows", `update messages set hold_amount = hold_amount + 1 where hold_open`, "held_is_open_holds"},
		{"a hold vanishes", `update messages set hold_open = false where hold_open`, "held_is_open_holds"},
		{"a sent message without a hold", `update messages set hold_open = false where hold_open`, "holds_are_open_where_due"},
		{"a final message with a hold", `update messages set hold_open = true where state = 'failed'`, "holds_are_open_where_due"},
		{"a hold closes again", `update messages set hold_open = true, state = 'sent' where state = 'failed'`, "holds_close_once"},
		{"a hold closes for less", `update usage_events set hold = hold - 1 where kind = 'message_charged'`, "holds_close_once"},
		{"a hold closes twice", `insert into usage_events select tenant_id, source_id, kind, 77, quantity, 0, 0, 0,
			currency, category, market, campaign_id, transaction_id, hold_transaction, occurred_at
			from usage_events where kind = 'message_released'`, "holds_close_once"},
		{"a delivery uncharged", `update messages set posted_base = 0 where state = 'delivered'`, claimOwed},
		{"a charge for a failure", `update messages set posted_markup = 5 where state = 'failed'`, claimOwed},
		{"a failure called delivered", `update messages set state = 'delivered' where state = 'failed'`, claimOwed},
		{"a category changed", `update messages set pricing_category = 'service' where pricing_category = 'marketing'`, claimOwed},
		{"another category's price", `update messages set posted_base = posted_base + 1 where pricing_category = 'utility'`, claimOwed},
		{"an adjustment skipped", `update messages set posted_seq = posted_seq + 1 where posted_seq = 2`, "postings_are_numbered"},
		{"an adjustment renumbered", `update usage_events set seq = 9 where kind = 'message_adjusted'`, "postings_are_numbered"},
		{"usage without its message", `delete from messages where state = 'failed'`, "postings_are_numbered"},
		{"a charge without usage", `delete from usage_events where kind = 'message_charged'`, "postings_are_numbered"},
		{"usage says less", `update usage_events set markup = markup - 1 where kind = 'message_charged'`, "usage_is_the_ledger"},
		{"usage of no transaction", `update usage_events set transaction_id = gen_random_uuid() where kind = 'message_adjusted'`, "usage_is_the_ledger"},
		{"a message uncounted", `update wallet_transactions set messages = messages + 1 where kind = 'charge'`, "usage_is_the_ledger"},
		{"acceptance unrecorded", `delete from usage_events where kind = 'message_accepted'`, "accepted_once"},
		{"acceptance invented", `update messages set state = 'queued' where state = 'sent'`, "accepted_once"},
		{"a base price of its own", `update messages set base = base - 1, markup = markup + 1 where hold_open`, claimRates},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.story()
			b.tamper(c.sql)
			got := b.verify()
			for _, check := range got.Checks {
				if check.Name != c.claim {
					continue
				}
				if check.OK || check.Count == 0 || check.Detail == "" {
					t.Errorf("%s is not noticed: %+v", c.claim, check)
				}
			}
			if got.OK {
				t.Error("the report is well")
			}
		})
	}
}

// story is books with everything in them, and proved.
func (b *bundle) story() {
	b.t.Helper()
	b.topUp(100)
	ids := b.claim(5)
	b.tell(report{state: "sent"}, ids...)
	b.tell(report{"delivered", "regular", "marketing"}, ids[0])
	b.tell(report{state: "failed"}, ids[1])
	b.tell(report{state: "expired"}, ids[2])
	b.tell(report{state: "delivered"}, ids[2])
	b.tell(report{"delivered", "regular", "utility"}, ids[3])
	b.verified()
	if b.t.Failed() {
		b.t.FailNow()
	}
}

func TestVerifyWithoutTenants(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.tenant("bob", "USD")
	got := b.verify()
	if !got.OK || got.Tenants != 2 || len(got.Checks) != 13 {
		t.Errorf("report: %+v", got)
	}
}
