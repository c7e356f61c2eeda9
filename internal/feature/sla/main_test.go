package sla

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme's shop in India on a Monday at ten, Ann who answers, and Asha who writes.
type bundle struct {
	t         *testing.T
	s         *Service
	talks     *conversation.Service
	calendars *hours.Service
	clock     *clock.Fake
	acme      uuid.UUID
	ann, bob  uuid.UUID
	asha      uuid.UUID
	number    uuid.UUID
	warnings  []Alarm
	alarms    []Alarm
	ended     []Ended
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 2, 4, 30, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: now, Logger: log})
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), ann: ident.New(), bob: ident.New(), asha: ident.New(), number: ident.New()}
	b.must(err)
	b.calendars = hours.New(hours.Deps{DB: d, Clock: now})
	b.talks = conversation.New(conversation.Deps{DB: d, Clock: now, Logger: log, Queue: jobs})
	b.s = New(Deps{DB: d, Clock: now, Logger: log, Queue: jobs, Calendars: b.calendars, Conversations: b.talks})
	b.talks.Hooks.Changed = b.s.Follow
	b.calendars.Hooks.Changed = b.s.Recount
	b.s.Hooks = Hooks{
		Alarm: func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Alarm) error {
			for _, a := range list {
				if a.Warning {
					b.warnings = append(b.warnings, a)
				} else {
					b.alarms = append(b.alarms, a)
				}
			}
			return nil
		},
		Ended: func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Ended) error {
			b.ended = append(b.ended, list...)
			return nil
		},
	}
	for _, user := range []uuid.UUID{b.ann, b.bob} {
		b.exec(`insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, user, now.Now())
	}
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) as(user uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: user, Role: "owner", Email: "ann@acme.example"})
}

func (b *bundle) tx(fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.as(b.ann), b.acme, fn))
}

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

// shop is open from ten to one and from two to seven, on six days.
func (b *bundle) shop() hours.Calendar {
	b.t.Helper()
	day := []hours.Span{{From: "10:00", To: "13:00"}, {From: "14:00", To: "19:00"}}
	c, err := b.calendars.Create(b.as(b.ann), hours.Calendar{Name: "Shop", Zone: "Asia/Kolkata",
		Week: [][]hours.Span{day, day, day, day, day, day, nil}, Uses: []hours.Use{{Kind: hours.ForWorkspace}}})
	b.must(err)
	return c
}

const stamp = "2006-01-02 15:04"

// at sets the clock of the shop, and sweeps what has fallen due by then.
func (b *bundle) at(text string) {
	b.t.Helper()
	want, err := time.ParseInLocation(stamp, text, kolkata(b.t))
	b.must(err)
	b.clock.Advance(want.Sub(b.clock.Now()))
	b.must(b.s.Sweep(b.t.Context()))
}

func kolkata(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func (b *bundle) writes() {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Received(ctx, tx, b.acme, []message.Receipt{{ID: ident.New(), ChannelID: b.number, ContactID: b.asha, Kind: "text",
			Text: "नमस्ते", At: b.clock.Now()}})
	})
}

func (b *bundle) answers() {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Queued(ctx, tx, b.acme, []message.Draft{{ID: ident.New(), ChannelID: b.number, ContactID: b.asha,
			Origin: message.OriginReply, Text: "Hello"}})
	})
}

func (b *bundle) talk() (id uuid.UUID) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select id from conversations where tenant_id = $1 and contact_id = $2`, b.acme, b.asha).Scan(&id)
	})
	return id
}

func (b *bundle) becomes(status conversation.Status) {
	b.t.Helper()
	b.must(b.talks.SetStatus(b.as(b.ann), []uuid.UUID{b.talk()}, conversation.StatusChange{To: status, Until: b.clock.Now().Add(48 * time.Hour)}))
}

func (b *bundle) policy(d Definition) Policy {
	b.t.Helper()
	p, err := b.s.Create(b.as(b.ann), Policy{Name: "Policy " + ident.New().String(), Active: true, Definition: d})
	b.must(err)
	return p
}

// due says when clocks that run are due on the shop's clock; "" for one that stands still.
func (b *bundle) due() map[Kind]string {
	b.t.Helper()
	found := map[Kind]string{}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select kind, due_at from sla_clocks where tenant_id = $1 and stopped_at is null`, b.acme)
		if err != nil {
			return err
		}
		var kind Kind
		var due *time.Time
		_, err = pgx.ForEachRow(rows, []any{&kind, &due}, func() error {
			found[kind] = ""
			if due != nil {
				found[kind] = due.In(kolkata(b.t)).Format(stamp)
			}
			return nil
		})
		return err
	})
	return found
}

// outcomes are those of clocks that ended since it was asked last.
func (b *bundle) outcomes() map[Kind]Outcome {
	found := map[Kind]Outcome{}
	for _, e := range b.ended {
		found[e.Kind] = e.Outcome
	}
	b.ended = nil
	return found
}

// recount works the job that a change has queued.
func (b *bundle) recount() {
	b.t.Helper()
	w := &recountWorker{s: b.s}
	b.must(w.Work(b.t.Context(), &river.Job[RecountArgs]{Args: RecountArgs{TenantID: b.acme}}))
}

// told are what the thread says happened, of some kinds.
func (b *bundle) told(what conversation.What) (n int) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from conversation_entries where tenant_id = $1 and what = $2`, b.acme, what).Scan(&n)
	})
	return n
}
