package db_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// firms is a database with two tenants.
type firms struct {
	*db.DB
	acme, bazaar uuid.UUID
}

func setup(t *testing.T) firms {
	t.Helper()
	d := dbtest.New(t)
	return firms{DB: d, acme: dbtest.Tenant(t, d, "acme"), bazaar: dbtest.Tenant(t, d, "bazaar")}
}

// names reads the tenants a transaction can see.
func names(ctx context.Context, tx pgx.Tx) (string, error) {
	rows, err := tx.Query(ctx, `select slug from tenants order by slug`)
	if err != nil {
		return "", err
	}
	slugs, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return strings.Join(slugs, " "), err
}

type transact = func(ctx context.Context, fn func(ctx context.Context, tx pgx.Tx) error) error

func (f firms) in(tenant uuid.UUID) transact {
	return func(ctx context.Context, fn func(ctx context.Context, tx pgx.Tx) error) error {
		return f.InTenant(ctx, tenant, fn)
	}
}

func (f firms) asSystem(ctx context.Context, fn func(ctx context.Context, tx pgx.Tx) error) error {
	return f.AsSystem(ctx, "look from the test", fn)
}

func (f firms) seen(t *testing.T, run transact) string {
	t.Helper()
	var seen string
	err := run(t.Context(), func(ctx context.Context, tx pgx.Tx) (err error) {
		seen, err = names(ctx, tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestWhoSeesWhom(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, c := range []struct {
		who  string
		run  transact
		want string
	}{
		{"acme", f.in(f.acme), "acme"},
		{"bazaar", f.in(f.bazaar), "bazaar"},
		{"a stranger", f.in(ident.New()), ""},
		{"nobody", f.Global, ""},
		{"the system", f.asSystem, "acme bazaar"},
	} {
		if seen := f.seen(t, c.run); seen != c.want {
			t.Errorf("%s sees %q, want %q", c.who, seen, c.want)
		}
	}
}

func TestNobodyWritesForAnotherTenant(t *testing.T) {
	t.Parallel()
	f := setup(t)
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update tenants set name = 'पराया' where tenant_id = $1`, f.bazaar)
		if err != nil || tag.RowsAffected() != 0 {
			t.Errorf("acme changed %d rows of bazaar: %v", tag.RowsAffected(), err)
		}
		_, err = tx.Exec(ctx, `update tenants set tenant_id = $2 where tenant_id = $1`, f.acme, f.bazaar)
		return err
	})
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != "42501" {
		t.Fatalf("acme moved its row to bazaar: %v", err)
	}
}

// TestALeakedTenantIsOverwritten shows that a statement which breaks the rules and sets the
// tenant for the whole session does not reach the connection's next user.
func TestALeakedTenantIsOverwritten(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for range 10 {
		if _, err := f.App().Exec(t.Context(), `select set_config('app.tenant_id', $1, false)`, f.acme.String()); err != nil {
			t.Fatal(err)
		}
	}
	if seen := f.seen(t, f.Global); seen != "" {
		t.Errorf("nobody sees %q", seen)
	}
	if seen := f.seen(t, f.in(f.bazaar)); seen != "bazaar" {
		t.Errorf("bazaar sees %q", seen)
	}
}

func TestEndOfATransaction(t *testing.T) {
	t.Parallel()
	errWrong := errors.New("Ann changed her mind")
	rename := func(ctx context.Context, tx pgx.Tx, f firms) {
		if _, err := tx.Exec(ctx, `update tenants set slug = 'renamed' where tenant_id = $1`, f.acme); err != nil {
			panic(err)
		}
	}
	cases := map[string]struct {
		fn   func(ctx context.Context, tx pgx.Tx, f firms) error
		want string // what acme sees afterwards
		is   error
	}{
		"nil commits": {func(ctx context.Context, tx pgx.Tx, f firms) error {
			rename(ctx, tx, f)
			return nil
		}, "renamed", nil},
		"an error rolls back": {func(ctx context.Context, tx pgx.Tx, f firms) error {
			rename(ctx, tx, f)
			return errWrong
		}, "acme", errWrong},
		"a swallowed SQL error is an error": {func(ctx context.Context, tx pgx.Tx, f firms) error {
			rename(ctx, tx, f)
			_, _ = tx.Exec(ctx, `select 1/0`)
			return nil
		}, "acme", pgx.ErrTxCommitRollback},
		"a savepoint undoes its part": {func(ctx context.Context, tx pgx.Tx, f firms) error {
			inner, err := tx.Begin(ctx)
			if err != nil {
				return err
			}
			rename(ctx, inner, f)
			return inner.Rollback(ctx)
		}, "acme", nil},
		"a savepoint keeps its part": {func(ctx context.Context, tx pgx.Tx, f firms) error {
			inner, err := tx.Begin(ctx)
			if err != nil {
				return err
			}
			rename(ctx, inner, f)
			if err := inner.Commit(ctx); err != nil {
				return err
			}
			if err := inner.Rollback(ctx); !errors.Is(err, pgx.ErrTxClosed) {
				return errors.New("a kept savepoint was rolled back")
			}
			return nil
		}, "renamed", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t)
			err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error { return c.fn(ctx, tx, f) })
			if !errors.Is(err, c.is) {
				t.Errorf("InTenant returned %v, want %v", err, c.is)
			}
			if seen := f.seen(t, f.in(f.acme)); seen != c.want {
				t.Errorf("afterwards acme is %q, want %q", seen, c.want)
			}
		})
	}
}

func TestAPanicRollsBackAndPasses(t *testing.T) {
	t.Parallel()
	f := setup(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
			_, _ = tx.Exec(ctx, `update tenants set slug = 'broken' where tenant_id = $1`, f.acme)
			panic("Bob pulled the plug")
		})
	}()
	if seen := f.seen(t, f.in(f.acme)); seen != "acme" {
		t.Errorf("afterwards acme is %q", seen)
	}
	if busy := f.App().Stat().AcquiredConns(); busy != 0 {
		t.Errorf("%d connections were not given back", busy)
	}
}

func TestACancelledCallerRollsBack(t *testing.T) {
	t.Parallel()
	f := setup(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := f.InTenant(ctx, f.acme, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set slug = 'late' where tenant_id = $1`, f.acme)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) || db.CommitUnknown(err) {
		t.Errorf("InTenant returned %v", err)
	}
	if seen := f.seen(t, f.in(f.acme)); seen != "acme" {
		t.Errorf("afterwards acme is %q", seen)
	}
}

func TestNestingIsRefused(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for name, outer := range map[string]transact{"tenant": f.in(f.acme), "system": f.asSystem, "global": f.Global} {
		for inside, inner := range map[string]transact{"tenant": f.in(f.acme), "system": f.asSystem, "global": f.Global} {
			err := outer(t.Context(), func(ctx context.Context, _ pgx.Tx) error {
				return inner(ctx, func(context.Context, pgx.Tx) error { return nil })
			})
			if !errors.Is(err, db.ErrNested) {
				t.Errorf("%s inside %s: %v", inside, name, err)
			}
		}
	}
	var kept context.Context
	err := f.Global(t.Context(), func(ctx context.Context, _ pgx.Tx) error { kept = ctx; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Global(kept, func(context.Context, pgx.Tx) error { return nil }); err != nil {
		t.Errorf("after the transaction its context is still refused: %v", err)
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	t.Parallel()
	f := setup(t)
	if err := f.InTenant(t.Context(), uuid.Nil, nil); err == nil {
		t.Error("InTenant took no tenant")
	}
	if err := f.AsSystem(t.Context(), "", nil); err == nil {
		t.Error("AsSystem took no reason")
	}
}

func TestAnEndedTransactionIsClosed(t *testing.T) {
	t.Parallel()
	f := setup(t)
	var kept pgx.Tx
	if err := f.Global(t.Context(), func(_ context.Context, tx pgx.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	_, execErr := kept.Exec(ctx, `select 1`)
	rows, queryErr := kept.Query(ctx, `select 1`)
	_, beginErr := kept.Begin(ctx)
	_, prepareErr := kept.Prepare(ctx, "one", `select 1`)
	_, copyErr := kept.CopyFrom(ctx, pgx.Identifier{"tenant_hosts"}, nil, nil)
	for what, err := range map[string]error{
		"exec": execErr, "query": queryErr, "rows": rows.Err(), "begin": beginErr, "prepare": prepareErr,
		"copy": copyErr, "row": kept.QueryRow(ctx, `select 1`).Scan(new(int)),
		"batch":  kept.SendBatch(ctx, &pgx.Batch{}).Close(),
		"commit": kept.Commit(ctx), "rollback": kept.Rollback(ctx),
	} {
		if !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("%s after the end: %v", what, err)
		}
	}
}

// TestSettingTheTenantIsNoCachedStatement guards the statement cache: one SET per tenant
// would push the real statements out of it.
func TestSettingTheTenantIsNoCachedStatement(t *testing.T) {
	t.Parallel()
	f := setup(t)
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
		var prepared int
		err := tx.QueryRow(ctx, `select count(*) from pg_prepared_statements where statement ilike '%app.tenant_id%' and statement ilike 'set%'`).Scan(&prepared)
		if prepared != 0 {
			t.Errorf("%d SET statements are prepared", prepared)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestConnectionSettings(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for name, want := range map[string]string{
		"citus.propagate_set_commands": "local", "timezone": "UTC", "jit": "off", "statement_timeout": "30s",
		"lock_timeout": "15s", "idle_in_transaction_session_timeout": "1min", "role": "aerostic_app",
	} {
		var got string
		if err := f.App().QueryRow(t.Context(), "show "+name).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", name, got, want, err)
		}
	}
}

// TestLogins opens the database as a deployment does that gives each role its own login.
func TestLogins(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	conn := owner(t, url)
	login := func(name, roles string) string {
		sql := fmt.Sprintf("create role %s login password 'x' in role %s", name, roles)
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = conn.Exec(context.Background(), "drop role "+name) })
		return regexp.MustCompile("//[^@]*@").ReplaceAllString(url, "//"+name+":x@")
	}
	app, system, both := login("test_app", "aerostic_app"), login("test_system", "aerostic_system"), login("test_both", "aerostic_app, aerostic_system")
	for name, c := range map[string]struct {
		cfg  db.Config
		good bool
	}{
		"own logins":                    {db.Config{URL: url, AppURL: app, SystemURL: system}, true},
		"no owner at all":               {db.Config{AppURL: app, SystemURL: system}, true},
		"the owner as application":      {db.Config{URL: url, AppURL: url}, false},
		"the application as system":     {db.Config{URL: url, SystemURL: app}, false},
		"one login with both roles":     {db.Config{URL: url, AppURL: both}, false},
		"the system's login as owner's": {db.Config{URL: system}, false},
	} {
		d, err := db.Open(t.Context(), c.cfg)
		if (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		f := firms{DB: d, acme: dbtest.Tenant(t, d, ident.New().String())}
		if seen := f.seen(t, f.Global); seen != "" {
			t.Errorf("%s: nobody sees %q", name, seen)
		}
		if seen := f.seen(t, f.in(f.acme)); strings.Count(seen, " ") != 0 || seen == "" {
			t.Errorf("%s: acme sees %q", name, seen)
		}
		d.Close()
	}
}

func TestStatsCount(t *testing.T) {
	t.Parallel()
	f := setup(t)
	before := f.Stats()
	_ = f.seen(t, f.in(f.acme))
	_ = f.Global(t.Context(), func(context.Context, pgx.Tx) error { return errors.New("no") })
	after := f.Stats()
	if after.Committed-before.Committed != 1 || after.RolledBack-before.RolledBack != 1 || after.Statements-before.Statements != 1 {
		t.Errorf("one query committed and nothing rolled back count as %+v → %+v", before, after)
	}
}

func TestDedicatedHasNoLimits(t *testing.T) {
	t.Parallel()
	f := setup(t)
	conn, err := f.Dedicated(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var limit, role string
	if err := conn.QueryRow(t.Context(), `select current_setting('statement_timeout'), current_user`).Scan(&limit, &role); err != nil {
		t.Fatal(err)
	}
	if limit != "0" || role != "aerostic_system" {
		t.Errorf("limit %s, role %s", limit, role)
	}
}

func BenchmarkTransaction(b *testing.B) {
	d := dbtest.New(b)
	acme := dbtest.Tenant(b, d, "acme")
	query := func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select slug from tenants where tenant_id = $1`, acme).Scan(new(string))
	}
	b.Run("Bare", func(b *testing.B) {
		for b.Loop() {
			if err := d.System().QueryRow(b.Context(), `select slug from tenants where tenant_id = $1`, acme).Scan(new(string)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Empty", func(b *testing.B) {
		for b.Loop() {
			if err := d.InTenant(b.Context(), acme, func(context.Context, pgx.Tx) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("InTenant", func(b *testing.B) {
		for b.Loop() {
			if err := d.InTenant(b.Context(), acme, query); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("AsSystem", func(b *testing.B) {
		for b.Loop() {
			if err := d.AsSystem(b.Context(), "measure", query); err != nil {
				b.Fatal(err)
			}
		}
	})
}
