package goal

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme, its people and a goal.
type bundle struct {
	t           *testing.T
	s           *Service
	contacts    *contact.Service
	clock       *clock.Fake
	acme, lotus uuid.UUID
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 8, 12, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: now, Logger: log})
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus")}
	b.must(err)
	b.s = New(Deps{DB: d, Clock: now, Queue: jobs, Logger: log})
	b.contacts = contact.New(contact.Deps{DB: d, Clock: now, Queue: jobs, Logger: log})
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) ann() context.Context { return b.as(b.acme) }

func (b *bundle) as(id uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: id, UserID: id, Role: "owner"})
}

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	}))
}

func (b *bundle) person(name, phone, email string) contact.Contact {
	b.t.Helper()
	c, err := b.contacts.Create(b.ann(), contact.Change{Name: &name, Phone: &phone, Email: &email}, nil)
	b.must(err)
	return c
}

func (b *bundle) goal(key string, touch Touch, days int) Goal {
	b.t.Helper()
	name := "Goal " + key
	g, err := b.s.Create(b.ann(), key, Change{Name: &name, Touch: &touch, WindowDays: &days})
	b.must(err)
	return g
}

func (b *bundle) campaign(name string) uuid.UUID {
	b.t.Helper()
	id := ident.New()
	b.exec(`insert into campaigns (tenant_id, id, name, status, created_at, updated_at) values ($1, $2, $3, 'completed', $4, $4)`, id, name, b.clock.Now())
	return id
}

// sent is a message of a campaign to a person, not yet delivered; delivered says when it was.
func (b *bundle) sent(campaign, person uuid.UUID) (message uuid.UUID) {
	b.t.Helper()
	message = ident.New()
	b.exec(`insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state) values ($1, $2, $3, $4, 'fed')`, campaign, person, message)
	b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, created_at)
		values ($1, $2, $2, $3, $4, 'campaign', 'template', 'sent', $5)`, message, person, campaign, b.clock.Now())
	return message
}

func (b *bundle) delivered(message uuid.UUID, at time.Time) {
	b.t.Helper()
	b.exec(`update messages set state = 'delivered', delivered_at = $3 where tenant_id = $1 and id = $2`, message, at)
}

func (b *bundle) clicked(campaign, person uuid.UUID, at time.Time) {
	b.t.Helper()
	b.exec(`insert into link_clicks (tenant_id, campaign_id, contact_id, number, at) values ($1, $2, $3, 1, $4) on conflict do nothing`, campaign, person, at)
}

func (b *bundle) report(events ...Event) []Outcome {
	b.t.Helper()
	outcomes, err := b.s.Convert(b.ann(), events)
	b.must(err)
	return outcomes
}

// purchase is an event of a person, some time after the bundle's noon.
func purchase(id string, person uuid.UUID, rupees string, at time.Time) Event {
	return Event{ID: id, Goal: "purchase", Who: contact.Address{ID: person}, Decimal: rupees, At: at}
}

func (b *bundle) results(campaign uuid.UUID) map[string]Result {
	b.t.Helper()
	found, err := b.s.Results(b.ann(), campaign)
	b.must(err)
	byKey := map[string]Result{}
	for _, r := range found {
		byKey[r.Key] = r
	}
	return byKey
}

func rupees(n int64) money.Amount { return money.Amount(n) * money.Unit }

// world is where golden stories play: Ann of Acme, Bob of Lotus.
func (b *bundle) world() webtest.World {
	api := web.New(web.Config{
		Clock: b.clock,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			tenant, ok := map[string]uuid.UUID{"acme": b.acme, "lotus": b.lotus}[r.Header.Get("Authorization")]
			if !ok {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return actor.Actor{Kind: actor.User, TenantID: tenant, Role: "owner"}, nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true },
	})
	b.s.Routes(api)
	return webtest.World{Handler: api.Handler(), Jobs: webtest.QueuedJobs(b.t, b.s.DB), As: map[string]string{"ann": "acme", "bob": "lotus"},
		Known: map[string]string{"acme": b.acme.String(), "lotus": b.lotus.String()}}
}
