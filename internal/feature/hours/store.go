package hours

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlZone = `select timezone from tenants where tenant_id = $1`

func zoneOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (name string, err error) {
	if err = tx.QueryRow(ctx, sqlZone, tenant).Scan(&name); err != nil {
		err = fmt.Errorf("read the workspace's zone: %w", err)
	}
	return name, err
}

const (
	sqlCalendars = `
select c.id, c.name, c.zone, c.week, c.holidays, c.days, c.away, c.created_at, c.updated_at, coalesce((
    select jsonb_agg(jsonb_build_object('kind', u.kind, 'id', u.target_id) order by u.kind, u.target_id)
    from calendar_uses u where u.tenant_id = $1 and u.calendar_id = c.id), '[]')
from calendars c where c.tenant_id = $1 order by c.name, c.id`
	sqlCalendar = `
select c.id, c.name, c.zone, c.week, c.holidays, c.days, c.away, c.created_at, c.updated_at, coalesce((
    select jsonb_agg(jsonb_build_object('kind', u.kind, 'id', u.target_id) order by u.kind, u.target_id)
    from calendar_uses u where u.tenant_id = $1 and u.calendar_id = c.id), '[]')
from calendars c where c.tenant_id = $1 and c.id = $2`
)

func listCalendars(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Calendar, error) {
	rows, err := tx.Query(ctx, sqlCalendars, tenant)
	if err != nil {
		return nil, fmt.Errorf("list calendars: %w", err)
	}
	return pgx.CollectRows(rows, scanCalendar)
}

func readCalendar(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Calendar, error) {
	rows, err := tx.Query(ctx, sqlCalendar, tenant, id)
	if err != nil {
		return Calendar{}, fmt.Errorf("read a calendar: %w", err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanCalendar)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errNoCalendar()
	}
	return c, err
}

func scanCalendar(row pgx.CollectableRow) (c Calendar, err error) {
	err = row.Scan(&c.ID, &c.Name, &c.Zone, &c.Week, &c.Holidays, &c.Days, &c.Away, &c.CreatedAt, &c.UpdatedAt, &c.Uses)
	for i := range c.Uses {
		if c.Uses[i].Kind == ForWorkspace {
			c.Uses[i].ID = nil
		}
	}
	return c, err
}

const (
	sqlInsertCalendar = `
insert into calendars (tenant_id, id, name, zone, week, holidays, days, away, away_on, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`
	sqlUpdateCalendar = `
update calendars set name = $3, zone = $4, week = $5, holidays = $6, days = $7, away = $8, away_on = $9, updated_at = $10
where tenant_id = $1 and id = $2`
	sqlDeleteCalendar = `delete from calendars where tenant_id = $1 and id = $2`
)

func insertCalendar(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Calendar) error {
	args, err := c.values(tenant)
	if err == nil {
		_, err = tx.Exec(ctx, sqlInsertCalendar, args...)
	}
	return err
}

func updateCalendar(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Calendar) (int64, error) {
	args, err := c.values(tenant)
	if err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, sqlUpdateCalendar, args...)
	return tag.RowsAffected(), err
}

func (c Calendar) values(tenant uuid.UUID) ([]any, error) {
	week, err := json.Marshal(c.Week)
	if err != nil {
		return nil, err
	}
	if c.Days == nil {
		c.Days = []Day{}
	}
	days, err := json.Marshal(c.Days)
	if err != nil {
		return nil, err
	}
	away, err := json.Marshal(c.Away)
	return []any{tenant, c.ID, c.Name, c.Zone, week, c.Holidays, days, away, c.Away.On, c.UpdatedAt}, err
}

func deleteCalendar(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (int64, error) {
	tag, err := tx.Exec(ctx, sqlDeleteCalendar, tenant, id)
	return tag.RowsAffected(), err
}

const (
	sqlDropUses = `delete from calendar_uses where tenant_id = $1 and calendar_id = $2`
	sqlTakeUses = `
insert into calendar_uses (tenant_id, kind, target_id, calendar_id)
select distinct $1::uuid, u.kind, u.target_id, $2::uuid from unnest($3::text[], $4::uuid[]) as u(kind, target_id)
on conflict (tenant_id, kind, target_id) do update set calendar_id = excluded.calendar_id`
)

func replaceUses(ctx context.Context, tx pgx.Tx, tenant, calendar uuid.UUID, kinds []string, targets []uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlDropUses, tenant, calendar); err != nil || len(kinds) == 0 {
		return err
	}
	_, err := tx.Exec(ctx, sqlTakeUses, tenant, calendar, kinds, targets)
	return err
}

const sqlUnknownChannels = `
select exists (select from unnest($2::uuid[]) as u(id)
    where not exists (select from channels c where c.tenant_id = $1 and c.id = u.id))`

func unknownChannels(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (unknown bool, err error) {
	if len(ids) == 0 {
		return false, nil
	}
	return unknown, tx.QueryRow(ctx, sqlUnknownChannels, tenant, ids).Scan(&unknown)
}

const sqlClosed = `select on_date, yearly from holidays where tenant_id = $1`

func listClosed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Closed, error) {
	rows, err := tx.Query(ctx, sqlClosed, tenant)
	if err != nil {
		return nil, fmt.Errorf("read the holidays: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Closed])
}

const sqlPeople = `
select id, name, coalesce(locale, '') from contacts where tenant_id = $1 and id = any($2) and deleted_at is null`

// person is who an away message goes to.
type person struct {
	ID     uuid.UUID
	Name   string
	Locale string
}

func people(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]person, error) {
	rows, err := tx.Query(ctx, sqlPeople, tenant, ids)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[person])
	found := make(map[uuid.UUID]person, len(list))
	for _, p := range list {
		found[p.ID] = p
	}
	return found, err
}

const sqlAnswered = `
insert into calendar_answers (tenant_id, case_id, calendar_id, message_id, at)
select $1, u.case_id, u.calendar_id, u.message_id, $5 from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as u(case_id, calendar_id, message_id)
on conflict (tenant_id, case_id) do nothing returning message_id`

const sqlAwayOn = `select exists (select from calendars where tenant_id = $1 and away_on)`

func awayOn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (on bool, err error) {
	return on, tx.QueryRow(ctx, sqlAwayOn, tenant).Scan(&on)
}
