package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// DevOptions is how `aerostic dev` runs.
type DevOptions struct {
	Dir   string // data folder
	Addr  string // wanted; the next free port is taken when it is busy
	Fresh bool   // forget what is in the folder
	Out   io.Writer
	Log   *slog.Logger
}

// Dev runs the whole product on this machine: a private Postgres, the simulator of
// Meta, all roles in one process, and demo data on the first start.
func Dev(ctx context.Context, o DevOptions) error {
	cfg, err := ReadConfig()
	if err != nil {
		return err
	}
	d, err := startDev(ctx, cfg, o)
	if err != nil {
		return err
	}
	ctx, lost := context.WithCancelCause(ctx)
	defer lost(nil)
	go d.watch(ctx, lost)
	var talking sync.WaitGroup
	err = ServeOn(ctx, d.cfg, o.Log, d.listener, func() {
		d.announce(o)
		talking.Go(func() { d.talk(ctx, o) })
	})
	talking.Wait()
	d.close()
	if cause := context.Cause(ctx); errors.Is(cause, errDatabaseEnded) {
		return cause
	}
	return err
}

// dev is what the development command starts around the roles.
type dev struct {
	cfg      Config
	folder   *devFolder
	postgres *postgres.Server
	sim      *simulator
	listener net.Listener
	info     DevInfo
}

func startDev(ctx context.Context, cfg Config, o DevOptions) (_ *dev, err error) {
	d := &dev{cfg: cfg}
	defer func() {
		if err != nil {
			d.close()
		}
	}()
	if d.folder, err = openDevFolder(o.Dir, o.Fresh); err != nil {
		return nil, err
	}
	if d.listener, err = listenNear(o.Addr, o.Out); err != nil {
		return nil, err
	}
	if err := d.openDatabase(ctx, o); err != nil {
		return nil, err
	}
	if err := d.configure(); err != nil {
		return nil, err
	}
	if err := d.seed(ctx, o); err != nil {
		return nil, fmt.Errorf("demo data: %w", err)
	}
	return d, nil
}

// openDatabase starts the private server, unless DATABASE_URL names another, and migrates.
func (d *dev) openDatabase(ctx context.Context, o DevOptions) (err error) {
	if d.cfg.DatabaseURL == "" {
		d.postgres, err = postgres.Start(ctx, postgres.Config{Dir: d.folder.path(folderPostgres), Logger: o.Log})
		if err != nil {
			return err
		}
		d.cfg.DatabaseURL, d.info.DatabaseURL = d.postgres.SocketURL(), d.postgres.URL()
	} else {
		d.info.DatabaseURL = d.cfg.DatabaseURL
	}
	return db.Migrate(ctx, d.cfg.DatabaseURL)
}

var errDatabaseEnded = errors.New("the private database ended by itself; its log is postgres/postgres.log in the data folder")

// watch stops everything when the private server ends: nothing works without it.
func (d *dev) watch(ctx context.Context, lost context.CancelCauseFunc) {
	if d.postgres == nil {
		return
	}
	select {
	case <-d.postgres.Done():
		lost(errDatabaseEnded)
	case <-ctx.Done():
	}
}

// configure fills in what a deployment would set, and starts the simulator unless
// another stand-in for Meta is named.
func (d *dev) configure() error {
	keys, err := d.folder.secrets()
	if err != nil {
		return err
	}
	addr := d.listener.Addr().String()
	d.cfg.Addr, d.cfg.DataDir, d.cfg.Roles = addr, d.folder.dir, []string{RoleAPI, RoleWebhook, RoleWorker}
	d.cfg.PublicURL, d.cfg.MailFrom = devURL(addr), "Aerostic <no-reply@aerostic.localhost>"
	d.cfg.SecretKeys = orString(d.cfg.SecretKeys, keys.Secret)
	d.cfg.WhatsAppAppSecret = orString(d.cfg.WhatsAppAppSecret, keys.AppSecret)
	d.cfg.WhatsAppVerifyToken = orString(d.cfg.WhatsAppVerifyToken, keys.Verify)
	webhook := "http://" + addr + "/webhooks/whatsapp"
	if _, named := os.LookupEnv("AEROSTIC_WHATSAPP_URL"); !named {
		d.sim, err = startSimulator(simulatorConfig{
			webhook: webhook, secret: d.cfg.WhatsAppAppSecret, state: d.folder.path(fileSimulator), accounts: demoAccounts(),
		})
		if err != nil {
			return err
		}
		d.cfg.WhatsAppURL = d.sim.url
		if d.info.PhoneURL, err = d.sim.demoPhone(); err != nil {
			return err
		}
	}
	d.info.URL, d.info.WebhookURL, d.info.WhatsAppSimURL = devURL(addr), webhook, d.cfg.WhatsAppURL
	d.info.AppSecret, d.info.PID = d.cfg.WhatsAppAppSecret, os.Getpid()
	return nil
}

// close ends what was started, in the opposite order.
func (d *dev) close() {
	if d.listener != nil {
		_ = d.listener.Close()
	}
	if d.sim != nil {
		d.sim.close()
	}
	if d.postgres != nil {
		_ = d.postgres.Stop()
	}
	if d.folder != nil {
		d.folder.close()
	}
}

// announce says where everything is, for people; dev.json says it to programs.
func (d *dev) announce(o DevOptions) {
	if err := d.folder.writeInfo(d.info); err != nil {
		o.Log.Error("dev.json is missing", "error", err)
	}
	in := d.info.Logins
	fmt.Fprintf(o.Out, "Aerostic is at %s  (sign in as %s, %s, %s, %s or %s, password %s; contacts to import: %s)\n",
		d.info.URL, in["owner"].Email, in["admin"].Email, in["agent"].Email, in["other_owner"].Email, in["platform"].Email,
		in["owner"].Password, filepath.Join(o.Dir, fileSample))
	if d.info.PhoneURL != "" {
		fmt.Fprintf(o.Out, "A customer's phone is at %s  (write to Acme Sarees as %s)\n", d.info.PhoneURL, demoCustomerName)
	}
}

// listenNear opens the wanted address, or the next free port after it, said aloud. Port 0
// is any free one.
func listenNear(addr string, out io.Writer) (net.Listener, error) {
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("--addr %s: give HOST:PORT", addr)
	}
	wanted, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("--addr %s: the port must be a number up to 65535", addr)
	}
	var failure error
	for port := wanted; port < wanted+100; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(port, 10)))
		if err != nil {
			failure = err
			continue
		}
		if port != wanted {
			fmt.Fprintf(out, "Port %d is busy; using %d.\n", wanted, port)
		}
		return l, nil
	}
	return nil, fmt.Errorf("no free port from %d to %d: %w", wanted, wanted+99, failure)
}

// devURL is the address as people type it.
func devURL(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func orString(v, otherwise string) string {
	if v != "" {
		return v
	}
	return otherwise
}
