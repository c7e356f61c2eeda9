package billing

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// capped sets Acme's cap of a month, in rupees.
func (b *bundle) capped(rupees int64) {
	b.t.Helper()
	limit := money.Amount(rupees) * money.Unit
	if _, err := b.service.SetCap(b.ann(), &limit); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) ann() context.Context {
	return actor.With(b.ctx, actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: ident.New(), Role: "owner"})
}

// holds takes rupees for a claim now and says whether it might.
func (b *bundle) holds(rupees int64) bool {
	b.t.Helper()
	might := true
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := b.service.Hold(ctx, tx, b.acme, ident.New(), b.clock.Now(), money.Amount(rupees)*money.Unit, 1)
		if errors.Is(err, ErrInsufficient) {
			might = false
			return nil
		}
		return err
	})
	return might
}

// monthLeft is what the month may still take, in rupees; -1 without a cap.
func (b *bundle) monthLeft() int64 {
	b.t.Helper()
	left := int64(-1)
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error {
		m, err := b.service.Means(ctx, tx, b.acme, b.clock.Now())
		if m.CapLeft != nil {
			left = int64(*m.CapLeft / money.Unit)
		}
		return err
	})
	return left
}

// TestAMonthTakesNoMoreThanItsCap: holds count, top-ups do not, and the next month begins anew where
// the workspace is.
func TestAMonthTakesNoMoreThanItsCap(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(1000)
	if !b.holds(100) || b.monthLeft() != -1 {
		t.Fatal("without a cap nothing holds back")
	}
	b.capped(250)
	b.topUp(1000)
	if left := b.monthLeft(); left != 150 {
		t.Errorf("%d rupees are left, not 150: what came before the cap counts, a top-up does not", left)
	}
	if b.holds(151) || !b.holds(150) || b.holds(1) {
		t.Error("the cap is not where it should be")
	}
	b.clock.Advance(time.Date(2026, time.November, 30, 18, 29, 0, 0, time.UTC).Sub(noon))
	if b.holds(1) {
		t.Error("the month ended before midnight in India")
	}
	b.clock.Advance(2 * time.Minute)
	if b.monthLeft() != 250 || !b.holds(250) || b.holds(1) {
		t.Error("December does not begin with all of its cap")
	}
	if _, err := b.service.SetCap(b.ann(), nil); err != nil || !b.holds(1) {
		t.Errorf("without the cap again: %v", err)
	}
}

// TestWhatComesBackMayBeTakenAgain: a released hold is no spending.
func TestWhatComesBackMayBeTakenAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(1000)
	ids := b.claim(10)
	before, err := b.service.Wallet(b.ctx, b.acme)
	if err != nil || before.Month.Taken.Amount != before.Held.Amount || before.Month.Cap != nil {
		t.Fatalf("%+v, %v", before.Month, err)
	}
	b.tell(report{state: "failed"}, ids...)
	after, err := b.service.Wallet(b.ctx, b.acme)
	if err != nil || after.Month.Taken.Amount != 0 {
		t.Errorf("%+v, %v", after.Month, err)
	}
}

func TestTheCapOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.api()
	if status, m := ask[Month](t, h, "PUT", "/api/wallet/cap", `{"cap": 2500000}`); status != http.StatusOK || m.Cap == nil || m.Cap.Amount != 2500000 {
		t.Errorf("set: %d %+v", status, m)
	}
	if status, _ := ask[Month](t, h, "PUT", "/api/wallet/cap", `{"cap": -1}`); status != http.StatusUnprocessableEntity {
		t.Errorf("a negative cap: %d", status)
	}
	if status, m := ask[Month](t, h, "PUT", "/api/wallet/cap", `{}`); status != http.StatusOK || m.Cap != nil {
		t.Errorf("remove: %d %+v", status, m)
	}
}
