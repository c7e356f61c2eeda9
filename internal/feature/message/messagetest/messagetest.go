// Package messagetest is a small world for tests of sending and receiving: a database, a
// simulated Meta that posts its webhooks to our intake, and the workspace Acme with a
// number, templates and money.
//
// It owns the wiring of that world. It does not own campaigns: their tests add them. It is
// used by tests only. Judges count at the simulator, not in our tables.
package messagetest

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// Secrets of the world.
const (
	AppSecret = "acme-app-secret"
	Verify    = "acme-verify"
)

// Options changes the world before it is made. Every zero value is usable.
type Options struct {
	Config  message.Config            // short times where zero
	Timeout time.Duration             // of a request to Meta; 500 ms
	Rupees  int64                     // in Acme's wallet; 1,000
	Sim     func(*whatsappsim.Config) // changes how Meta behaves
	Seed    func(*whatsappsim.WABASeed)
	Wrap    func(http.Handler) http.Handler // stands before Meta
}

// World is the bundle. Acme is its tenant.
type World struct {
	T         testing.TB
	DB        *db.DB
	Clock     clock.Clock
	Sim       *whatsappsim.Sim
	Meta      *whatsapp.Client
	Jobs      *queue.Client // inserts
	Billing   *billing.Service
	Channels  *channel.Service
	Consents  *consent.Service
	Contacts  *contact.Service
	Templates *template.Service
	Uploads   *upload.Service
	Messages  *message.Service
	Hooks     *message.Hooks // of every message service; set them before Start

	Acme    uuid.UUID
	Channel channel.Channel
	Account whatsappsim.WABASeed
	Intake  *httptest.Server // POST / takes webhooks
	MetaURL string           // /_sim/ steers the simulator

	options Options
	blobs   blob.Store
	files   string // where blobs lie
	logger  *slog.Logger
	people  int
}

// New makes a world. Nothing sends or takes webhooks in until Start.
func New(t testing.TB, o Options) *World {
	t.Helper()
	w := &World{T: t, DB: dbtest.New(t), Clock: clock.System(), options: o.withDefaults(), logger: slog.New(slog.DiscardHandler), Hooks: noCampaigns()}
	w.Acme = dbtest.Tenant(t, w.DB, "acme")
	w.startMeta()
	w.wire()
	w.Messages = w.NewMessages("worker-1")
	w.takeWebhooks()
	w.founded()
	return w
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = 500 * time.Millisecond
	}
	if o.Rupees == 0 {
		o.Rupees = 1000
	}
	if o.Config.Lease == 0 {
		o.Config.Lease = 2 * time.Second
	}
	if o.Config.Settle == 0 {
		o.Config.Settle = 5 * time.Second
	}
	return o
}

// noCampaigns are the hooks of a world without campaigns.
func noCampaigns() *message.Hooks {
	return &message.Hooks{
		Standing: func(context.Context, pgx.Tx, uuid.UUID, []uuid.UUID) (map[uuid.UUID]message.Standing, error) {
			return nil, nil
		},
		Changed:  func(context.Context, pgx.Tx, uuid.UUID, []message.Change) error { return nil },
		Received: func(context.Context, pgx.Tx, uuid.UUID, []message.Receipt) error { return nil },
		Halt:     func(context.Context, uuid.UUID, uuid.UUID, message.Halt) error { return nil },
		Refill:   func(context.Context, uuid.UUID, uuid.UUID) (int, error) { return 0, nil },
		Waiting:  func(context.Context, pgx.Tx, uuid.UUID) ([]uuid.UUID, error) { return nil, nil },
		Uncapped: func(context.Context, pgx.Tx, uuid.UUID, []uuid.UUID) (map[uuid.UUID]bool, error) {
			return nil, nil
		},
	}
}

// startMeta serves the simulator, with webhooks as fast as can be.
func (w *World) startMeta() {
	config := whatsappsim.DefaultConfig()
	config.ApprovalMS = 1
	config.Webhook.Secret = AppSecret
	config.Webhook.DelayMS, config.Webhook.ReadRate, config.Webhook.RetryMS = [2]int{1, 10}, 1, 20
	if w.options.Sim != nil {
		w.options.Sim(&config)
	}
	w.Account = whatsappsim.Fixture(1, "Acme दुकान")
	w.Account.Numbers[0].Throughput = 1000
	if w.options.Seed != nil {
		w.options.Seed(&w.Account)
	}
	w.Sim = whatsappsim.New(whatsappsim.Options{Seed: 7, Config: &config, WABAs: []whatsappsim.WABASeed{w.Account}})
	handler := w.Sim.Handler()
	if w.options.Wrap != nil {
		handler = w.options.Wrap(handler)
	}
	server := httptest.NewServer(handler)
	w.MetaURL = server.URL
	meta, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL, Timeout: w.options.Timeout})
	w.Must(err)
	w.Meta = meta
	w.T.Cleanup(func() {
		meta.Close()
		if err := w.Sim.Close(); err != nil {
			w.T.Errorf("close the simulator: %v", err)
		}
		server.Close()
	})
}

