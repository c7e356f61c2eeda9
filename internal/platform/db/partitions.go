package db

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// monthsAhead is how many months of partitions exist, the present one included. Attaching one
// waits for whoever reads the default partition, so migrations make as many to begin with.
const monthsAhead = 3

// EnsurePartitions makes the partitions of the months from the given time on, for tables cut by
// the month (in UTC) of their UUIDv7 key; what exists stays. A periodic job runs it well ahead:
// rows of a month without a partition go to the default one, which cannot be split while it
// holds them.
func (d *DB) EnsurePartitions(ctx context.Context, from time.Time, tables ...string) error {
	return d.AsSystem(ctx, "make partitions", func(ctx context.Context, tx pgx.Tx) error {
		for _, table := range tables {
			if _, err := tx.Exec(ctx, `select ensure_partitions($1, $2::date, $3)`, table, from.UTC(), monthsAhead); err != nil {
				return fmt.Errorf("make partitions of %s: %w", table, err)
			}
		}
		return nil
	})
}

// Ping says whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.app.Ping(ctx) }
