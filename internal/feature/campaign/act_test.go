package campaign

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/stat"
)

func (b *bundle) acted(deeds ...Deed) {
	b.T.Helper()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error { return b.s.Acted(ctx, tx, b.Acme, deeds) })
}

// goal writes a goal as package goal does.
func (b *bundle) goal(name string) uuid.UUID {
	b.T.Helper()
	id := ident.New()
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into goals (tenant_id, id, key, name, touch, window_days, created_at, updated_at)
			values ($1, $2, 'purchase', $3, 'delivered', 7, $4, $4)`, b.Acme, id, name, b.Clock.Now())
		return err
	})
	return id
}

// TestAHoldOutMeasuresWhatACampaignEarns: both groups buy, one of them more; who buys twice is one
// person worth both.
func TestAHoldOutMeasuresWhatACampaignEarns(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	people := b.people(140)
	c := b.draft(holdingOut(50))
	b.start(c)
	b.awaitStatus(c, Completed)
	stranger := b.Person("Stranger", 100)
	sale := b.goal("Sale")
	at := b.Clock.Now()
	buys := func(who uuid.UUID, rupees int64, when time.Time) Deed {
		return Deed{Contact: who, Act: ActConverted(sale), At: when, Value: money.Amount(rupees) * money.Unit}
	}
	var bought, worth [2]int64
	var deeds []Deed
	for i, p := range people {
		state, _ := c.assign(p.ID)
		group, every := 0, 2
		if state == stateHeldOut {
			group, every = 1, 5
		}
		if i%every != 0 {
			continue
		}
		bought[group]++
		worth[group] += 300
		deeds = append(deeds, buys(p.ID, 100, at), buys(p.ID, 50, at))
	}
	b.acted(append(deeds, buys(stranger.ID, 9, at), buys(people[0].ID, 9, at.AddDate(0, 0, 8)), buys(people[0].ID, 9, at.AddDate(0, 0, -1)))...)
	for i := range deeds {
		deeds[i].Value = 75 * money.Unit
	}
	b.acted(deeds...)
	list, err := b.s.Lifts(b.ann(), c.ID)
	b.Must(err)
	if len(list) != 2 || list[0].Act != ActReplied || list[1].Goal != "Sale" {
		t.Fatalf("lifts: %+v", list)
	}
	l, r := list[1], list[1].Revenue
	if l.Messaged.Acted != bought[0] || l.HeldOut.Acted != bought[1] || !l.Certain || !strings.Contains(l.Words, "reached “Sale”") {
		t.Errorf("lift: %+v; bought %v", l, bought)
	}
	if r == nil || r.Messaged != money.Amount(worth[0])*money.Unit || r.HeldOut != money.Amount(worth[1])*money.Unit {
		t.Fatalf("revenue: %+v; worth %v", r, worth)
	}
	mean := stat.Rate(worth[0])/stat.Rate(l.Messaged.People) - stat.Rate(worth[1])/stat.Rate(l.HeldOut.People)
	if !r.Certain || r.Low <= 0 || r.PerPerson != amount(mean*stat.Rate(money.Unit)) || !strings.HasPrefix(r.Words, "It earned ₹") {
		t.Errorf("revenue: %+v", r)
	}
	b.adds(c, 140)
}

// TestFewBuyersProveNothing: a mean of two is no mean.
func TestFewBuyersProveNothing(t *testing.T) {
	t.Parallel()
	k := actCount{Act: "goal:x", Messaged: 4, MessagedValue: 400 * money.Unit, MessagedSquare: 4e12}
	l := k.lift(1000, 1000, "INR")
	if l.Revenue == nil || l.Revenue.Certain || !strings.HasPrefix(l.Revenue.Words, "Not enough buyers") {
		t.Errorf("%+v", l.Revenue)
	}
	if l := (actCount{Act: ActReplied, Messaged: 4}).lift(1000, 1000, "INR"); l.Revenue != nil {
		t.Errorf("a reply is worth %+v", l.Revenue)
	}
}
