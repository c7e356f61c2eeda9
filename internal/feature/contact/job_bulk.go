package contact

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

type bulkArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Bulk   uuid.UUID `json:"bulk"`
}

func (bulkArgs) Kind() string { return "contact_bulk" }
func (bulkArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, Priority: 2}
}

type bulkWorker struct {
	river.WorkerDefaults[bulkArgs]
	s *Service
}

// Work runs a slice of the bulk, so that other tenants get their turn. Something it names that is
// gone ends it; anything else is tried again.
func (w *bulkWorker) Work(ctx context.Context, job *river.Job[bulkArgs]) error {
	tenant, id := job.Args.Tenant, job.Args.Bulk
	finished, err := w.s.RunBulk(ctx, tenant, id, importSlice)
	if f, ok := fault.As(err); ok {
		return w.s.failBulk(ctx, tenant, id, f.Sentence)
	}
	if err != nil && job.Attempt >= job.MaxAttempts {
		return errors.Join(err, w.s.failBulk(ctx, tenant, id, "Something went wrong on our side. What was changed so far stays; start it again for the rest."))
	}
	if err != nil || finished {
		return err
	}
	return w.s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		var waits bool
		if err := tx.QueryRow(ctx, sqlBulkWaits, tenant, id).Scan(&waits); err != nil || !waits {
			return err
		}
		return w.s.queue.Insert(ctx, tx, job.Args, nil)
	})
}

const sqlBulkWaits = `select claim is null and state = 'running' from contact_bulks where tenant_id = $1 and id = $2`

// failBulk ends a bulk that a person asked for. The others end what was begun: the sweep rings for
// them again.
func (s *Service) failBulk(ctx context.Context, tenant, id uuid.UUID, reason string) error {
	return s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		b, err := oneBulk(ctx, tx, sqlBulkLocked, tenant, id)
		if err != nil || b.State != BulkRunning || !b.Action.Kind.asked() {
			return err
		}
		return s.endBulk(ctx, tx, tenant, &b, BulkFailed, reason)
	})
}

const sqlSystemBulks = `select tenant_id, id from contact_bulks where state = 'running' and claimed_until <= $1 limit 100`

// SweepBulks makes a job for every running bulk that no worker has had for too long.
func (s *Service) SweepBulks(ctx context.Context) error {
	var silent []bulkArgs
	err := s.db.AsSystem(ctx, "find changes of many contacts whose worker died", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlSystemBulks, s.clock.Now())
		if err != nil {
			return err
		}
		silent, err = pgx.CollectRows(rows, pgx.RowToStructByPos[bulkArgs])
		return err
	})
	for _, args := range silent {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.queue.Insert(ctx, tx, args, nil)
		}))
	}
	return err
}
