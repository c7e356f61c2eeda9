package goal

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// What becomes of conversions when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptConversions = `
select jsonb_build_object('at', e.at, 'eventId', e.event_id, 'goal', coalesce(g.name, ''), 'valueTenThousandths', e.value,
    'campaign', coalesce(c.name, ''), 'reportedAt', e.received_at)
from conversions e
left join goals g on g.tenant_id = $1 and g.id = e.goal_id
left join campaigns c on c.tenant_id = $1 and c.id = e.campaign_id
where e.tenant_id = $1 and e.contact_id = any($2) order by e.at, e.event_id`
	// The event's id is the workspace's own, of an order or booking: who knows it there knows the person.
	sqlEventsToForget = `
select event_id from conversions where tenant_id = $1 and contact_id = any($2) and not starts_with(event_id, 'erased ') for update`
	sqlForgetConversions = `
update conversions e set event_id = u.erased from unnest($2::text[], $3::text[]) as u(event_id, erased)
where e.tenant_id = $1 and e.event_id = u.event_id`
	sqlCarryConversions  = `update conversions set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning event_id`
	sqlReturnConversions = `
update conversions set contact_id = $3 where tenant_id = $1 and contact_id = $2 and event_id = any($4)`
)

// Kept are the contacts' conversions as objects of JSON.
func Kept(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptConversions, tenant, contacts)
}

// Forget takes away by what the workspace's own systems know the contacts' events. That somebody
// reached the goal, when, and with what value stays, and what campaigns brought in.
func (s *Service) Forget(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlEventsToForget, tenant, contacts)
		if err != nil {
			return err
		}
		events, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		erased := make([]string, len(events))
		for i := range events {
			erased[i] = "erased " + ident.New().String()
		}
		_, err = tx.Exec(ctx, sqlForgetConversions, tenant, events, erased)
		return err
	})
}

// Carry gives one contact's conversions to another.
func Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlCarryConversions, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	events, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events, nil
}

// Return gives them back.
func Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var events []string
	if err := json.Unmarshal(raw, &events); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturnConversions, tenant, stays, goes, events)
	return err
}