// wire makes the services as app does.
func (w *World) wire() {
	spec := secret.NewKey("k1")
	keys, err := secret.ParseKeys(spec)
	w.Must(err)
	w.Consents, err = consent.New(consent.Deps{DB: w.DB, Clock: w.Clock, Logger: w.logger, Secrets: spec, PublicURL: "http://acme.test"})
	w.Must(err)
	w.Consents.Hooks = consent.Hooks{Change: contact.ChangeConsent}
	w.files = w.T.TempDir()
	blobs, err := blob.NewDir(w.files, 0)
	w.Must(err)
	w.blobs = blobs
	w.Jobs, err = queue.NewInserter(queue.Config{DB: w.DB, Clock: w.Clock, Logger: w.logger})
	w.Must(err)
	w.Billing = billing.New(billing.Deps{DB: w.DB, Clock: w.Clock, Logger: w.logger})
	w.Channels = channel.New(channel.Deps{DB: w.DB, Clock: w.Clock, Queue: w.Jobs, WhatsApp: w.Meta, Keys: keys, Logger: w.logger})
	w.Contacts = contact.New(contact.Deps{DB: w.DB, Clock: w.Clock, Queue: w.Jobs, Blobs: blobs, Logger: w.logger})
	w.Templates = template.New(template.Deps{DB: w.DB, Clock: w.Clock, Queue: w.Jobs, WhatsApp: w.Meta, Channels: w.Channels, Blobs: blobs, Logger: w.logger})
	w.Uploads = upload.New(upload.Deps{DB: w.DB, Clock: w.Clock, Blobs: blobs, Channels: w.Channels, WhatsApp: w.Meta, Logger: w.logger})
	w.Channels.Created = func(ctx context.Context, tx pgx.Tx, c channel.Channel) error {
		if err := w.Messages.OpenLane(ctx, tx, c.TenantID, c.ID); err != nil {
			return err
		}
		return w.Templates.ChannelCreated(ctx, tx, c)
	}
}

// NewMessages makes the message service of one more process.
func (w *World) NewMessages(instance string) *message.Service {
	s := message.New(message.Deps{DB: w.DB, Clock: w.Clock, Logger: w.logger, WhatsApp: w.Meta, Billing: w.Billing, Channels: w.Channels,
		Templates: w.Templates, Consents: w.Consents, Uploads: w.Uploads, Queue: w.Jobs, Blobs: w.blobs, AppSecret: AppSecret, Verify: Verify, Config: w.options.Config}, instance)
	s.Hooks = *w.Hooks
	return s
}

// takeWebhooks serves the intake and tells Meta where it is.
func (w *World) takeWebhooks() {
	intake := message.NewIntake(w.Messages)
	w.Run(intake.Run)
	w.Intake = httptest.NewServer(intake)
	w.T.Cleanup(w.Intake.Close)
	config := w.Sim.Config()
	config.Webhook.URL = w.Intake.URL
	w.Must(w.Sim.SetConfig(config))
}

// founded gives Acme a wallet with money, its number and its templates.
func (w *World) founded() {
	w.Must(w.DB.InTenant(w.T.Context(), w.Acme, func(ctx context.Context, tx pgx.Tx) error {
		return w.Billing.OpenWallet(ctx, tx, w.Acme, "INR")
	}))
	w.TopUp(w.options.Rupees)
	created, _, err := w.Channels.Connect(w.As(w.Acme), channel.Connection{WABAID: w.Account.ID, AccessToken: w.Account.Token})
	w.Must(err)
	w.Channel = *created
	stop := w.Work(w.Templates.Workers)
	w.Await("Acme's templates", func() bool {
		list, _, err := w.Templates.List(w.As(w.Acme), template.Filter{}, template.Cursor{}, 50)
		w.Must(err)
		return len(list) == len(w.Account.Templates)
	})
	stop()
}

// Files counts the media that is kept.
func (w *World) Files() (n int) {
	w.T.Helper()
	w.Must(filepath.WalkDir(w.files, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(path, "/media/") {
			n++
		}
		return err
	}))
	return n
}

// TopUp adds rupees to Acme's wallet.
func (w *World) TopUp(rupees int64) {
	w.T.Helper()
	ctx := actor.With(w.T.Context(), actor.Actor{Kind: actor.Platform, UserID: ident.New(), Platform: true, Email: "operator@example.com"})
	_, err := w.Billing.Topup(ctx, w.Acme, billing.Topup{Amount: money.Amount(rupees) * money.Unit, Currency: "INR", Reason: "दिवाली 🎉", Key: ident.New().String()})
	w.Must(err)
}

// Work runs jobs until the returned function is called.
func (w *World) Work(register ...func(*river.Workers)) (stop func()) {
	w.T.Helper()
	workers := river.NewWorkers()
	for _, r := range register {
		r(workers)
	}
	jobs, err := queue.New(queue.Config{DB: w.DB, Workers: workers, Logger: w.logger, Clock: w.Clock})
	w.Must(err)
	w.Must(jobs.Start(context.WithoutCancel(w.T.Context())))
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			_ = jobs.Stop(context.Background())
		}
	}
	w.T.Cleanup(stop)
	return stop
}

