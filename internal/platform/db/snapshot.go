package db

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Snapshot is InTenant for long reads that must agree with each other: every statement sees
// the same moment, none may write, and reading millions of rows may take its time.
func (d *DB) Snapshot(ctx context.Context, tenant uuid.UUID, fn func(ctx context.Context, tx pgx.Tx) error) error {
	return d.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		for _, set := range []string{
			"set transaction isolation level repeatable read, read only",
			"set local statement_timeout = '30min'",
			"set local idle_in_transaction_session_timeout = '30min'",
		} {
			if _, err := tx.Exec(ctx, set); err != nil {
				return fmt.Errorf("take a snapshot: %w", err)
			}
		}
		return fn(ctx, tx)
	})
}
