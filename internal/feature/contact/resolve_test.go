package contact

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func (b *bundle) resolve(who Identity) (c Contact, created bool) {
	b.t.Helper()
	who.At = b.clock.Now()
	b.tx(func(ctx context.Context, tx pgx.Tx) (err error) {
		c, created, err = Resolve(ctx, tx, b.acme, who)
		return err
	})
	return c, created
}

func TestResolve(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, created := b.resolve(Identity{WAID: "919876543210", Name: "आशा 🌸"})
	equal(t, "stranger", []any{created, asha.Phone, asha.Name, asha.Market}, []any{true, "+919876543210", "आशा 🌸", "India"})
	again, created := b.resolve(Identity{WAID: "919876543210", BSUID: "IN.1", Name: "Other"})
	equal(t, "learns the user id, keeps the name", []any{created, again.ID, again.BSUID, again.Name}, []any{false, asha.ID, "IN.1", "आशा 🌸"})
	hidden, created := b.resolve(Identity{BSUID: "IN.2", Name: "Zoya"})
	equal(t, "without a phone", []any{created, hidden.Phone}, []any{true, ""})
	shown, created := b.resolve(Identity{BSUID: "IN.2", WAID: "447911123456"})
	equal(t, "learns the phone", []any{created, shown.ID, shown.Phone, shown.Market}, []any{false, hidden.ID, "+447911123456", "UK"})
	b.honest()
}

func TestResolveKnowsMexicoAndBrazil(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for phone, waID := range map[string]string{"+525512345678": "5215512345678", "+5511987654321": "551187654321"} {
		known := b.person("Ana", phone)
		c, created := b.resolve(Identity{WAID: waID})
		equal(t, phone, []any{created, c.ID, c.Phone, c.WAID}, []any{false, known.ID, phone, waID})
		c, _ = b.resolve(Identity{WAID: waID})
		equal(t, "again", c.ID, known.ID)
	}
}

func TestResolveLeavesTwoContacts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	zoya, _ := b.resolve(Identity{BSUID: "IN.2", Name: "Zoya"})
	c, created := b.resolve(Identity{BSUID: "IN.2", WAID: "919876543210"})
	equal(t, "the user id wins", []any{created, c.ID, c.Phone}, []any{false, zoya.ID, ""})
	equal(t, "Ann stays", must(b.Get(b.ctx, ann.ID))(t).BSUID, "")
	b.resolve(Identity{BSUID: "IN.2", WAID: "919876543210"})
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		var pairs int
		err := tx.QueryRow(ctx, `select count(*) from contact_duplicates where tenant_id = $1 and contact_id = $2 and other_id = $3`,
			b.acme, zoya.ID, ann.ID).Scan(&pairs)
		equal(t, "pairs", pairs, 1)
		return err
	})
}

func TestResolveRevivesWithConsent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return Stop(ctx, tx, b.acme, []uuid.UUID{ann.ID}, b.clock.Now(), ByWhatsApp, "131050")
	})
	if err := b.Delete(b.ctx, ann.ID); err != nil {
		t.Fatal(err)
	}
	c, created := b.resolve(Identity{WAID: "919876543210", Name: "Ann"})
	equal(t, "back", []any{created, c.ID, c.OptIn.State}, []any{true, ann.ID, OptInRefused})
	b.honest()
}

func TestResolveRefusesNonsense(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, who := range []Identity{{}, {WAID: "+91987"}, {WAID: "919876543210919876"}, {Name: "Ann"}} {
		err := b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
			_, _, err := Resolve(ctx, tx, b.acme, who)
			return err
		})
		if err == nil {
			t.Errorf("%+v was accepted", who)
		}
	}
}

// One stranger whose first messages arrive in several processes at once is one contact.
func TestResolveConcurrently(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ids := make([]uuid.UUID, 8)
	var wait sync.WaitGroup
	for i := range ids {
		wait.Go(func() {
			_ = b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
				c, _, err := Resolve(ctx, tx, b.acme, Identity{WAID: "919876543210", BSUID: "IN.1", At: b.clock.Now()})
				ids[i] = c.ID
				return err
			})
		})
	}
	wait.Wait()
	for _, id := range ids {
		equal(t, "id", id, ids[0])
	}
	equal(t, "contacts", b.count(Audience{All: true}), int64(1))
	b.honest()
}

func TestConsentFromWhatsApp(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann, bob := b.person("Ann", "9876543210"), b.person("Bob", "9876543211")
	both := []uuid.UUID{bob.ID, ann.ID}
	noon := b.clock.Now().Add(3 * time.Hour)
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		if err := Resume(ctx, tx, b.acme, both, noon, ByWhatsApp, "resume"); err != nil {
			return err
		}
		// News of the morning that arrives after that of noon changes nothing.
		return Stop(ctx, tx, b.acme, both, noon.Add(-time.Hour), ByWhatsApp, "stop")
	})
	equal(t, "later news counts", must(b.Get(b.ctx, ann.ID))(t).OptIn.State, OptInGiven)
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		if err := Stop(ctx, tx, b.acme, both, noon.Add(time.Hour), ByWhatsApp, "131050"); err != nil {
			return err
		}
		if err := MarkUnreachable(ctx, tx, b.acme, both, noon, "Not on WhatsApp."); err != nil {
			return err
		}
		if err := Suppress(ctx, tx, b.acme, both, Suppression{At: noon, Reason: "complained", By: "bob@acme.test"}); err != nil {
			return err
		}
		return OpenWindows(ctx, tx, b.acme, map[uuid.UUID]time.Time{ann.ID: noon})
	})
	ann = must(b.Get(b.ctx, ann.ID))(t)
	equal(t, "stopped", ann.OptIn.State, OptInRefused)
	equal(t, "suppressed", []string{ann.Suppressed.Reason, ann.Suppressed.By}, []string{"complained", "bob@acme.test"})
	equal(t, "unreachable", ann.Unreachable.Reason, "Not on WhatsApp.")
	equal(t, "window", ann.WindowOpenUntil.Equal(noon), true)
	reached, _ := b.resolve(Identity{WAID: "919876543210"})
	equal(t, "reachable again", reached.Unreachable == nil && must(b.Get(b.ctx, ann.ID))(t).Unreachable == nil, true)
}
