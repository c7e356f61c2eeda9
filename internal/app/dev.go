package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/postgres"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
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
	if o.Fresh {
		if err := clearFolder(o.Dir); err != nil {
			return err
		}
	}
	d, err := startDev(ctx, cfg, o)
	if err != nil {
		return err
	}
	defer d.close()
	return ServeOn(ctx, d.cfg, o.Log, d.listener, func() { d.announce(o) })
}

// dev is what the development command starts around the roles.
type dev struct {
	cfg      Config
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
	if d.listener, err = listenNear(o.Addr, o.Out); err != nil {
		return nil, err
	}
	if err := d.openDatabase(ctx, o); err != nil {
		return nil, err
	}
	if err := d.configure(o); err != nil {
		return nil, err
	}
	if err := d.seed(ctx, o); err != nil {
		return nil, fmt.Errorf("demo data: %w", err)
	}
	return d, writeDevInfo(o.Dir, d.info)
}

// openDatabase starts the private server, unless DATABASE_URL names another, and migrates.
func (d *dev) openDatabase(ctx context.Context, o DevOptions) (err error) {
	if d.cfg.DatabaseURL == "" {
		d.postgres, err = postgres.Start(ctx, postgres.Config{Dir: filepath.Join(o.Dir, "postgres"), Logger: o.Log})
		if err != nil {
			return err
		}
		d.cfg.DatabaseURL, d.info.DatabaseURL = d.postgres.SocketURL(), d.postgres.URL()
	} else {
		d.info.DatabaseURL = d.cfg.DatabaseURL
	}
	return db.Migrate(ctx, d.cfg.DatabaseURL)
}

// configure fills in what a deployment would set, and starts the simulator unless
// another stand-in for Meta is named.
func (d *dev) configure(o DevOptions) error {
	keys, err := devKeys(o.Dir)
	if err != nil {
		return err
	}
	addr := d.listener.Addr().String()
	d.cfg.Addr, d.cfg.DataDir, d.cfg.Roles = addr, o.Dir, []string{RoleAPI, RoleWebhook, RoleWorker}
	d.cfg.PublicURL, d.cfg.MailFrom = devURL(addr), "Aerostic <no-reply@aerostic.localhost>"
	d.cfg.SecretKeys = orString(d.cfg.SecretKeys, keys.Secret)
	d.cfg.WhatsAppAppSecret = orString(d.cfg.WhatsAppAppSecret, keys.AppSecret)
	d.cfg.WhatsAppVerifyToken = orString(d.cfg.WhatsAppVerifyToken, keys.Verify)
	webhook := "http://" + addr + "/webhooks/whatsapp"
	if _, named := os.LookupEnv("AEROSTIC_WHATSAPP_URL"); !named {
		if d.sim, err = startSimulator(webhook, d.cfg.WhatsAppAppSecret, demoAccounts()); err != nil {
			return err
		}
		d.cfg.WhatsAppURL = d.sim.url
	}
	d.info.URL, d.info.WebhookURL, d.info.WhatsAppSimURL = devURL(addr), webhook, d.cfg.WhatsAppURL
	d.info.AppSecret, d.info.PID = d.cfg.WhatsAppAppSecret, os.Getpid()
	return nil
}

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
}

func (d *dev) announce(o DevOptions) {
	owner, operator := d.info.Logins["owner"], d.info.Logins["platform"]
	fmt.Fprintf(o.Out, "Aerostic is at %s  (sign in as %s or %s, password %s)\n", d.info.URL, owner.Email, operator.Email, owner.Password)
}

// DevInfo is DIR/dev.json: where everything is, for people and programs.
type DevInfo struct {
	URL            string           `json:"url"`
	WebhookURL     string           `json:"webhook_url"`
	WhatsAppSimURL string           `json:"whatsapp_sim_url"`
	DatabaseURL    string           `json:"database_url"`
	AppSecret      string           `json:"app_secret"`
	PID            int              `json:"pid"`
	Logins         map[string]Login `json:"logins"`
}

// Login is one demo person.
type Login struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Tenant   string `json:"tenant"`
}

func writeDevInfo(dir string, info DevInfo) error {
	raw, err := json.MarshalIndent(info, "", "  ")
	if err != nil {
		return err
	}
	temporary := filepath.Join(dir, "dev.json.new")
	if err := os.WriteFile(temporary, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write dev.json: %w", err)
	}
	return os.Rename(temporary, filepath.Join(dir, "dev.json"))
}

// devSecrets are made once per folder, so that sealed tokens outlive a restart.
type devSecrets struct {
	Secret    string `json:"secret"`
	AppSecret string `json:"app_secret"`
	Verify    string `json:"verify"`
}

func devKeys(dir string) (devSecrets, error) {
	path := filepath.Join(dir, "secrets.json")
	var keys devSecrets
	raw, err := os.ReadFile(path)
	if err == nil && json.Unmarshal(raw, &keys) == nil && keys.Secret != "" {
		return keys, nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return keys, fmt.Errorf("read %s: %w", path, err)
	}
	keys = devSecrets{Secret: secret.NewKey("dev"), AppSecret: secret.Token(), Verify: secret.Token()}
	if raw, err = json.Marshal(keys); err != nil {
		return keys, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return keys, err
	}
	return keys, os.WriteFile(path, raw, 0o600)
}

// clearFolder empties a data folder, but only one that looks like ours.
func clearFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "secrets.json")); err != nil {
		return fmt.Errorf("--fresh would delete %s, which does not look like an Aerostic data folder", dir)
	}
	return os.RemoveAll(dir)
}

// listenNear opens the wanted address, or the next free port after it, said aloud.
func listenNear(addr string, out io.Writer) (net.Listener, error) {
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("--addr %s: give HOST:PORT", addr)
	}
	wanted, err := strconv.Atoi(text)
	if err != nil {
		return nil, fmt.Errorf("--addr %s: the port must be a number", addr)
	}
	for port := wanted; port < wanted+100; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			continue
		}
		if port != wanted {
			fmt.Fprintf(out, "Port %d is busy; using %d.\n", wanted, port)
		}
		return l, nil
	}
	return nil, fmt.Errorf("no free port from %d to %d on %s", wanted, wanted+99, host)
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

// simulator is the stand-in for Meta on a loopback port.
type simulator struct {
	sim  *whatsappsim.Sim
	http *http.Server
	url  string
}

// startSimulator serves accounts, and posts signed webhooks to a URL.
func startSimulator(webhook, appSecret string, accounts []whatsappsim.WABASeed) (*simulator, error) {
	config := whatsappsim.DefaultConfig()
	config.Webhook.URL, config.Webhook.Secret = webhook, appSecret
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	s := &simulator{sim: whatsappsim.New(whatsappsim.Options{Config: &config, WABAs: accounts}), url: "http://" + listener.Addr().String()}
	s.http = &http.Server{Handler: s.sim.Handler()}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

func (s *simulator) close() {
	_ = s.http.Close()
	s.sim.Close()
}
