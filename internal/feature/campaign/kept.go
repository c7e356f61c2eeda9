package campaign

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of recipients when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptRecipients = `
select jsonb_build_object('campaign', c.name, 'startedAt', c.started_at, 'state', r.state, 'variant', r.variant, 'heldOut', r.state = 'held_out',
    'attempts', r.attempts, 'outcome', coalesce(r.outcome, ''), 'reason', coalesce(r.reason, ''), 'repliedAt', r.replied_at, 'values', r.params)
from campaign_recipients r join campaigns c on c.tenant_id = $1 and c.id = r.campaign_id
where r.tenant_id = $1 and r.contact_id = any($2) order by c.started_at, c.id`
	sqlKeptActs = `
select jsonb_build_object('at', a.at, 'act', a.act, 'heldOut', a.held_out, 'campaign', c.name)
from campaign_recipients r
join campaign_acts a on a.tenant_id = $1 and a.campaign_id = r.campaign_id and a.contact_id = r.contact_id
join campaigns c on c.tenant_id = $1 and c.id = r.campaign_id
where r.tenant_id = $1 and r.contact_id = any($2) order by a.at, c.id`
	sqlForgetParams = `
update campaign_recipients set params = '[]' where tenant_id = $1 and contact_id = any($2) returning message_id`
	// Of campaigns that are over, without those in which the other has a row.
	sqlOverOf = `
select r.campaign_id, r.message_id
from campaign_recipients r join campaigns c on c.tenant_id = $1 and c.id = r.campaign_id
where r.tenant_id = $1 and r.contact_id = $2 and c.status in ('completed', 'cancelled') and not exists (
    select from campaign_recipients o where o.tenant_id = $1 and o.campaign_id = r.campaign_id and o.contact_id = $3)
order by r.campaign_id`
	sqlMoveRecipients = `
update campaign_recipients set contact_id = $3 where tenant_id = $1 and contact_id = $2 and campaign_id = any($4)`
	sqlMoveActs = `
update campaign_acts a set contact_id = $3
where a.tenant_id = $1 and a.contact_id = $2 and a.campaign_id = any($4) and not exists (
    select from campaign_acts o where o.tenant_id = $1 and o.campaign_id = a.campaign_id and o.contact_id = $3 and o.act = a.act)`
)

// KeptRecipients are the contacts' campaigns as objects of JSON.
func KeptRecipients(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptRecipients, tenant, contacts)
}

// KeptActs are what the contacts did that a campaign hoped for.
func KeptActs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptActs, tenant, contacts)
}

// Forget erases what the contacts' campaign messages said. Counts and money stay.
func (s *Service) Forget(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlForgetParams, tenant, contacts)
		if err != nil {
			return err
		}
		messages, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		return s.Messages.Forget(ctx, tx, tenant, messages)
	})
}

// carriedRecipients are those that a merge moved.
type carriedRecipients struct {
	Campaigns []uuid.UUID `json:"campaigns"`
	Messages  []uuid.UUID `json:"messages"`
}

// Carry makes the contact that stays the recipient of campaigns that are over, with its replies and
// acts, where it was none; those that are not over Merging settles. A campaign in which both were
// recipients keeps both: two messages went out.
func (s *Service) Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlOverOf, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	var moved carriedRecipients
	var campaign, message uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&campaign, &message}, func() error {
		moved.Campaigns, moved.Messages = append(moved.Campaigns, campaign), append(moved.Messages, message)
		return nil
	}); err != nil || len(moved.Campaigns) == 0 {
		return nil, err
	}
	return moved, s.moveRecipients(ctx, tx, tenant, goes, stays, moved)
}

// Return gives them back.
func (s *Service) Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var moved carriedRecipients
	if err := json.Unmarshal(raw, &moved); err != nil {
		return err
	}
	return s.moveRecipients(ctx, tx, tenant, stays, goes, moved)
}

// moveRecipients takes messages before recipients, as everywhere.
func (s *Service) moveRecipients(ctx context.Context, tx pgx.Tx, tenant, from, to uuid.UUID, moved carriedRecipients) error {
	if err := s.Messages.Reassign(ctx, tx, tenant, moved.Messages, to); err != nil {
		return err
	}
	for _, sql := range []string{sqlMoveRecipients, sqlMoveActs} {
		if _, err := tx.Exec(ctx, sql, tenant, from, to, moved.Campaigns); err != nil {
			return err
		}
	}
	return nil
}
