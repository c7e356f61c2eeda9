package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// Workers adds the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &importWorker{s: s})
	river.AddWorker(w, &markWorker{s: s})
	river.AddWorker(w, &dropTagWorker{s: s})
	river.AddWorker(w, &sweepWorker{s: s})
	river.AddWorker(w, &foldWorker{s: s})
}

// Periodic are the jobs that run by the clock.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(30*time.Second), func() (river.JobArgs, *river.InsertOpts) {
			return sweepArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(5*time.Minute), func() (river.JobArgs, *river.InsertOpts) {
			return foldArgs{}, nil
		}, nil),
	}
}

// A job holds a worker of its queue for so long at most; a longer import goes on as a new job, so
// that other tenants' imports get their turn.
const importSlice = 20 * time.Second

type importArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Import uuid.UUID `json:"import"`
}

func (importArgs) Kind() string { return "contact_import" }
func (importArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, Priority: 2}
}

type importWorker struct {
	river.WorkerDefaults[importArgs]
	s *Service
}

// Work runs a slice of the import. A file that is gone ends it; anything else is tried again.
func (w *importWorker) Work(ctx context.Context, job *river.Job[importArgs]) error {
	tenant, id := job.Args.Tenant, job.Args.Import
	finished, err := w.s.RunImport(ctx, tenant, id, importSlice)
	if fault.KindOf(err) == fault.KindNotFound {
		return w.s.failImport(ctx, tenant, id, "The uploaded file is not there any more. Upload it again.")
	}
	if err != nil && job.Attempt >= job.MaxAttempts {
		sentence := "Something went wrong on our side. What was imported so far is kept; upload the file again to import the rest."
		return errors.Join(err, w.s.failImport(ctx, tenant, id, sentence))
	}
	if err != nil || finished {
		return err
	}
	return w.s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		imp, err := importRow(ctx, tx, sqlImport, tenant, id)
		if err != nil || imp.State != ImportRunning {
			return err
		}
		var free bool
		if err := tx.QueryRow(ctx, sqlImportFree, tenant, id).Scan(&free); err != nil || !free {
			return err
		}
		return w.s.queue.Insert(ctx, tx, job.Args, nil)
	})
}

const sqlImportFree = `select claim is null from imports where tenant_id = $1 and id = $2`

func (s *Service) failImport(ctx context.Context, tenant, id uuid.UUID, reason string) error {
	return s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		imp, err := importRow(ctx, tx, sqlImportLocked, tenant, id)
		if err != nil || !imp.State.MayBecome(ImportFailed) {
			return err
		}
		imp.State = ImportFailed
		if err := endImport(ctx, tx, tenant, id, ImportFailed, reason, s.clock.Now()); err != nil {
			return err
		}
		return realtime.Publish(ctx, tx, tenant, "imports", imp.progress())
	})
}

// markArgs is where a change of tags over a filter stands.
type markArgs struct {
	Tenant  uuid.UUID `json:"tenant"`
	Marking Marking   `json:"marking"`
	After   position  `json:"after"`
	Done    int64     `json:"done"`
}

func (markArgs) Kind() string { return "contact_mark" }
func (markArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, Priority: 2}
}

type markWorker struct {
	river.WorkerDefaults[markArgs]
	s *Service
}

// Work goes on with the pages; running one twice changes nothing. A tag deleted meanwhile ends it.
func (w *markWorker) Work(ctx context.Context, job *river.Job[markArgs]) error {
	_, err := w.s.markFiltered(ctx, job.Args, markPages)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	return err
}

type dropTagArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Tag    uuid.UUID `json:"tag"`
}

func (dropTagArgs) Kind() string                 { return "contact_tag_drop" }
func (dropTagArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Metrics} }

type dropTagWorker struct {
	river.WorkerDefaults[dropTagArgs]
	s *Service
}

const (
	sqlDropJoins = `
delete from contact_tags where tenant_id = $1 and tag_id = $2 and contact_id = any(
    select x.contact_id from contact_tags x where x.tenant_id = $1 and x.tag_id = $2 order by x.contact_id limit $3)`
	sqlDropTallies = `delete from contact_tallies where tenant_id = $1 and tag_id = $2`
	sqlDropTag     = `delete from tags where tenant_id = $1 and id = $2 and deleted_at is not null`
)

// Work removes the joins of a deleted tag in pages, then the tag.
func (w *dropTagWorker) Work(ctx context.Context, job *river.Job[dropTagArgs]) error {
	return w.s.dropTag(ctx, job.Args)
}

func (s *Service) dropTag(ctx context.Context, args dropTagArgs) error {
	tenant, tag := args.Tenant, args.Tag
	for more := true; more; {
		err := s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			gone, err := tx.Exec(ctx, sqlDropJoins, tenant, tag, 10_000)
			if err != nil || gone.RowsAffected() > 0 {
				return err
			}
			more = false
			if _, err := tx.Exec(ctx, sqlDropTallies, tenant, tag); err != nil {
				return err
			}
			_, err = tx.Exec(ctx, sqlDropTag, tenant, tag)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

type sweepArgs struct{}

func (sweepArgs) Kind() string { return "contact_import_sweep" }
func (sweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	s *Service
}

// Work rings for imports whose worker died, and clears away uploads nobody started.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	return errors.Join(w.s.SweepImports(ctx), w.s.sweepUploads(ctx))
}

const (
	sqlOrphans   = `select tenant_id, id from imports where state = 'running' and claimed_until <= $1 limit 100`
	sqlAbandoned = `select tenant_id, id from imports where state = 'uploaded' and created_at <= $1 limit 100`
)

// SweepImports makes a job for every running import whose worker has been silent for too long.
func (s *Service) SweepImports(ctx context.Context) error {
	orphans, err := s.importsAnywhere(ctx, "find imports whose worker died", sqlOrphans, s.clock.Now())
	for _, args := range orphans {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.queue.Insert(ctx, tx, args, nil)
		}))
	}
	return err
}

// sweepUploads forgets files that were uploaded a day ago and not started.
func (s *Service) sweepUploads(ctx context.Context) error {
	now := s.clock.Now()
	abandoned, err := s.importsAnywhere(ctx, "find uploads that nobody started", sqlAbandoned, now.Add(-24*time.Hour))
	for _, args := range abandoned {
		err = errors.Join(err, s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
			imp, err := importRow(ctx, tx, sqlImportLocked, args.Tenant, args.Import)
			if err != nil || imp.State != ImportUploaded {
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

const sqlTalliesToFold = `
select tenant_id, tag_id from contact_tallies group by tenant_id, tag_id having count(*) > 50 limit 1000`

type talliesOf struct{ Tenant, Tag uuid.UUID }

// FoldTallies replaces the many differences of a tag by their sum, wherever there are many.
func (s *Service) FoldTallies(ctx context.Context) error {
	var many []talliesOf
	err := s.db.AsSystem(ctx, "find counts of contacts that should be folded", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlTalliesToFold)
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
