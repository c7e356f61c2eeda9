package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const forgetPage = 1000 // campaigns

const (
	sqlCampaignsAfter = `select id from campaigns where tenant_id = $1 and id > $2 order by id limit $3`
	sqlForgetParams   = `
update campaign_recipients r set params = '[]' from unnest($3::uuid[]) as u(campaign_id)
where r.tenant_id = $1 and r.campaign_id = u.campaign_id and r.contact_id = any($2) and r.campaign_id between $4 and $5
returning r.message_id`
)

// Forget erases what the contacts' campaign messages said, campaigns by ascending id after a
// place, and at the end all their other messages. Counts and money stay. It is contact.Hooks.Forget.
func (s *Service) Forget(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, after uuid.UUID) (uuid.UUID, bool, error) {
	rows, err := tx.Query(ctx, sqlCampaignsAfter, tenant, after, forgetPage)
	if err != nil {
		return after, false, err
	}
	page, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return after, false, err
	}
	if len(page) == 0 {
		return after, false, s.Messages.ForgetLoose(ctx, tx, tenant, contacts)
	}
	if rows, err = tx.Query(ctx, sqlForgetParams, tenant, contacts, page, page[0], page[len(page)-1]); err != nil {
		return after, false, err
	}
	messages, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return after, false, err
	}
	return page[len(page)-1], true, s.Messages.Forget(ctx, tx, tenant, messages)
}
