package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

const slugs = `select slug, created_at from tenants where $1 or tenant_id <> $2 order by slug`

func (f firms) read(t *testing.T, tenant uuid.UUID) (out []string) {
	t.Helper()
	var created time.Time
	take := func(rows pgx.Rows) error {
		var slug string
		_, err := pgx.ForEachRow(rows, []any{&slug, &created}, func() error { out = append(out, slug); return nil })
		return err
	}
	one := db.Read{SQL: slugs, Args: []any{true, uuid.Nil}, Rows: take}
	if err := f.ReadTenant(t.Context(), tenant, one, one); err != nil {
		t.Fatal(err)
	}
	if len(out) > 0 && created.IsZero() {
		t.Error("the time was not read")
	}
	return out
}

func TestReadTenant(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for range 3 {
		if got := f.read(t, f.acme); len(got) != 2 || got[0] != "acme" || got[1] != "acme" {
			t.Fatalf("acme reads %v", got)
		}
		if got := f.read(t, f.bazaar); len(got) != 2 || got[0] != "bazaar" {
			t.Fatalf("bazaar reads %v", got)
		}
	}
	if busy := f.App().Stat().AcquiredConns(); busy != 0 {
		t.Errorf("%d connections were not given back", busy)
	}
}

func TestReadTenantFails(t *testing.T) {
	t.Parallel()
	f := setup(t)
	errWrong := errors.New("Ann closed the book")
	ignore := func(pgx.Rows) error { return nil }
	for name, c := range map[string]struct {
		tenant uuid.UUID
		read   db.Read
		is     error
	}{
		"no tenant":        {uuid.Nil, db.Read{SQL: `select 1`, Rows: ignore}, nil},
		"bad SQL":          {f.acme, db.Read{SQL: `select nothing`, Rows: ignore}, nil},
		"wrong arguments":  {f.acme, db.Read{SQL: `select $1::int`, Args: []any{"x"}, Rows: ignore}, nil},
		"an error inside":  {f.acme, db.Read{SQL: `select 1/$1::int`, Args: []any{0}, Rows: ignore}, nil},
		"the reader's own": {f.acme, db.Read{SQL: slugs, Args: []any{true, uuid.Nil}, Rows: func(pgx.Rows) error { return errWrong }}, errWrong},
		"a write":          {f.acme, db.Read{SQL: `update tenants set name = '' where tenant_id = $1`, Args: []any{f.acme}, Rows: ignore}, nil},
	} {
		err := f.ReadTenant(t.Context(), c.tenant, c.read)
		if err == nil || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: %v", name, err)
		}
		if got := f.read(t, f.acme); len(got) != 2 {
			t.Errorf("after %s acme reads %v", name, got)
		}
	}
	err := f.Global(t.Context(), func(ctx context.Context, _ pgx.Tx) error { return f.ReadTenant(ctx, f.acme) })
	if !errors.Is(err, db.ErrNested) {
		t.Errorf("inside a transaction: %v", err)
	}
}

func BenchmarkReadTenant(b *testing.B) {
	d := dbtest.New(b)
	acme := dbtest.Tenant(b, d, "acme")
	read := db.Read{SQL: `select slug from tenants where tenant_id = $1`, Args: []any{acme}, Rows: func(rows pgx.Rows) error {
		_, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[string])
		return err
	}}
	for b.Loop() {
		if err := d.ReadTenant(b.Context(), acme, read); err != nil {
			b.Fatal(err)
		}
	}
}
