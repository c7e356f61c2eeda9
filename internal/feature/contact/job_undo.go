package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// undoArgs is an import to be taken back, and who asked for it.
type undoArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Import uuid.UUID `json:"import"`
	UserID uuid.UUID `json:"userId"`
	Email  string    `json:"email"`
}

func (undoArgs) Kind() string { return "contact_import_undo" }
func (undoArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, Priority: 2}
}

type undoWorker struct {
	river.WorkerDefaults[undoArgs]
	s *Service
}

// Work undoes a slice; what is left goes on as a new job. A run that fails is tried again, and
// goes on where it was.
func (w *undoWorker) Work(ctx context.Context, job *river.Job[undoArgs]) error {
	args := job.Args
	by := actor.ForTenant(args.Tenant)
	if args.UserID != uuid.Nil {
		by = actor.Actor{Kind: actor.User, UserID: args.UserID, TenantID: args.Tenant, Email: args.Email}
	}
	finished, err := w.s.RunUndo(actor.With(ctx, by), args.Tenant, args.Import, importSlice)
	if err != nil || finished {
		return err
	}
	return w.s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) error {
		imp, err := importRow(ctx, tx, sqlImport, args.Tenant, args.Import)
		if err != nil || imp.State != ImportUndoing {
			return err
		}
		var free bool
		if err := tx.QueryRow(ctx, sqlImportFree, args.Tenant, args.Import).Scan(&free); err != nil || !free {
			return err
		}
		return w.s.queue.Insert(ctx, tx, args, nil)
	})
}
