package segment

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is a service over a database of its own, with Ann of Acme acting.
type bundle struct {
	*Service
	t     *testing.T
	ctx   context.Context
	acme  uuid.UUID
	clock *clock.Fake
	batch *pgx.Batch // statements of a fixture that wait for flush
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{t: t, clock: clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))}
	d := dbtest.New(t)
	b.acme = dbtest.Tenant(t, d, "acme")
	b.Service = New(Deps{DB: d, Clock: b.clock})
	b.ctx = actor.With(t.Context(), actor.Actor{Kind: actor.User, UserID: uuid.New(), TenantID: b.acme, Role: "owner", Email: "ann@acme.test"})
	return b
}

func (b *bundle) tx(fn func(ctx context.Context, tx pgx.Tx) error) {
	b.t.Helper()
	if err := b.DB.InTenant(b.ctx, b.acme, fn); err != nil {
		b.t.Fatal(err)
	}
}

// exec runs statements of the fixture.
func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	if b.batch != nil {
		b.batch.Queue(sql, args...)
		return
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

// flush runs what waits, in one transaction.
func (b *bundle) flush() {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return tx.SendBatch(ctx, b.batch).Close() })
	b.batch = nil
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func (b *bundle) count(q Query) int64 {
	b.t.Helper()
	p, err := b.Preview(b.ctx, q)
	if err != nil {
		b.t.Fatal(err)
	}
	return p.Count
}

func TestFoldBringsActivityUpToDate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	people := b.people(3)
	ann, bob, cid := people[0].id, people[1].id, people[2].id
	note := func(news ...News) {
		b.tx(func(ctx context.Context, tx pgx.Tx) error { return b.Note(ctx, tx, b.acme, news) })
	}
	note(News{ann, Written | Sent}, News{bob, Written | Sent | Delivered}, News{cid, 0})
	b.clock.Advance(20 * 24 * time.Hour)
	note(News{ann, Delivered | Read})
	delivered := Query{On: "campaign", Op: "delivered", Days: 14}
	equal(t, "before the fold", b.count(delivered), int64(0))
	if err := b.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, "delivered of late", b.count(delivered), int64(1))
	equal(t, "delivered ever", b.count(Query{On: "campaign", Op: "delivered"}), int64(2))
	equal(t, "unread", b.count(Query{On: "campaign", Op: "unread"}), int64(1))
	equal(t, "never written to", b.count(Query{On: "message", Op: "unwritten"}), int64(1))
	var left int
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from contact_activity_log where tenant_id = $1`, b.acme).Scan(&left)
	})
	equal(t, "left in the log", left, 0)
}

// Another workspace's words mean nothing here, and its segments are not there.
func TestTenantsAreApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	made, err := b.Create(b.ctx, "सक्रिय", Query{On: "optin", Op: "is", Values: []string{"in"}})
	if err != nil {
		t.Fatal(err)
	}
	globex := actor.With(t.Context(), actor.Actor{Kind: actor.User, UserID: uuid.New(), TenantID: dbtest.Tenant(t, b.DB, "globex"), Role: "owner"})
	if _, err := b.Get(globex, made.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Globex read Acme's segment: %v", err)
	}
	_, err = b.Preview(globex, Query{On: "segment", Op: "is", Values: []string{made.ID.String()}})
	if fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("Globex asked for Acme's segment: %v", err)
	}
}
