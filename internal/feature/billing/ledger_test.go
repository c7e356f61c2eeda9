package billing

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Ten rupees pay for ten messages at 0.9494: eight are delivered, one fails, one stays on its way.
func TestMoneyOfABatch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	ids := b.claim(10)
	if got := b.available(); got != 100_000-94_940 {
		t.Fatalf("available after the hold: %d", got)
	}
	b.tell(report{state: "accepted"}, ids...)
	b.tell(report{"delivered", "regular", "marketing"}, ids[:8]...)
	b.tell(report{state: "failed"}, ids[8])
	b.tell(report{state: "read"}, ids[:8]...)
	if got := b.available(); got != 100_000-94_940+9_494 {
		t.Errorf("available after the results: %d", got)
	}
	view, err := b.service.Wallet(b.ctx, b.acme)
	if err != nil {
		t.Fatal(err)
	}
	if view.Held.Amount != 9_494 || view.SpentToday.Amount != 8*9_494 || view.Spent30Days.Amount != 8*9_494 {
		t.Errorf("wallet: %+v", view)
	}
	b.verified()
}

func TestAdjustments(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(1)
	id := b.claim(1)[0]
	b.tell(report{state: "unknown"}, id)
	rest := b.claim(1)[0]
	b.tell(report{state: "delivered"}, id) // the credit is spent by now
	if got := b.available(); got != 10_000-2*9_494 {
		t.Errorf("available after a late delivery: %d", got)
	}
	b.verified()
	b.tell(report{"read", "regular", "utility"}, id)
	b.tell(report{"delivered", "free_entry_point", "referral_conversion"}, rest)
	if got := b.available(); got != 10_000-1_150-115 {
		t.Errorf("available after the true category: %d", got)
	}
	b.verified()
}

func TestHandedBackAndHeldAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	id := b.claim(1)[0]
	b.tell(report{state: "queued"}, id)
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		hold, err := b.service.Hold(ctx, tx, b.acme, ident.New(), noon, 9_494, 1)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update messages set state = 'sending', hold_open = true, hold_transaction = $3
			where tenant_id = $1 and id = $2`, b.acme, id, hold)
		return err
	})
	b.verified()
	b.tell(report{state: "delivered"}, id)
	b.verified()
}

// Two lanes race for the last rupee: one gets it, the other is told and leaves no trace.
func TestTwoHoldsRace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(1)
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		wg.Go(func() {
			results <- b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
				_, err := b.service.Hold(ctx, tx, b.acme, ident.New(), noon, 9_494, 1)
				if errors.Is(err, ErrInsufficient) {
					return nil // commits: nothing may have been written
				}
				return err
			})
		})
	}
	wg.Wait()
	close(results)
	for err := range results {
		if err != nil {
			t.Error(err)
		}
	}
	if got := b.available(); got != 10_000-9_494 {
		t.Errorf("available: %d", got)
	}
	list, err := b.service.Transactions(b.ctx, b.acme, KindHold, nil, 10)
	if err != nil || len(list) != 1 {
		t.Errorf("holds: %v, %v", list, err)
	}
}

func TestHoldRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := b.service.Hold(ctx, tx, b.acme, ident.New(), noon, 1, 1)
		if !errors.Is(err, ErrInsufficient) || fault.KindOf(err) != fault.KindPaymentRequired {
			t.Errorf("hold from an empty wallet: %v", err)
		}
		_, err = b.service.Hold(ctx, tx, b.acme, ident.New(), noon, 0, 3) // the transaction is still good
		return err
	})
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := b.service.Hold(ctx, tx, b.acme, ident.New(), noon, -1, 1); err == nil {
			t.Error("a negative hold was taken")
		}
		return nil
	})
}

func TestOneClaimOneHold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	claim := ident.New()
	hold := func() error {
		return b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
			_, err := b.service.Hold(ctx, tx, b.acme, claim, noon, 9_494, 1)
			return err
		})
	}
	if err := hold(); err != nil {
		t.Fatal(err)
	}
	if err := hold(); err == nil {
		t.Error("a claim took two holds")
	}
	if got := b.available(); got != 100_000-9_494 {
		t.Errorf("available: %d", got)
	}
}

// A settlement posted twice is a mistake that must not pass.
func TestPostTwice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	id := b.claim(1)[0]
	before := b.standing(id)
	b.tell(report{state: "delivered"}, id)
	before.State = "delivered"
	st, _ := Settle(before, Price{Base: before.Base, Markup: before.Markup})
	err := b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.service.Post(ctx, tx, b.acme, noon, []Settlement{st})
	})
	if err == nil {
		t.Error("a hold closed twice")
	}
	b.verified()
}

func (b *bundle) standing(id uuid.UUID) (s Standing) {
	b.t.Helper()
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, lockStanding, b.acme, []uuid.UUID{id}).Scan(&s.MessageID, &s.State, &s.Category,
			&s.Market, &s.RateCard, &s.PricingType, &s.PricingCategory, &s.HoldOpen, &s.HoldTransaction, &s.Hold,
			&s.Base, &s.Markup, &s.PostedBase, &s.PostedMarkup, &s.Seq)
	})
	return s
}

func TestLedgerIsAppendOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	b.tell(report{state: "delivered"}, b.claim(1)...)
	for _, sql := range []string{
		"update wallet_transactions set amount = 0 where tenant_id = $1",
		"update wallet_entries set amount = 1 where tenant_id = $1",
		"update usage_events set base = 0 where tenant_id = $1",
		"delete from wallet_transactions where tenant_id = $1",
		"delete from wallet_entries where tenant_id = $1",
		"delete from usage_events where tenant_id = $1",
	} {
		run := func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, sql, b.acme)
			return err
		}
		for who, err := range map[string]error{
			"app":    b.db.InTenant(b.ctx, b.acme, run),
			"system": b.db.AsSystem(b.ctx, "try to change the ledger", run),
		} {
			if err == nil {
				t.Errorf("%s may run %s", who, sql)
			}
		}
	}
	b.verified()
}

// Bob's firm sees nothing of Acme's money and cannot spend it.
func TestWalletsAreApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(10)
	bob := b.tenant("bob", "INR")
	err := b.db.InTenant(b.ctx, bob, func(ctx context.Context, tx pgx.Tx) error {
		_, err := b.service.Hold(ctx, tx, b.acme, ident.New(), noon, 1, 1)
		return err
	})
	if !errors.Is(err, ErrInsufficient) {
		t.Errorf("bob holds acme's money: %v", err)
	}
	if list, err := b.service.Transactions(b.ctx, bob, "", nil, 10); err != nil || len(list) != 0 {
		t.Errorf("bob's statement: %v, %v", list, err)
	}
	b.verified()
}

// Lanes, results and top-ups at the same time leave books that can be proved.
func TestConcurrentLedger(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(1000)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				ids := b.claim(6)
				b.tell(report{state: "accepted"}, ids...)
				b.tell(report{state: "delivered"}, ids[:3]...)
				b.tell(report{state: "failed"}, ids[3:5]...)
				b.tell(report{"read", "regular", "utility"}, ids[2:4]...)
			}
		})
		wg.Go(func() { b.topUp(1) })
	}
	wg.Wait()
	b.verified()
}

func TestIdOfAPostingCarriesItsTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	one, two := newPosting(KindHold, at), newPosting(KindHold, at)
	if !ident.Time(one.id).Equal(at) || one.id == two.id || one.id.Version() != 7 {
		t.Errorf("ids %s and %s at %s", one.id, two.id, at)
	}
	one.entries[AccountHeld] = money.Unit
	if one.balanced() == nil {
		t.Error("a transaction that does not balance passes")
	}
}
