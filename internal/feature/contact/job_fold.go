package contact

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

type foldArgs struct{}

func (foldArgs) Kind() string { return "contact_tally_fold" }
func (foldArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type foldWorker struct {
	river.WorkerDefaults[foldArgs]
	s *Service
}

// Work keeps counting cheap.
func (w *foldWorker) Work(ctx context.Context, _ *river.Job[foldArgs]) error {
	return w.s.FoldTallies(ctx)
}

const sqlSystemTallies = `
select tenant_id, tag_id from contact_tallies group by tenant_id, tag_id having count(*) > 50 limit 1000`

type talliesOf struct{ Tenant, Tag uuid.UUID }

// FoldTallies replaces the many differences of a tag by their sum, wherever there are many.
func (s *Service) FoldTallies(ctx context.Context) error {
	var many []talliesOf
	err := s.db.AsSystem(ctx, "find counts of contacts that should be folded", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlSystemTallies)
		if err != nil {
			return err
		}
		many, err = pgx.CollectRows(rows, pgx.RowToStructByPos[talliesOf])
		return err
	})
	for _, t := range many {
		err = errors.Join(err, s.db.InTenant(ctx, t.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			return foldTally(ctx, tx, t.Tenant, t.Tag)
		}))
	}
	return err
}
