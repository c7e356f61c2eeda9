package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Waiting is work that may wait in any tenant.
type Waiting struct {
	Reason string // of looking across tenants; it is named in errors too
	SQL    string // finds whose work waits: rows of a T
	Args   []any
}

// SweepAsSystem finds the work that waits across tenants and does it piece by piece:
// one that fails does not keep the others waiting. What work does is its own transactions.
func SweepAsSystem[T any](ctx context.Context, d *DB, w Waiting, scan pgx.RowToFunc[T], work func(ctx context.Context, found T) error) error {
	var list []T
	err := d.AsSystem(ctx, w.Reason, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, w.SQL, w.Args...)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, scan)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", w.Reason, err)
	}
	var failed []error
	for _, found := range list {
		if err := work(ctx, found); err != nil {
			failed = append(failed, fmt.Errorf("%s: %v: %w", w.Reason, found, err))
		}
	}
	return errors.Join(failed...)
}
