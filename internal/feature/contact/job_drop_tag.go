package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

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
