package dbtest_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	first, second := dbtest.New(t), dbtest.New(t)
	acme := dbtest.Tenant(t, first, "acme")
	count := func(ctx context.Context, tx pgx.Tx, n *int) error {
		return tx.QueryRow(ctx, `select count(*) from tenants where tenant_id = $1`, acme).Scan(n)
	}
	var here, there int
	if err := first.InTenant(t.Context(), acme, func(ctx context.Context, tx pgx.Tx) error { return count(ctx, tx, &here) }); err != nil {
		t.Fatal(err)
	}
	if err := second.InTenant(t.Context(), acme, func(ctx context.Context, tx pgx.Tx) error { return count(ctx, tx, &there) }); err != nil {
		t.Fatal(err)
	}
	if here != 1 || there != 0 {
		t.Fatalf("acme is %d times in its database and %d times in the other", here, there)
	}
}

func BenchmarkClone(b *testing.B) {
	dbtest.URL(b)
	for b.Loop() {
		dbtest.URL(b)
	}
}
