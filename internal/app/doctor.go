package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/postgres"
	"github.com/aerostic/aerostic/internal/platform/secret"
	webapps "github.com/aerostic/aerostic/web"
)

// Diagnosis is one thing the doctor looked at. Mend is empty when all is well.
type Diagnosis struct {
	What, Found, Mend string
}

// ForTools fills in what tools on the database do not need but the services insist on.
func (c Config) ForTools() Config {
	if c.SecretKeys == "" {
		c.SecretKeys = secret.NewKey("tools")
	}
	if c.DataDir == "data" {
		c.DataDir = filepath.Join(os.TempDir(), "aerostic-tools")
	}
	return c
}

// Diagnose says what is missing or wrong on this machine and how to mend it.
func Diagnose(ctx context.Context, cfg Config, dir string) []Diagnosis {
	return []Diagnosis{
		diagnosePostgres(), diagnoseDatabase(ctx, cfg), diagnoseApp(), diagnoseFolder(dir),
		diagnosePort(dir), diagnoseMeta(ctx, cfg),
	}
}

func diagnosePostgres() Diagnosis {
	d := Diagnosis{What: "PostgreSQL server programs"}
	found, err := postgres.Find("")
	if err != nil {
		d.Found, d.Mend = err.Error(), "Install PostgreSQL 15 or newer: `apt-get install postgresql` on Debian, `brew install postgresql` on macOS; or set DATABASE_URL."
		return d
	}
	d.Found = "version " + found.Version + " in " + found.Dir
	return d
}

func diagnoseDatabase(ctx context.Context, cfg Config) Diagnosis {
	d := Diagnosis{What: "DATABASE_URL", Found: "not set; `aerostic dev` starts a private server"}
	if cfg.DatabaseURL == "" {
		return d
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, cfg.DatabaseURL)
	if err != nil {
		d.Found, d.Mend = "cannot connect: "+err.Error(), "Check that the server runs and that user, password and database name are right."
		return d
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var version int
	var migrated bool
	err = conn.QueryRow(ctx, "select current_setting('server_version_num')::int, to_regclass('tenants') is not null").Scan(&version, &migrated)
	if err != nil {
		d.Found, d.Mend = err.Error(), "Check the server's log."
		return d
	}
	d.Found = fmt.Sprintf("answers, version %d", version/10000)
	switch {
	case version < 150000:
		d.Mend = "Upgrade the server to PostgreSQL 15 or newer."
	case !migrated:
		d.Found, d.Mend = d.Found+", without our tables", "Run `aerostic migrate`."
	}
	return d
}

func diagnoseApp() Diagnosis {
	d := Diagnosis{What: "web app in this binary", Found: "built"}
	if _, err := fs.Stat(webapps.App(), "index.html"); err != nil {
		d.Found, d.Mend = "missing", "Run `make build`."
	}
	return d
}

func diagnoseFolder(dir string) Diagnosis {
	d := Diagnosis{What: "data folder " + dir, Found: "writable"}
	parent := dir
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		d.Found, parent = "not there yet; the first start makes it", filepath.Dir(dir)
	}
	f, err := os.CreateTemp(parent, ".doctor-*")
	if err != nil {
		d.Found, d.Mend = err.Error(), "Give a folder you may write to with --data."
		return d
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	return d
}

// diagnosePort tells a running dev process from something else on its port.
func diagnosePort(dir string) Diagnosis {
	d := Diagnosis{What: "port 8080", Found: "free"}
	var info DevInfo
	if raw, err := os.ReadFile(filepath.Join(dir, "dev.json")); err == nil && json.Unmarshal(raw, &info) == nil && alive(info.PID) {
		d.Found = fmt.Sprintf("`aerostic dev` runs at %s (process %d)", info.URL, info.PID)
		return d
	}
	l, err := net.Listen("tcp", "127.0.0.1:8080")
	if err != nil {
		d.Found = "busy; `aerostic dev` takes the next free one"
		return d
	}
	_ = l.Close()
	return d
}

func alive(pid int) bool { return pid > 0 && syscall.Kill(pid, 0) == nil }

func diagnoseMeta(ctx context.Context, cfg Config) Diagnosis {
	d := Diagnosis{What: "Meta", Found: "the simulator is used by `aerostic dev`"}
	if _, named := os.LookupEnv("AEROSTIC_WHATSAPP_URL"); !named {
		return d
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	d.Found = cfg.WhatsAppURL + " answers"
	if err := reach(ctx, cfg.WhatsAppURL); err != nil {
		d.Found, d.Mend = err.Error(), "Check AEROSTIC_WHATSAPP_URL and the network."
	}
	return d
}
