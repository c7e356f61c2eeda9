package goal

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
)

const columns = `id, key, name, touch, window_days, value, archived_at, created_at, updated_at`

const sqlList = `select ` + columns + ` from goals where tenant_id = $1 order by archived_at is not null, name, id`

func list(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Goal, error) {
	rows, err := tx.Query(ctx, sqlList, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Goal])
}

const sqlLock = `select ` + columns + ` from goals where tenant_id = $1 and id = $2 for update`

func lock(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Goal, error) {
	rows, err := tx.Query(ctx, sqlLock, tenant, id)
	if err != nil {
		return Goal{}, err
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Goal])
	if errors.Is(err, pgx.ErrNoRows) {
		err = errNoGoal()
	}
	return g, err
}

const sqlInsert = `
insert into goals (tenant_id, id, key, name, touch, window_days, value, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (tenant_id, key) do nothing`

func insert(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, g Goal) (bool, error) {
	tag, err := tx.Exec(ctx, sqlInsert, tenant, g.ID, g.Key, g.Name, g.Touch, g.WindowDays, g.Value, g.CreatedAt)
	return tag.RowsAffected() == 1, err
}

const sqlUpdate = `
update goals set name = $3, touch = $4, window_days = $5, value = $6, archived_at = $7, updated_at = $8
where tenant_id = $1 and id = $2`

func update(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, g Goal) error {
	_, err := tx.Exec(ctx, sqlUpdate, tenant, g.ID, g.Name, g.Touch, g.WindowDays, g.Value, g.ArchivedAt, g.UpdatedAt)
	return err
}

const sqlCurrency = `select currency from tenants where tenant_id = $1`

func currencyOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (c money.Currency, err error) {
	return c, tx.QueryRow(ctx, sqlCurrency, tenant).Scan(&c)
}

// Once by the caller's id; what is new is returned.
const sqlInsertConversions = `
insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, received_at)
select $1, u.event_id, u.goal_id, u.contact_id, u.value, u.at, $7
from unnest($2::text[], $3::uuid[], $4::uuid[], $5::bigint[], $6::timestamptz[]) as u(event_id, goal_id, contact_id, value, at)
on conflict (tenant_id, event_id) do nothing returning event_id`

func insertConversions(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, records []record, now time.Time) ([]string, error) {
	n := len(records)
	ids, goals, contacts, values, at := make([]string, n), make([]uuid.UUID, n), make([]*uuid.UUID, n), make([]int64, n), make([]time.Time, n)
	for i, r := range records {
		ids[i], goals[i], contacts[i], values[i], at[i] = r.id, r.goal, r.contact, int64(r.value), r.at
	}
	rows, err := tx.Query(ctx, sqlInsertConversions, tenant, ids, goals, contacts, values, at, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

const sqlResults = `
select g.id, g.key, g.name, r.people, r.conversions, r.revenue
from (
    select e.goal_id, count(distinct e.contact_id) as people, count(*) as conversions, sum(e.value)::bigint as revenue
    from conversions e where e.tenant_id = $1 and e.campaign_id = $2 group by e.goal_id) r
join goals g on g.tenant_id = $1 and g.id = r.goal_id order by g.name, g.id`

func results(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) ([]Result, error) {
	rows, err := tx.Query(ctx, sqlResults, tenant, campaign)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Result])
}

const sqlCampaignExists = `select exists (select from campaigns where tenant_id = $1 and id = $2)`

func campaignExists(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) (exists bool, err error) {
	return exists, tx.QueryRow(ctx, sqlCampaignExists, tenant, campaign).Scan(&exists)
}

const sqlRecent = `
select e.event_id, g.name, e.contact_id, coalesce(c.name, ''), coalesce(c.phone, ''), e.value, e.at, e.campaign_id, coalesce(k.name, ''), e.received_at
from conversions e
join goals g on g.tenant_id = $1 and g.id = e.goal_id
left join contacts c on c.tenant_id = $1 and c.id = e.contact_id
left join campaigns k on k.tenant_id = $1 and k.id = e.campaign_id
where e.tenant_id = $1 and (e.received_at, e.event_id) < ($2, $3)
order by e.received_at desc, e.event_id desc limit $4`

func recent(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, before time.Time, beforeID string, limit int) ([]Conversion, error) {
	rows, err := tx.Query(ctx, sqlRecent, tenant, before, beforeID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Conversion])
}
