package billing

import (
	"fmt"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// The story of one message as the merge sees it: a report raises the state or tells the pricing.
type report struct {
	state    string
	pricing  string
	category string
}

// The order of DESIGN section 5.
var rank = map[string]int{
	"queued": 1, "sending": 2, "in_doubt": 3, "unknown": 4, "accepted": 5, "sent": 6,
	"expired": 7, "failed": 8, "delivered": 9, "read": 10,
}

var prices = map[string]Price{
	"marketing": {Base: 8631, Markup: 863, Currency: "INR"},
	"utility":   {Base: 1150, Markup: 115, Currency: "INR"},
}

// books is one message's ledger: every posting applied to the accounts.
type books struct {
	standing Standing
	sums     map[Account]money.Amount
	closings int
	seqs     []int
}

// heldMessage is a marketing message just claimed: its hold was taken from available.
func heldMessage() *books {
	p := prices["marketing"]
	return &books{
		standing: Standing{
			State: "sending", Category: "marketing", HoldOpen: true, Hold: p.Total(), Base: p.Base, Markup: p.Markup,
		},
		sums: map[Account]money.Amount{AccountAvailable: -p.Total(), AccountHeld: p.Total()},
	}
}

// apply merges the report as feature/message does, and posts the difference.
func (b *books) apply(r report) {
	if rank[r.state] > rank[b.standing.State] {
		b.standing.State = r.state
	}
	told := b.standing.PricingType + "/" + b.standing.PricingCategory
	if r.pricing+"/"+r.category > told { // any fixed order: free_… < regular
		b.standing.PricingType, b.standing.PricingCategory = r.pricing, r.category
	}
	b.post(Settle(b.standing, b.owed()))
}

func (b *books) owed() Price {
	p := prices["marketing"]
	if other, known := prices[b.standing.PricingCategory]; known {
		p = other
	}
	return Owed(b.standing.State, b.standing.PricingType, p)
}

func (b *books) post(st Settlement, due bool) {
	if !due {
		return
	}
	batch := newPostBatch(noon, 1)
	if err := batch.add(st); err != nil {
		panic(err)
	}
	for _, p := range []*posting{batch.charge, batch.release, batch.adjustment} {
		for account, a := range p.entries {
			b.sums[account] += a
		}
	}
	for i := range batch.usage.seqs {
		b.seqs = append(b.seqs, int(batch.usage.seqs[i]))
		if batch.usage.holds[i] != 0 {
			b.closings++
		}
	}
	b.standing.HoldOpen, b.standing.Seq = st.HoldOpen, st.Seq
	b.standing.PostedBase, b.standing.PostedMarkup = st.PostedBase, st.PostedMarkup
}

// wrong says what does not hold of the books as they stand, at any moment.
func (b *books) wrong() string {
	owed, s := b.owed(), b.standing
	var total money.Amount
	for _, a := range b.sums {
		total += a
	}
	held := money.Amount(0)
	if b.closings == 0 {
		held = s.Hold
	}
	switch {
	case total != 0:
		return fmt.Sprintf("entries sum to %d", total)
	case b.sums[AccountBaseCost] != owed.Base || b.sums[AccountMarkup] != owed.Markup:
		return fmt.Sprintf("charged %d + %d, owed %d + %d", b.sums[AccountBaseCost], b.sums[AccountMarkup], owed.Base, owed.Markup)
	case s.PostedBase != owed.Base || s.PostedMarkup != owed.Markup:
		return fmt.Sprintf("posted %d + %d, owed %d + %d", s.PostedBase, s.PostedMarkup, owed.Base, owed.Markup)
	case b.sums[AccountHeld] != held:
		return fmt.Sprintf("held %d, want %d in %s", b.sums[AccountHeld], held, s.State)
	case s.HoldOpen && !Holds(s.State):
		return "hold open in " + s.State
	case b.closings > 1 || b.closings == 1 && s.HoldOpen:
		return fmt.Sprintf("hold closed %d times", b.closings)
	}
	for i, n := range b.seqs {
		if n != i+1 {
			return fmt.Sprintf("postings numbered %v", b.seqs)
		}
	}
	if s.Seq != len(b.seqs) {
		return fmt.Sprintf("seq %d after %d postings", s.Seq, len(b.seqs))
	}
	return ""
}

// everyReport is each thing Meta or time can say after a claim, with each pricing it can carry.
func everyReport() []report {
	all := []report{{state: "in_doubt"}, {state: "unknown"}, {state: "accepted"}, {state: "expired"}, {state: "failed"}}
	for _, state := range []string{"sent", "delivered", "read"} {
		all = append(all,
			report{state: state},
			report{state, "regular", "marketing"},
			report{state, "regular", "utility"},
			report{state, "free_customer_service", "service"},
			report{state, "free_entry_point", "referral_conversion"},
		)
	}
	return all
}

func TestSettleHandedBack(t *testing.T) {
	t.Parallel()
	b := heldMessage()
	b.standing.State = "queued"
	b.post(Settle(b.standing, b.owed()))
	if b.standing.HoldOpen || b.sums[AccountAvailable] != 0 || b.standing.Seq != 1 {
		t.Fatalf("a message handed back keeps its hold: %+v", b)
	}
	if _, due := Settle(b.standing, b.owed()); due {
		t.Fatal("a hold closed twice")
	}
}

func TestSettleSteps(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		reports   []report
		available money.Amount // change since before the hold
		seq       int
	}{
		{"delivered", []report{{state: "delivered"}}, -9494, 1},
		{"delivered, then read", []report{{state: "delivered"}, {state: "read", pricing: "regular", category: "marketing_lite"}}, -9494, 1},
		{"delivered as utility", []report{{"delivered", "regular", "utility"}}, -1265, 2},
		{"delivered free", []report{{"delivered", "free_entry_point", "referral_conversion"}}, 0, 1},
		{"free after the charge", []report{{state: "delivered"}, {"read", "free_customer_service", "service"}}, 0, 2},
		{"failed", []report{{state: "failed"}}, 0, 1},
		{"delivered after unknown", []report{{state: "unknown"}, {state: "delivered"}}, -9494, 2},
		{"delivered after expired, as utility", []report{{state: "expired"}, {"delivered", "regular", "utility"}}, -1265, 2},
		{"sent", []report{{state: "sent", pricing: "regular", category: "marketing"}}, -9494, 0},
		{"a pricing type of tomorrow", []report{{"delivered", "free_forever", "marketing"}}, 0, 1},
	}
	for _, c := range cases {
		b := heldMessage()
		for _, r := range c.reports {
			b.apply(r)
		}
		if b.sums[AccountAvailable] != c.available || b.standing.Seq != c.seq {
			t.Errorf("%s: available %d after %d postings, want %d after %d",
				c.name, b.sums[AccountAvailable], b.standing.Seq, c.available, c.seq)
		}
	}
}

func TestOwed(t *testing.T) {
	t.Parallel()
	p := prices["marketing"]
	for state := range rank {
		for pricing, charged := range map[string]bool{
			"": true, "regular": true, "free_customer_service": false, "free_entry_point": false, "free_new": false,
		} {
			want := Price{Currency: "INR"}
			if charged && (state == "delivered" || state == "read") {
				want = p
			}
			if got := Owed(state, pricing, p); got != want {
				t.Errorf("Owed(%s, %s) = %+v, want %+v", state, pricing, got, want)
			}
		}
	}
}
