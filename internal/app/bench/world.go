package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/postgres"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// world is what a bench stands on.
type world struct {
	o        Options
	dir      string
	postgres *postgres.Server
	super    *pgx.Conn // the owner's connection, for statistics
	sim      *simProcess
	cfg      app.Config
	core     *app.Core
	stop     func() // ends the roles in this process
	children []*child
}

// newWorld starts the database and the simulator, and opens the services; change
// adjusts the configuration first.
func newWorld(ctx context.Context, o Options, change ...func(*app.Config)) (_ *world, err error) {
	w := &world{o: o}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.dir, err = os.MkdirTemp("", "aerostic-bench-"); err != nil {
		return nil, err
	}
	if err := os.Chmod(w.dir, 0o755); err != nil { // Postgres may run as another user
		return nil, err
	}
	if err := w.openDatabase(ctx); err != nil {
		return nil, err
	}
	if w.sim, err = startSim(ctx); err != nil {
		return nil, err
	}
	if err := w.configure(); err != nil {
		return nil, err
	}
	for _, alter := range change {
		alter(&w.cfg)
	}
	w.core, err = app.Open(ctx, w.cfg, o.Log)
	return w, err
}

func (w *world) openDatabase(ctx context.Context) (err error) {
	url := w.o.DatabaseURL
	if url == "" {
		settings := map[string]string{"shared_buffers": "1GB"}
		maps.Copy(settings, w.o.settings)
		w.postgres, err = postgres.Start(ctx, postgres.Config{Dir: cmp.Or(w.o.cluster, filepath.Join(w.dir, "postgres")), Logger: w.o.Log, Settings: settings})
		if err != nil {
			return err
		}
		url = w.postgres.SocketURL()
	}
	w.cfg.DatabaseURL = url
	if err := db.Migrate(ctx, url); err != nil {
		return err
	}
	w.super, err = pgx.Connect(ctx, url)
	return err
}

// configure is a deployment's configuration pointed at the simulator.
func (w *world) configure() error {
	cfg, err := app.ReadConfig()
	if err != nil {
		return err
	}
	cfg.DatabaseURL, cfg.DataDir = w.cfg.DatabaseURL, w.dir
	if cfg.Addr, err = freeAddr(); err != nil {
		return err
	}
	cfg.SecretKeys, cfg.WhatsAppAppSecret, cfg.WhatsAppVerifyToken = secret.NewKey("bench"), appSecret, "bench-verify"
	cfg.WhatsAppURL, cfg.LimitsOff = w.sim.url, true
	if w.o.Concurrency > 0 {
		cfg.LaneConcurrency = w.o.Concurrency
	}
	w.cfg = cfg
	return nil
}

// appSecret signs the webhooks of benches.
const appSecret = "bench-secret"

// freeAddr is a loopback address that nobody listens on.
func freeAddr() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

func (w *world) webhookURL() string { return "http://" + w.cfg.Addr + "/webhooks/whatsapp" }

// start runs roles in this process.
func (w *world) start(ctx context.Context, roles ...string) error {
	cfg := w.cfg
	cfg.Roles = roles
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- app.ServeOn(ctx, cfg, w.o.Log, listener, func() { close(ready) }) }()
	select {
	case <-ready:
	case err := <-done:
		cancel()
		return fmt.Errorf("start roles: %w", err)
	}
	w.stop = func() { cancel(); <-done }
	return nil
}

func (w *world) close() {
	for _, c := range w.children {
		c.end()
	}
	if w.stop != nil {
		w.stop()
	}
	if w.core != nil {
		w.core.Close()
	}
	if w.super != nil {
		_ = w.super.Close(context.Background())
	}
	if w.sim != nil {
		w.sim.close()
	}
	if w.postgres != nil {
		_ = w.postgres.Stop()
	}
	if w.o.Keep {
		fmt.Fprintln(os.Stderr, "kept:", w.dir)
		return
	}
	_ = os.RemoveAll(w.dir)
}

// benchMoney covers a few million marketing messages.
const benchMoney = 9_000_000 * money.Unit

// firm is a tenant with a number that may send.
type firm struct {
	tenant  uuid.UUID
	channel channel.Channel
	ctx     context.Context // acts for the tenant
}

// addFirm makes a tenant with money and the simulator's account n, whose number
// allows perSecond messages; below zero: any number. A worker must run: it reads the templates.
func (w *world) addFirm(ctx context.Context, n, perSecond int) (firm, error) {
	u, err := w.core.Auth.CreatePerson(ctx, auth.Person{Name: "Ann", Email: fmt.Sprintf("ann%d@bench.example", n), Password: "a long bench password"})
	if err != nil {
		return firm{}, err
	}
	t, err := w.core.Auth.CreateWorkspace(ctx, tenant.NewTenant{Name: fmt.Sprintf("Bench %d", n), Slug: fmt.Sprintf("bench%d", n), Owner: u.ID})
	if err != nil {
		return firm{}, err
	}
	top := billing.Topup{Amount: benchMoney, Currency: "INR", Reason: "bench", Key: fmt.Sprintf("bench-%d", n)}
	if _, err := w.core.Billing.Topup(ctx, t.ID, top); err != nil {
		return firm{}, err
	}
	f := firm{tenant: t.ID, ctx: actor.With(ctx, actor.ForTenant(t.ID))}
	seed, err := w.sim.addAccount(ctx, n, perSecond)
	if err != nil {
		return firm{}, err
	}
	ch, _, err := w.core.Channels.Connect(f.ctx, channel.Connection{WABAID: seed.ID, PhoneNumberID: seed.Numbers[0].ID, AccessToken: seed.Token})
	if err != nil {
		return firm{}, fmt.Errorf("connect number: %w", err)
	}
	f.channel = *ch
	err = await(ctx, time.Minute, 20*time.Millisecond, func() (bool, error) {
		_, _, err := w.template(ctx, f)
		return err == nil, ignoreNoRows(err)
	})
	if err != nil {
		return firm{}, fmt.Errorf("wait for templates: %w", err)
	}
	return f, w.setThroughput(ctx, f, perSecond)
}

func ignoreNoRows(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// setThroughput tells our side the rate that the simulator allows, where Meta's own
// levels have no word for it.
func (w *world) setThroughput(ctx context.Context, f firm, perSecond int) error {
	if perSecond < 0 {
		perSecond = 100_000
	}
	_, err := w.super.Exec(ctx, `update channels set throughput = $3 where tenant_id = $1 and id = $2`, f.tenant, f.channel.ID, perSecond)
	return err
}
