package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// What a month took is holds less what came back of them: $5 is the change but for top-ups. A
// transaction that is late by the turn of a month counts in the newer one.
const moveAvailable = `
update wallets w set
    available = w.available + $2,
    number = w.number + 1,
    last_transaction = $3,
    updated_at = $4,
    taken = case when w.taken_month >= m.month then w.taken else 0 end - $5,
    taken_month = greatest(w.taken_month, m.month)
from (
    select date_trunc('month', $4::timestamptz at time zone t.timezone)::date as month
    from tenants t where t.tenant_id = $1) m
where w.tenant_id = $1`

// The hold's own guard: whoever comes second for the last rupee, of the balance or of the month's
// cap, waits here and then matches no row.
const takeAvailable = moveAvailable + ` and w.available + $2 >= 0
    and (w.month_cap is null or case when w.taken_month >= m.month then w.taken else 0 end - $5 <= w.month_cap)`

// A transaction that moved the available balance is written from the wallet row it just changed,
// and not at all when the guard refused it.
const insertTransaction = `
insert into wallet_transactions (tenant_id, id, kind, currency, amount, available_change, number,
    available_after, messages, claim, reason, actor, actor_name, idempotency_key, created_at)
select w.tenant_id, $2, $3, w.currency, $4, $5::bigint,
    case when $5::bigint <> 0 then w.number end,
    case when $5::bigint <> 0 then w.available end,
    $6, $7, $8, $9, $10, $11, $12
from wallets w
where w.tenant_id = $1 and ($5::bigint = 0 or w.last_transaction = $2)
on conflict (tenant_id, id) do nothing`

const insertEntries = `
insert into wallet_entries (tenant_id, transaction_id, account, amount, currency)
select w.tenant_id, e.transaction_id, e.account, e.amount, w.currency
from wallets w
cross join unnest($2::uuid[], $3::text[], $4::bigint[]) e (transaction_id, account, amount)
where w.tenant_id = $1 and ($5::uuid is null or w.last_transaction = $5)
on conflict (tenant_id, transaction_id, account) do nothing`

// Events are unique by how they come about; one that is there already is a fault and fails.
// RETURNING and not ON CONFLICT: a speculative insert costs half as much again.
const insertUsage = `
insert into usage_events (tenant_id, source_id, kind, seq, quantity, base, markup, hold, currency,
    category, market, campaign_id, transaction_id, hold_transaction, occurred_at)
select w.tenant_id, e.source_id, e.kind, e.seq, e.quantity, e.base, e.markup, e.hold, w.currency,
    e.category, e.market, e.campaign_id, e.transaction_id, e.hold_transaction, e.occurred_at
from wallets w
cross join unnest($2::uuid[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::text[], $10::text[], $11::uuid[], $12::uuid[], $13::uuid[], $14::timestamptz[])
    e (source_id, kind, seq, quantity, base, markup, hold, category, market, campaign_id,
       transaction_id, hold_transaction, occurred_at)
where w.tenant_id = $1
returning 1`

// addPosting queues the wallet's change and the transaction's row. refused is what no change of
// the wallet means.
func (p *pipeline) addPosting(tenant uuid.UUID, post *posting, refused error) {
	change := int64(post.change())
	spent := change
	if post.kind == KindTopup {
		spent = 0
	}
	if change != 0 {
		sql := moveAvailable
		if post.covered {
			sql = takeAvailable
		}
		p.add(func(rows int64) error {
			if rows == 0 {
				return refused
			}
			return nil
		}, sql, tenant, change, post.id, post.at, spent)
	}
	p.add(exactly(1, "insert wallet transaction"), insertTransaction, tenant, post.id, string(post.kind),
		int64(post.amount), change, post.messages, post.claim, post.reason, post.actor, post.name,
		post.key, post.at)
}

// addEntries queues the entries of all postings as one statement. guard is the posting whose
// refusal must leave no entries either.
func (p *pipeline) addEntries(tenant uuid.UUID, guard *uuid.UUID, posts ...*posting) {
	var ids []uuid.UUID
	var accounts []string
	var amounts []int64
	for _, post := range posts {
		for _, account := range accountsInOrder {
			if a := post.entries[account]; a != 0 {
				ids = append(ids, post.id)
				accounts = append(accounts, string(account))
				amounts = append(amounts, int64(a))
			}
		}
	}
	if len(ids) > 0 {
		p.add(exactly(len(ids), "insert wallet entries"), insertEntries, tenant, ids, accounts, amounts, guard)
	}
}

var accountsInOrder = [...]Account{AccountAvailable, AccountHeld, AccountBaseCost, AccountMarkup, AccountFunding}

// run sends the pipeline in one round trip and reports the first check that fails.
func (p *pipeline) run(ctx context.Context, tx pgx.Tx) (err error) {
	if len(p.checks) == 0 {
		return nil
	}
	results := tx.SendBatch(ctx, &p.batch)
	defer func() {
		if closed := results.Close(); err == nil && closed != nil {
			err = closed
		}
	}()
	for _, check := range p.checks {
		tag, err := results.Exec()
		if err != nil {
			return err
		}
		if err := check(tag.RowsAffected()); err != nil {
			return err
		}
	}
	return nil
}

// wallet is a row of wallets with what prices depend on.
type wallet struct {
	Currency   money.Currency
	Available  money.Amount
	LowBalance money.Amount
	Timezone   string
	Country    string
}

const selectWallet = `
select w.currency, w.available, w.low_balance, t.timezone, t.country
from wallets w
join tenants t on t.tenant_id = w.tenant_id and t.tenant_id = $1
where w.tenant_id = $1`

func readWallet(row pgx.Row) (w wallet, err error) {
	err = row.Scan(&w.Currency, &w.Available, &w.LowBalance, &w.Timezone, &w.Country)
	if errors.Is(err, pgx.ErrNoRows) {
		return w, errNoWallet
	}
	if err != nil {
		return w, fmt.Errorf("read wallet: %w", err)
	}
	return w, nil
}

// zone is the tenant's time zone; tenants are checked to have one that exists.
func (w wallet) zone() *time.Location {
	zone, err := time.LoadLocation(w.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// day is the tenant's calendar day at t, as midnight UTC, which is how dates are compared.
func (w wallet) day(t time.Time) time.Time {
	local := t.In(w.zone())
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
}

// midnight is when the tenant's calendar day of d begins.
func (w wallet) midnight(d time.Time) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, w.zone())
}