// As is the context in which a workspace's owner acts.
func (w *World) As(tenant uuid.UUID) context.Context {
	return actor.With(w.T.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, UserID: tenant, Role: "owner"})
}

// InAcme runs fn in a transaction of Acme's that must succeed.
func (w *World) InAcme(fn func(ctx context.Context, tx pgx.Tx) error) {
	w.T.Helper()
	w.Must(w.DB.InTenant(w.T.Context(), w.Acme, fn))
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

const (
	patience = 30 * time.Second      // how long a test waits for what must happen
	glance   = 25 * time.Millisecond // between two looks at what takes its time
)

// Await polls until a condition holds: soon at first, then seldom enough not to hold up what it waits for.
func (w *World) Await(what string, holds func() bool) {
	w.T.Helper()
	ctx, cancel := context.WithTimeout(w.T.Context(), patience)
	defer cancel()
	for wait := time.Millisecond; !holds(); wait = min(2*wait, glance) {
		if clock.Sleep(ctx, w.Clock, wait) != nil {
			w.T.Fatalf("never: %s", what)
		}
	}
}

// Run runs a loop until the test ends.
func (w *World) Run(loop func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.T.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := loop(ctx); err != nil {
			w.T.Errorf("loop: %v", err)
		}
	}()
	stop = func() { cancel(); <-done }
	w.T.Cleanup(stop)
	return stop
}

// Worker is one process's lanes and ingestion, woken by doorbells.
type Worker struct {
	Lanes *message.Lanes
	Stop  func() // as SIGTERM does; returns when all is recorded
}

// Start runs a worker for a message service.
func (w *World) Start(s *message.Service) *Worker {
	lanes, ingest := message.NewLanes(s), message.NewIngest(s)
	listener := realtime.NewListener(w.DB, w.logger, w.Clock)
	listener.Bell(message.BellLane, func(id string) {
		if channelID, err := uuid.Parse(id); err == nil {
			lanes.Ring(channelID)
		}
	})
	listener.Bell(message.BellDelivery, func(string) { ingest.Ring() })
	stops := []func(){w.Run(lanes.Run), w.Run(ingest.Run), w.Run(func(ctx context.Context) error { listener.Run(ctx); return nil })}
	return &Worker{Lanes: lanes, Stop: func() {
		for _, stop := range stops {
			stop()
		}
	}}
}

// Template is Acme's template of a name, in English.
func (w *World) Template(name string) template.Template {
	w.T.Helper()
	list, _, err := w.Templates.List(w.As(w.Acme), template.Filter{Prefix: name}, template.Cursor{}, 10)
	w.Must(err)
	for _, t := range list {
		if t.Name == name && t.Language == "en_US" {
			return t
		}
	}
	w.T.Fatalf("there is no template %s", name)
	return template.Template{}
}

// Person adds a contact of Acme's whose number ends as given, which to the simulator may
// mean a fate (see whatsappsim's scenarios).
func (w *World) Person(name string, ending int, tags ...uuid.UUID) contact.Contact {
	w.T.Helper()
	w.people++
	phone := fmt.Sprintf("+9198%04d%04d", w.people, ending)
	c, err := w.Contacts.Create(w.As(w.Acme), contact.Change{Name: &name, Phone: &phone}, tags)
	w.Must(err)
	return c
}

// Sent is what Meta took, by the recipient's digits.
func (w *World) Sent() map[string]int { return w.Sim.Recipients(w.Account.Numbers[0].ID, 1) }

// OnceEach fails when anybody got more than one message, or anybody else than expected got any.
func (w *World) OnceEach(people int) {
	w.T.Helper()
	sent := w.Sent()
	if len(sent) != people {
		w.T.Errorf("%d people got a message, not %d", len(sent), people)
	}
	for who, n := range sent {
		if n != 1 {
			w.T.Errorf("%s got %d messages", who, n)
		}
	}
}

// Steer posts to the simulator's own interface.
func (w *World) Steer(path, body string) {
	w.T.Helper()
	reply, err := http.Post(w.MetaURL+"/_sim/"+path, "application/json", strings.NewReader(body))
	w.Must(err)
	defer reply.Body.Close()
	if reply.StatusCode >= 300 {
		w.T.Fatalf("POST _sim/%s: %s", path, reply.Status)
	}
}

// Post delivers a signed webhook body to the intake.
func (w *World) Post(body string) {
	w.T.Helper()
	request, err := http.NewRequestWithContext(w.T.Context(), http.MethodPost, w.Intake.URL, strings.NewReader(body))
	w.Must(err)
	request.Header.Set(whatsapp.SignatureHeader, whatsapp.Sign([]byte(body), AppSecret))
	reply, err := http.DefaultClient.Do(request)
	w.Must(err)
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		w.T.Fatalf("the intake answered %s", reply.Status)
	}
}

// Verified fails when the ledger does not add up.
func (w *World) Verified() {
	w.T.Helper()
	report, err := w.Billing.Verify(w.T.Context())
	w.Must(err)
	for _, c := range report.Checks {
		if !c.OK {
			w.T.Errorf("ledger: %s: %d times, %s", c.Name, c.Count, c.Detail)
		}
	}
}
