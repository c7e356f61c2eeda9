package template

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
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
	waba   = "200000"
	number = "100000"
	token  = "EAA-acme"
)

// bench is one installation with the workspaces Acme, which has a number, and Lotus, which has
// none, and a simulated Meta.
type bench struct {
	*Service
	t      *testing.T
	db     *db.DB
	clock  *clock.Fake
	sim    *httptest.Server
	hooks  chan []byte // bodies of the webhooks that the simulated Meta sends
	acme   uuid.UUID
	lotus  uuid.UUID
	number channel.Channel
	jobs   func() []webtest.Job
	paused []string // reasons the Unsendable hook was given
}

func setup(t *testing.T, templates ...whatsapp.Template) *bench {
	t.Helper()
	d := dbtest.New(t)
	b := &bench{t: t, db: d, clock: clock.NewFake(noon), acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus"),
		jobs: webtest.QueuedJobs(t, d), hooks: make(chan []byte, 1000)}
	b.startMeta(templates)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: b.sim.URL})
	b.must(err)
	t.Cleanup(client.Close)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: b.clock})
	b.must(err)
	keys, err := secret.ParseKeys(secret.NewKey("k1"))
	b.must(err)
	log := slog.New(slog.DiscardHandler)
	blobs, err := blob.NewDir(t.TempDir(), 0)
	b.must(err)
	channels := channel.New(channel.Deps{DB: d, Clock: b.clock, Queue: jobs, WhatsApp: client, Keys: keys, Logger: log})
	b.Service = New(Deps{DB: d, Clock: b.clock, Queue: jobs, WhatsApp: client, Channels: channels, Blobs: blobs, Logger: log, AppID: "400000"})
	b.Unsendable = func(_ context.Context, _ pgx.Tx, t Template, reason string) error {
		b.paused = append(b.paused, t.Name+": "+reason)
		return nil
	}
	channels.Created = b.ChannelCreated
	created, _, err := channels.Connect(b.as(b.acme), channel.Connection{WABAID: waba, AccessToken: token})
	b.must(err)
	b.number = *created
	return b
}

// startMeta serves the simulator, which sends its webhooks to b.hooks.
func (b *bench) startMeta(templates []whatsapp.Template) {
	receiver := httptest.NewServer(http.HandlerFunc(b.receive))
	b.t.Cleanup(receiver.Close)
	config := whatsappsim.DefaultConfig()
	config.ApprovalMS = 1
	config.Webhook.URL = receiver.URL
	sim := whatsappsim.New(whatsappsim.Options{Seed: 7, Config: &config, WABAs: []whatsappsim.WABASeed{
		{ID: waba, Name: "Acme", Token: token, Templates: templates,
			Numbers: []whatsappsim.NumberSeed{{ID: number, Phone: "918000000000", VerifiedName: "Acme"}}},
	}})
	b.sim = httptest.NewServer(sim.Handler())
	b.t.Cleanup(b.sim.Close)
	b.t.Cleanup(func() { _ = sim.Close() })
}

func (b *bench) as(tenant uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, Role: "owner"})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// synchronise runs the synchronisation that a job would run, a minute after the last event.
func (b *bench) synchronise() {
	b.t.Helper()
	b.clock.Advance(time.Minute)
	b.must(b.syncJob(b.t.Context(), SyncArgs{b.acme, waba, causeAsked}))
}

// named returns Acme's template of that name, in its first language.
func (b *bench) named(name string) Template {
	b.t.Helper()
	list, _, err := b.List(b.as(b.acme), Filter{Prefix: name}, Cursor{}, 10)
	b.must(err)
	if len(list) == 0 {
		list, _, err = b.List(b.as(b.acme), Filter{Prefix: name, Status: Deleted}, Cursor{}, 10)
		b.must(err)
	}
	if len(list) == 0 || list[0].Name != name {
		b.t.Fatalf("there is no template %s", name)
	}
	return list[0]
}

// control calls the simulator's own interface.
func (b *bench) control(method, path string) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.sim.URL+"/_sim/"+path, nil)
	b.must(err)
	reply, err := http.DefaultClient.Do(request)
	b.must(err)
	defer reply.Body.Close()
	if reply.StatusCode >= 300 {
		b.t.Fatalf("%s %s: %s", method, path, reply.Status)
	}
}

func plain(i int) whatsapp.Template {
	return whatsapp.Template{Name: fmt.Sprintf("offer_%03d", i), Language: "en_US", Category: "MARKETING",
		Components: []whatsapp.Component{{Type: "BODY", Text: fmt.Sprintf("Offer %d from Acme 🪔", i)}}}
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
		Known: map[string]string{"acme": b.acme.String(), "lotus": b.lotus.String(), "number": b.number.ID.String()},
	}
}

func TestStories(t *testing.T) {
	webtest.Run(t, "testdata/*.json", func(t *testing.T) webtest.World {
		b := setup(t, whatsappsim.FixtureTemplates()...)
		b.synchronise()
		b.jobs()
		return b.world()
	})
}
