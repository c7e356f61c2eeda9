package campaign

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlInsertSeries = `
insert into campaign_series (tenant_id, campaign_id, rule, starts_on, at_minute, zone, holidays, late_hours, local, next_on, next_at, created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

func insertSeries(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sr series, by uuid.UUID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlInsertSeries, tenant, sr.campaign, sr.repeat.Rule, sr.starts, sr.minute, sr.zone.String(), sr.repeat.Holidays,
		sr.repeat.LateHours, sr.repeat.Local, sr.nextOn, sr.nextAt, optional(by), now)
	return err
}

const seriesColumns = `campaign_id, rule, starts_on, at_minute, zone, holidays, late_hours, local, paused_at, next_on, next_at`

const sqlSeries = `select ` + seriesColumns + ` from campaign_series where tenant_id = $1 and campaign_id = $2`

const sqlLockSeries = sqlSeries + ` for update`

const sqlSeriesOf = `select ` + seriesColumns + ` from campaign_series where tenant_id = $1 and next_at is not null order by campaign_id for update`

// storedSeries is a row; the service reads it together with the calendar.
type storedSeries struct {
	Repeat
	campaign               uuid.UUID
	starts                 time.Time
	minute                 int
	zone                   string
	pausedAt, nextOn, next *time.Time
}

func scanSeries(r pgx.CollectableRow) (s storedSeries, err error) {
	err = r.Scan(&s.campaign, &s.Rule, &s.starts, &s.minute, &s.zone, &s.Holidays, &s.LateHours, &s.Local, &s.pausedAt, &s.nextOn, &s.next)
	s.StartsOn, s.Time = s.starts.Format(time.DateOnly), s.starts.Add(time.Duration(s.minute)*time.Minute).Format("15:04")
	return s, err
}

func querySeries(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]storedSeries, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSeries)
}

const sqlSetNext = `update campaign_series set next_on = $3, next_at = $4, paused_at = $5 where tenant_id = $1 and campaign_id = $2`

// setNext stores when a series runs next; never, when there is no such run.
func setNext(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sr series) error {
	_, err := tx.Exec(ctx, sqlSetNext, tenant, sr.campaign, sr.nextOn, sr.nextAt, sr.pausedAt)
	return err
}

// The owner of holidays is tenant.
const sqlCalendar = `select name, on_date, yearly from holidays where tenant_id = $1`

func readCalendar(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (c calendar, err error) {
	rows, err := tx.Query(ctx, sqlCalendar, tenant)
	if err != nil {
		return c, err
	}
	var name string
	var on time.Time
	var everyYear bool
	_, err = pgx.ForEachRow(rows, []any{&name, &on, &everyYear}, func() error {
		c.add(name, on, everyYear)
		return nil
	})
	return c, err
}

// A date of a series is decided once, whoever decides.
const sqlInsertOccurrence = `
insert into campaign_occurrences (tenant_id, series_id, occurs_on, planned_at, at, campaign_id, reason)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant_id, series_id, occurs_on) do nothing`

func insertOccurrence(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o Occurrence) (bool, error) {
	tag, err := tx.Exec(ctx, sqlInsertOccurrence, tenant, o.seriesID, o.on, o.PlannedAt, o.At, o.CampaignID, o.Reason)
	return tag.RowsAffected() == 1, err
}

// The run's own campaign, as the pattern stands now.
const sqlInsertRun = `
insert into campaigns (tenant_id, id, name, status, channel_id, template_id, audience, mapping, by_language, agreed_category, budget_cap,
    approved_cap, uncapped, series_id, occurs_on, scheduled_at, local_at, created_by, created_at, updated_at,
    experiment, hold_out, window_days, retry_days)
select $1, $3, $4, 'scheduled', p.channel_id, p.template_id, p.audience, p.mapping, p.by_language, p.agreed_category, p.budget_cap,
    p.approved_cap, p.uncapped, p.id, $5, $6, $7, p.created_by, $8, $8,
    p.experiment, p.hold_out, p.window_days, p.retry_days
from campaigns p where p.tenant_id = $1 and p.id = $2`

func insertRun(ctx context.Context, tx pgx.Tx, tenant, pattern, id uuid.UUID, name string, r run, localAt *time.Time, now time.Time) error {
	if _, err := tx.Exec(ctx, sqlInsertRun, tenant, pattern, id, name, r.on, r.at, localAt, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlInsertCounters, tenant, id)
	return err
}

const sqlOccurrences = `
select series_id, occurs_on, planned_at, at, campaign_id, reason from campaign_occurrences
where tenant_id = $1 and series_id = $2 and occurs_on < $3
order by occurs_on desc limit $4`

func listOccurrences(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, before time.Time, limit int) ([]Occurrence, error) {
	rows, err := tx.Query(ctx, sqlOccurrences, tenant, id, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (o Occurrence, err error) {
		err = r.Scan(&o.seriesID, &o.on, &o.PlannedAt, &o.At, &o.CampaignID, &o.Reason)
		o.On = o.on.Format(time.DateOnly)
		return o, err
	})
}
