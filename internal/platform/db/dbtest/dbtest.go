// Package dbtest gives each test its own migrated database on a real PostgreSQL.
//
// It owns a private server per test process (or borrows the one of the whole run, see
// EnvURL), a template that is migrated once, and the clones made of it in milliseconds. It
// does not own fixtures, except the bare tenant.
//
// Life cycle: a package's TestMain calls Main; each test calls New.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// EnvURL names the environment variable with a superuser's connection string to the server
// that tests share. Without it each test process starts its own. `testpg` sets it for a
// whole run.
const EnvURL = "AEROSTIC_TEST_DATABASE_URL"

// shared is this process's server, started when the first test asks for a database. It is
// the one thing here that outlives a test, and Main ends it.
var shared server

type server struct {
	once    sync.Once
	running bool // Main has been called
	private *postgres.Server
	dir     string
	url     string // maintenance database
	version string // template's name
	err     error

	statements *collector
}

// Main runs a package's tests, holds the SQL they put together against the rules (see
// platform/db/sqlcheck), and stops the server, if one was started. It exits.
func Main(m *testing.M) {
	shared.running = true
	shared.statements = newCollector()
	code := m.Run()
	if code == 0 {
		code = shared.report()
	}
	shared.stop()
	os.Exit(code)
}

// report prints what is wrong with statements and returns the exit code.
func (s *server) report() int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	lines, err := s.check(ctx)
	if err != nil {
		lines = append(lines, fmt.Sprintf("check statements: %v", err))
	}
	for _, line := range lines {
		fmt.Fprintln(os.Stderr, line)
	}
	return min(len(lines), 1)
}

// New returns an open database of its own for one test: migrated, empty, dropped at the end.
func New(t testing.TB) *db.DB {
	t.Helper()
	opened, err := db.Open(t.Context(), db.Config{URL: URL(t), MaxConns: 8, SystemMaxConns: 8, Tracer: shared.statements})
	if err != nil {
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(opened.Close)
	return opened
}

// URL clones a database for one test and returns its superuser's connection string, for
// tests of roles, processes or the schema itself. Most tests want New.
func URL(t testing.TB) string {
	t.Helper()
	shared.once.Do(shared.start)
	if shared.err != nil {
		t.Fatalf("start test server: %v", shared.err)
	}
	name := "test_" + ident.New().String()
	if err := clone(shared.url, name, shared.version); err != nil {
		t.Fatalf("clone test database: %v", err)
	}
	t.Cleanup(func() {
		if err := drop(shared.url, name); err != nil {
			t.Errorf("drop test database: %v", err)
		}
	})
	return inDatabase(shared.url, name)
}

// Tenant inserts a bare tenant: Indian rupees, Indian time, no members, no wallet.
func Tenant(t testing.TB, d *db.DB, slug string) uuid.UUID {
	t.Helper()
	const insert = `with slug as (insert into tenant_slugs (slug, tenant_id, created_at) values ($2, $1, $4))
		insert into tenants (tenant_id, slug, name, created_at, updated_at) values ($1, $2, $3, $4, $4)`
	tenant := ident.New()
	err := d.AsSystem(t.Context(), "insert the test's tenant", func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, insert, tenant, slug, slug, time.Now())
		return err
	})
	if err != nil {
		t.Fatalf("insert tenant %s: %v", slug, err)
	}
	return tenant
}

func (s *server) start() {
	if !s.running {
		s.err = fmt.Errorf("TestMain must call dbtest.Main")
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s.url = os.Getenv(EnvURL)
	if s.url == "" {
		if s.private, s.dir, s.err = Private(ctx); s.err != nil {
			return
		}
		s.url = s.private.SocketURL()
	}
	s.url = inDatabase(s.url, "postgres")
	s.version, s.err = ensureTemplate(ctx, s.url)
}

func (s *server) stop() {
	if s.private == nil {
		return
	}
	_ = s.private.Kill() // nobody will miss the data
	_ = s.private.Stop()
	_ = os.RemoveAll(s.dir)
}

// inDatabase is the connection string to another database of the same server.
func inDatabase(connection, name string) string {
	u, err := url.Parse(connection)
	if err != nil {
		return connection // pgx will say what is wrong with it
	}
	u.Path = "/" + name
	return u.String()
}
