package channel

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	acmeWABA   = "200000"
	acmeNumber = "100000"
	acmeToken  = "EAA-acme"
	lotusWABA  = "200001" // has two numbers
	lotusToken = "EAA-lotus"
	emptyWABA  = "200002"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// bench is one installation with two workspaces, Acme and Lotus, and a simulated Meta.
type bench struct {
	*Service
	t     *testing.T
	db    *db.DB
	clock *clock.Fake
	sim   *whatsappsim.Sim
	acme  uuid.UUID
	lotus uuid.UUID
	jobs  func() []webtest.Job
}

func setup(t *testing.T) *bench {
	t.Helper()
	d := dbtest.New(t)
	b := &bench{t: t, db: d, clock: clock.NewFake(noon), sim: simulator(t),
		acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus"), jobs: webtest.QueuedJobs(t, d)}
	server := httptest.NewServer(b.sim.Handler())
	t.Cleanup(server.Close)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: b.clock})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secret.ParseKeys(secret.NewKey("k1"))
	if err != nil {
		t.Fatal(err)
	}
	b.Service = New(Deps{DB: d, Clock: b.clock, Queue: jobs, WhatsApp: client, Keys: keys, Logger: slog.New(slog.DiscardHandler)})
	return b
}

func simulator(t *testing.T) *whatsappsim.Sim {
	sim := whatsappsim.New(whatsappsim.Options{Seed: 7, WABAs: []whatsappsim.WABASeed{
		{ID: acmeWABA, Name: "Acme", Token: acmeToken, PortfolioID: "300000", DailyLimit: 2000, Unsubscribed: true,
			Numbers: []whatsappsim.NumberSeed{{ID: acmeNumber, Phone: "918000000000", VerifiedName: "Acme दुकान"}}},
		{ID: lotusWABA, Name: "Lotus", Token: lotusToken, PortfolioID: "300001", Unsubscribed: true,
			Numbers: []whatsappsim.NumberSeed{
				{ID: "100001", Phone: "918000000001", VerifiedName: "Lotus", Throughput: 1000},
				{ID: "100002", Phone: "918000000002", VerifiedName: "Lotus Help"},
			}},
		{ID: emptyWABA, Name: "Empty", Token: "EAA-empty"},
	}})
	t.Cleanup(func() { _ = sim.Close() })
	return sim
}

// as is the context in which a workspace's owner acts.
func (b *bench) as(tenant uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, Role: "owner"})
}

// connectAcme connects Acme's only number.
func (b *bench) connectAcme() Channel {
	b.t.Helper()
	c, _, err := b.Connect(b.as(b.acme), Connection{WABAID: acmeWABA, AccessToken: acmeToken})
	if err != nil {
		b.t.Fatalf("connect Acme's number: %v", err)
	}
	return *c
}

func (b *bench) inAcme(fn func(ctx context.Context, tx pgx.Tx) error) error {
	return b.db.InTenant(b.t.Context(), b.acme, fn)
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// read returns Acme's number as it now is.
func (b *bench) read(id uuid.UUID) Channel {
	b.t.Helper()
	c, err := b.Get(b.as(b.acme), id)
	b.must(err)
	return c
}

func (b *bench) world() webtest.World {
	api := web.New(web.Config{
		Clock: b.clock,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			tenants := map[string]uuid.UUID{"acme": b.acme, "lotus": b.lotus}
			tenant, ok := tenants[r.Header.Get("Authorization")]
			if !ok {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return actor.Actor{Kind: actor.User, TenantID: tenant, Role: "owner"}, nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true },
	})
	b.Routes(api)
	return webtest.World{
		Handler: api.Handler(), Jobs: b.jobs,
		As:    map[string]string{"ann": "acme", "bob": "lotus"},
		Known: map[string]string{"acme": b.acme.String(), "lotus": b.lotus.String()},
	}
}

func TestStories(t *testing.T) {
	webtest.Run(t, "testdata/*.json", func(t *testing.T) webtest.World { return setup(t).world() })
}
