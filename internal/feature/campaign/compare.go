package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlCompared = `
select ` + columns + `
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.id = any($2)
order by c.started_at desc nulls last, c.id`

// Compare returns campaigns with their results, the latest first. Ids of none are left out.
func (s *Service) Compare(ctx context.Context, ids []uuid.UUID) (found []Campaign, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlCompared, tenant, ids)
		if err != nil {
			return err
		}
		if found, err = pgx.CollectRows(rows, scan); err != nil {
			return err
		}
		return addConvertedTo(ctx, tx, tenant, found)
	})
	return found, err
}
