package contact

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

type sweepArgs struct{}

func (sweepArgs) Kind() string { return "contact_sweep" }
func (sweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	s *Service
}

// Work rings for imports, undos and bulks whose worker died, and clears away uploads nobody started or
// imported for real, and exports that were kept long enough.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	return errors.Join(w.s.SweepImports(ctx), w.s.sweepUndos(ctx), w.s.sweepUploads(ctx), w.s.sweepExports(ctx), w.s.SweepBulks(ctx))
}

const (
	sqlSystemOrphans   = `select tenant_id, id from imports where state = 'running' and claimed_until <= $1 limit 100`
	sqlSystemHalted    = `select tenant_id, id from imports where state = 'undoing' and claimed_until <= $1 limit 100`
	sqlSystemAbandoned = `select tenant_id, id from imports where state in ('uploaded', 'tried') and created_at <= $1 limit 100`
)

// SweepImports makes a job for every running import whose worker has been silent for too long.
func (s *Service) SweepImports(ctx context.Context) error {
	orphans, err := s.importsAnywhere(ctx, "find imports whose worker died", sqlSystemOrphans, s.clock.Now())
	for _, args := range orphans {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.queue.Insert(ctx, tx, args, nil)
		}))
	}
	return err
}

// sweepUndos does the same for undos.
func (s *Service) sweepUndos(ctx context.Context) error {
	halted, err := s.importsAnywhere(ctx, "find undos of imports whose worker died", sqlSystemHalted, s.clock.Now())
	for _, args := range halted {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.queue.Insert(ctx, tx, undoArgs{Tenant: args.Tenant, Import: args.Import}, nil)
		}))
	}
	return err
}

// sweepUploads forgets files that were uploaded a day ago and not started.
func (s *Service) sweepUploads(ctx context.Context) error {
	now := s.clock.Now()
	abandoned, err := s.importsAnywhere(ctx, "find uploads that nobody started", sqlSystemAbandoned, now.Add(-24*time.Hour))
	for _, args := range abandoned {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			imp, err := importRow(ctx, tx, sqlImportLocked, args.Tenant, args.Import)
			if err != nil || imp.State != ImportUploaded && imp.State != ImportTried {
				return err
			}
			return endImport(ctx, tx, args.Tenant, args.Import, ImportCancelled, "", now)
		}))
		s.forgetFile(ctx, args.Tenant, args.Import)
	}
	return err
}

func (s *Service) importsAnywhere(ctx context.Context, reason, sql string, at time.Time) (found []importArgs, err error) {
	err = s.db.AsSystem(ctx, reason, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, at)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, pgx.RowToStructByPos[importArgs])
		return err
	})
	return found, err
}
