package billing

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

func TestTopupOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ask := Topup{Amount: 500 * money.Unit, Currency: "INR", Reason: "UPI 4711", Key: "key-1"}
	var wg sync.WaitGroup
	results := make(chan Transaction, 6)
	for range cap(results) {
		wg.Go(func() {
			done, err := b.service.Topup(b.ctx, b.acme, ask)
			if err != nil {
				t.Error(err)
			}
			results <- done
		})
	}
	wg.Wait()
	close(results)
	ids := map[uuid.UUID]bool{}
	for done := range results {
		ids[done.ID] = true
	}
	if len(ids) != 1 || b.available() != 500*money.Unit {
		t.Errorf("%d top-ups, available %d", len(ids), b.available())
	}
	ask.Amount++
	if _, err := b.service.Topup(b.ctx, b.acme, ask); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("the key for another amount: %v", err)
	}
	b.verified()
}

func TestTopupRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	good := Topup{Amount: money.Unit, Currency: "INR", Reason: "तोहफ़ा", Key: "k"}
	for name, change := range map[string]func(*Topup){
		"nothing":       func(t *Topup) { t.Amount = 0 },
		"below zero":    func(t *Topup) { t.Amount = -1 },
		"beyond belief": func(t *Topup) { t.Amount = largestTopup + 1 },
		"no reason":     func(t *Topup) { t.Reason = "  " },
		"no key":        func(t *Topup) { t.Key = "" },
		"in dollars":    func(t *Topup) { t.Currency = "USD" },
	} {
		ask := good
		change(&ask)
		if _, err := b.service.Topup(b.ctx, b.acme, ask); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.service.Topup(b.ctx, ident.New(), good); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("nobody's wallet: %v", err)
	}
	if got := b.available(); got != 0 {
		t.Errorf("available: %d", got)
	}
}
