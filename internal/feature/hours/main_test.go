package hours

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme on a Monday noon in India, and what it says by itself.
type bundle struct {
	t     *testing.T
	s     *Service
	clock *clock.Fake
	acme  uuid.UUID
	said  []Answer
	told  int // how often calendars changed
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 2, 6, 30, 0, 0, time.UTC))
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme")}
	b.s = New(Deps{DB: d, Clock: now})
	b.s.Hooks = Hooks{
		Changed: func(context.Context, pgx.Tx, uuid.UUID) error { b.told++; return nil },
		Say: func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Answer) error {
			b.said = append(b.said, list...)
			return nil
		},
	}
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) ann() context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, Role: "owner"})
}

func (b *bundle) tx(fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.t.Context(), b.acme, fn))
}

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

func (b *bundle) person(name, locale string) uuid.UUID {
	b.t.Helper()
	id := uuid.New()
	b.exec(`insert into contacts (tenant_id, id, name, locale, bsuid, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)`,
		id, name, locale, "IN."+id.String(), b.clock.Now())
	return id
}

// at sets the clock of the shop in India.
func (b *bundle) at(text string) {
	b.t.Helper()
	want, err := time.ParseInLocation(stamp, text, in(b.t, "Asia/Kolkata"))
	b.must(err)
	b.clock.Advance(want.Sub(b.clock.Now()))
}

func (b *bundle) greet(list ...Waiting) {
	b.t.Helper()
	for i := range list {
		list[i].At = b.clock.Now().Add(-time.Second)
		list[i].Window = list[i].At.Add(24 * time.Hour)
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return b.s.Greet(ctx, tx, b.acme, list) })
}
