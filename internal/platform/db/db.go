// Package db is the way to PostgreSQL: transactions that belong to one tenant, the system's
// own transactions, migrations, and what errors of the database mean.
//
// It owns the two connection pools (one per role, because Citus allows one role per
// transaction), how a transaction begins and ends, and the schema's functions of migration
// 00001. It does not own any table: SQL lives in each feature's store.go, and the rules for
// it (DESIGN section 3) are kept by this package's tests, which read every statement.
//
// Life cycle: Migrate once per start, Open, transactions, Close.
package db

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxuuid "github.com/vgarvardt/pgx-google-uuid/v5"
)

// Roles of the schema; see migration 00001.
const (
	appRole    = "aerostic_app"
	systemRole = "aerostic_system"
)

// Config says where the database is. Only URL is needed.
type Config struct {
	URL       string // the owner's; migrations run as this user
	AppURL    string // logs in as a member of aerostic_app; empty: URL, taking that role
	SystemURL string // logs in as a member of aerostic_system; empty: URL, taking that role

	MaxConns       int32           // of the application role's pool; default 16
	SystemMaxConns int32           // of the system role's pool; default 8
	Logger         *slog.Logger    // default: silent
	Tracer         pgx.QueryTracer // sees every statement but BEGIN and COMMIT; may be nil
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	app    *pgxpool.Pool
	system *pgxpool.Pool
	url    string
	log    *slog.Logger
	count  counters
}

// Open connects both pools and checks that each answers in its role.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	d := &DB{url: cfg.URL, log: cfg.Logger}
	var err error
	d.app, err = d.open(ctx, cfg.AppURL, appRole, or(cfg.MaxConns, 16), 30*time.Second, cfg.Tracer)
	if err != nil {
		return nil, err
	}
	d.system, err = d.open(ctx, cfg.SystemURL, systemRole, or(cfg.SystemMaxConns, 8), 5*time.Minute, cfg.Tracer)
	if err != nil {
		d.app.Close()
		return nil, err
	}
	return d, nil
}

// Close waits for the connections in use and closes all.
func (d *DB) Close() {
	d.app.Close()
	d.system.Close()
}

// App is the application role's pool, for libraries that insist on one. Outside a
// transaction of this package it sees no tenant's rows.
func (d *DB) App() *pgxpool.Pool { return d.app }

// System is the system role's pool, for libraries that insist on one (River, LISTEN).
// Statements of ours go through AsSystem, which names why.
func (d *DB) System() *pgxpool.Pool { return d.system }

// Dedicated opens a connection of the system role outside the pools and without time
// limits, for LISTEN and session locks. The caller closes it.
func (d *DB) Dedicated(ctx context.Context) (*pgx.Conn, error) {
	cfg := d.system.Config().ConnConfig.Copy()
	for _, limit := range []string{"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"} {
		cfg.RuntimeParams[limit] = "0"
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open dedicated connection: %w", err)
	}
	return conn, nil
}

func (d *DB) open(ctx context.Context, url, role string, size int32, limit time.Duration, tracer pgx.QueryTracer) (*pgxpool.Pool, error) {
	takesRole := url == ""
	if takesRole {
		url = d.url
	}
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read database url of %s: %w", role, err)
	}
	maps.Copy(cfg.ConnConfig.RuntimeParams, parameters(limit))
	if takesRole {
		cfg.ConnConfig.RuntimeParams["role"] = role
	}
	cfg.MaxConns = size
	cfg.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		pgxuuid.Register(conn.TypeMap()) // without it every id goes through its text form
		return nil
	}
	cfg.MaxConnLifetimeJitter = 10 * time.Minute
	cfg.PingTimeout = 5 * time.Second
	cfg.ConnConfig.ConnectTimeout = 10 * time.Second
	cfg.ConnConfig.Tracer = &tracing{next: tracer, statements: &d.count.statements}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open pool of %s: %w", role, err)
	}
	if err := checkRole(ctx, pool, role); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// parameters are set on every connection as it starts. Citus' one keeps SET LOCAL of the
// tenant in step on its workers; a plain server takes it as an unknown, harmless setting.
func parameters(limit time.Duration) map[string]string {
	return map[string]string{
		"application_name":                    "aerostic",
		"timezone":                            "UTC",
		"jit":                                 "off",
		"statement_timeout":                   fmt.Sprint(limit.Milliseconds()),
		"lock_timeout":                        "15000",
		"idle_in_transaction_session_timeout": "60000",
		"citus.propagate_set_commands":        "local",
	}
}

// checkRole refuses a connection that the policies would not bind: a superuser, or one that
// has both roles, whose policies add up.
func checkRole(ctx context.Context, pool *pgxpool.Pool, role string) error {
	const look = `select pg_has_role(current_user, $1, 'usage'),
    rolsuper or rolbypassrls or pg_has_role(current_user, $2, 'usage')
from pg_roles where rolname = current_user`
	other := map[string]string{appRole: systemRole, systemRole: appRole}[role]
	var member, unbound bool
	err := pool.QueryRow(ctx, look, role, other).Scan(&member, &unbound)
	if err != nil {
		return fmt.Errorf("connect as %s: %w", role, err)
	}
	if !member || unbound {
		return fmt.Errorf("connect as %s: the user must be granted that role, not %s too, and be neither superuser nor BYPASSRLS", role, other)
	}
	return nil
}

func or(value, fallback int32) int32 {
	if value > 0 {
		return value
	}
	return fallback
}
