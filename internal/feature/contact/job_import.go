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
