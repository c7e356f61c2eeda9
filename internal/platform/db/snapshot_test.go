package db_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

// What Acme changes meanwhile is not seen, and nothing can be written.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	acme := dbtest.Tenant(t, d, "acme")
	const read, rename = `select name from tenants where tenant_id = $1`, `update tenants set name = $2 where tenant_id = $1`
	err := d.Snapshot(t.Context(), acme, func(ctx context.Context, tx pgx.Tx) error {
		var before, after string
		if err := tx.QueryRow(ctx, read, acme).Scan(&before); err != nil {
			return err
		}
		err := d.InTenant(t.Context(), acme, func(ctx context.Context, other pgx.Tx) error {
			_, err := other.Exec(ctx, rename, acme, "एक्मे")
			return err
		})
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, read, acme).Scan(&after); err != nil {
			return err
		}
		if before != after {
			t.Errorf("the snapshot moved from %s to %s", before, after)
		}
		if _, err := tx.Exec(ctx, rename, acme, "Acme Ltd"); err == nil {
			t.Error("a snapshot was written to")
		}
		return nil
	})
	if err == nil {
		t.Error("the refused write went by unnoticed")
	}
}
