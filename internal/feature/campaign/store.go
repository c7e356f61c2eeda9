package campaign

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/money"
)

const columns = `c.id, c.name, c.status, c.pause_reason, c.pause_code, c.channel_id, c.template_id, c.audience, c.mapping,
    c.by_language, c.agreed_category, c.budget_cap, c.scheduled_at, c.local_at, c.series_id, c.approved_cap, c.uncapped,
    c.started_at, c.finished_at, k.frozen, k.feed_after, k.timed, c.created_at, c.updated_at,
    k.total, k.queued, k.sending, k.in_doubt, k.unknown, k.accepted, k.sent, k.delivered, k.read, k.expired, k.failed,
    k.refused, k.cancelled, k.duplicate, k.committed, k.charged, k.clicked,
    c.experiment, c.hold_out, c.window_days, c.retry_days, c.retry_until, c.decide_at, c.winner,
    k.replied, k.held_out, k.resting, k.retrying, c.route`

const sqlCampaign = `
select ` + columns + `
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.id = $2`

const sqlList = `
select ` + columns + `
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and (c.created_at, c.id) < ($2, $3) and (cardinality($4::text[]) = 0 or c.status = any($4))
    and ($5 = '' or lower(c.name) like $5)
order by c.created_at desc, c.id desc limit $6`

func scan(r pgx.CollectableRow) (Campaign, error) {
	var c Campaign
	var channel, template, feedAfter *uuid.UUID
	k := &c.Counts
	err := r.Scan(&c.ID, &c.Name, &c.Status, &c.PauseReason, &c.PauseCode, &channel, &template, &c.Audience, &c.Mapping,
		&c.ByLanguage, &c.agreed, &c.BudgetCap, &c.ScheduledAt, &c.LocalAt, &c.SeriesID, &c.ApprovedCap, &c.Uncapped,
		&c.StartedAt, &c.FinishedAt, &c.Frozen, &feedAfter, &c.timed, &c.CreatedAt, &c.UpdatedAt,
		&k.Total, &k.Queued, &k.Sending, &k.InDoubt, &k.Unknown, &k.Accepted, &k.Sent, &k.Delivered, &k.Read, &k.Expired, &k.Failed,
		&k.Refused, &k.Cancelled, &k.Duplicate, &k.Committed, &k.Charged, &k.Clicked,
		&c.Experiment, &c.HoldOut, &c.WindowDays, &c.RetryDays, &c.RetryUntil, &c.DecideAt, &c.Winner,
		&k.Replied, &k.HeldOut, &k.Resting, &k.Retrying, &c.Route)
	k.Pending = k.Total - k.Queued - k.Sending - k.InDoubt - k.Unknown - k.Accepted - k.Sent - k.Delivered - k.Read -
		k.Expired - k.Failed - k.Refused - k.Cancelled - k.Duplicate - k.HeldOut
	c.ChannelID, c.TemplateID, c.feedAfter = value(channel), value(template), value(feedAfter)
	return c, err
}

func byID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Campaign, error) {
	rows, err := tx.Query(ctx, sqlCampaign, tenant, id)
	if err != nil {
		return Campaign{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scan)
}

const sqlLock = `select status from campaigns where tenant_id = $1 and id = $2 for update`

// lock takes the campaign for a change and returns it as it stands.
func lock(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Campaign, error) {
	var status Status
	if err := tx.QueryRow(ctx, sqlLock, tenant, id).Scan(&status); err != nil {
		return Campaign{}, err
	}
	return byID(ctx, tx, tenant, id)
}

// listAfter is where a page of the list starts and what it holds.
type listAfter struct {
	before   time.Time
	beforeID uuid.UUID
	statuses []string
	name     string // a lower-case LIKE pattern
	limit    int
}

func list(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a listAfter) ([]Campaign, error) {
	rows, err := tx.Query(ctx, sqlList, tenant, a.before, a.beforeID, a.statuses, a.name, a.limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

const sqlInsert = `
insert into campaigns (tenant_id, id, name, status, channel_id, template_id, audience, mapping, budget_cap, created_by, created_at, updated_at,
    by_language)
values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $10, $11)`

const sqlInsertCounters = `insert into campaign_counters (tenant_id, campaign_id) values ($1, $2)`

func insert(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, by uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlInsert, tenant, c.ID, c.Name, optional(c.ChannelID), optional(c.TemplateID), c.Audience,
		notNil(c.Mapping), c.BudgetCap, optional(by), c.CreatedAt, c.ByLanguage)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, sqlInsertCounters, tenant, c.ID); err != nil {
		return err
	}
	return setExperiment(ctx, tx, tenant, c)
}

const sqlSetExperiment = `
update campaigns set experiment = $3, hold_out = $4, window_days = $5, retry_days = $6, route = $7 where tenant_id = $1 and id = $2`

// setExperiment stores the test, the hold-out, the new attempts and the route of a draft.
func setExperiment(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	_, err := tx.Exec(ctx, sqlSetExperiment, tenant, c.ID, c.Experiment, c.HoldOut, c.WindowDays, c.RetryDays, cmp.Or(c.Route, message.RouteUsual))
	return err
}

const sqlSetRetryUntil = `update campaigns set retry_until = $3 where tenant_id = $1 and id = $2`

// setRetryUntil stores until when failures are tried again, at the start.
func setRetryUntil(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	_, err := tx.Exec(ctx, sqlSetRetryUntil, tenant, c.ID, c.RetryUntil)
	return err
}

const sqlUpdate = `
update campaigns set name = $3, channel_id = $4, template_id = $5, audience = $6, mapping = $7, budget_cap = $8, updated_at = $9,
    by_language = $10
where tenant_id = $1 and id = $2`

func update(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	_, err := tx.Exec(ctx, sqlUpdate, tenant, c.ID, c.Name, optional(c.ChannelID), optional(c.TemplateID), c.Audience,
		notNil(c.Mapping), c.BudgetCap, c.UpdatedAt, c.ByLanguage)
	if err != nil {
		return err
	}
	return setExperiment(ctx, tx, tenant, c)
}

const sqlSetStatus = `
update campaigns set status = $3, pause_reason = $4, pause_code = $5, scheduled_at = $6,
    started_at = coalesce(started_at, $7), finished_at = $8, updated_at = $9,
    agreed_category = $10, local_at = $11, approved_cap = $12
where tenant_id = $1 and id = $2`

// setStatus stores a move; the caller holds the lock and asked the table of moves.
func setStatus(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	_, err := tx.Exec(ctx, sqlSetStatus, tenant, c.ID, c.Status, c.PauseReason, c.PauseCode, c.ScheduledAt, c.StartedAt, c.FinishedAt, c.UpdatedAt,
		c.agreed, c.LocalAt, c.ApprovedCap)
	return err
}

const sqlDelete = `delete from campaigns where tenant_id = $1 and id = $2`
const sqlDeleteCounters = `delete from campaign_counters where tenant_id = $1 and campaign_id = $2`

func remove(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlDeleteCounters, tenant, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlDelete, tenant, id)
	return err
}

// stands is a campaign as a claim sees it, locked in shared mode.
type stands struct {
	ID        uuid.UUID
	Status    Status
	BudgetCap *money.Amount // or what was approved, whichever is less
	Committed money.Amount
	RetryTill *time.Time
	Route     message.Route
}

const sqlStanding = `
select c.id, c.status, least(c.budget_cap, c.approved_cap), k.committed, c.retry_until, c.route
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.id = any($2)
order by c.id for share of c`

func standing(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]stands, error) {
	rows, err := tx.Query(ctx, sqlStanding, tenant, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[stands])
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == (uuid.UUID{}) {
		return nil
	}
	return &id
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
