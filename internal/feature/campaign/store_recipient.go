package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Frozen once: a contact that has a row keeps it.
const sqlFreeze = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, params, template_id, due_at)
select $1, $2, u.contact_id, u.message_id, u.params, u.template_id, u.due_at
from unnest($3::uuid[], $4::uuid[], $5::jsonb[], $6::uuid[], $7::timestamptz[]) as u(contact_id, message_id, params, template_id, due_at)
on conflict (tenant_id, campaign_id, contact_id) do nothing`

const sqlOpenFreeze = `
insert into campaign_freezes (tenant_id, campaign_id, after) values ($1, $2, '00000000-0000-0000-0000-000000000000')
on conflict (tenant_id, campaign_id) do nothing`

// Locked while a chunk is written: one freezer at a time.
const sqlFreezeCursor = `select after from campaign_freezes where tenant_id = $1 and campaign_id = $2 for update`

const sqlSetFreezeCursor = `update campaign_freezes set after = $3 where tenant_id = $1 and campaign_id = $2`

const sqlFrozen = `update campaign_counters set frozen = true where tenant_id = $1 and campaign_id = $2`

// frozen is one recipient to write.
type frozen struct {
	contact  uuid.UUID
	message  uuid.UUID
	params   []string
	template *uuid.UUID // nil: the campaign's own
	due      *time.Time // on their own clock; nil: as soon as may be
}

// freeze writes a chunk of recipients and says how many are new.
func freeze(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, chunk []frozen) (int64, error) {
	contacts, messages, params := make([]uuid.UUID, len(chunk)), make([]uuid.UUID, len(chunk)), make([]json.RawMessage, len(chunk))
	templates, due := make([]*uuid.UUID, len(chunk)), make([]*time.Time, len(chunk))
	for i, f := range chunk {
		raw, err := json.Marshal(notNil(f.params))
		if err != nil {
			return 0, err
		}
		contacts[i], messages[i], params[i], templates[i], due[i] = f.contact, f.message, raw, f.template, f.due
	}
	tag, err := tx.Exec(ctx, sqlFreeze, tenant, id, contacts, messages, params, templates, due)
	return tag.RowsAffected(), err
}

// freezeCursor locks the freeze and says how far it has come.
func freezeCursor(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (after uuid.UUID, err error) {
	if _, err = tx.Exec(ctx, sqlOpenFreeze, tenant, id); err != nil {
		return after, err
	}
	return after, tx.QueryRow(ctx, sqlFreezeCursor, tenant, id).Scan(&after)
}

func setFreezeCursor(ctx context.Context, tx pgx.Tx, tenant, id, after uuid.UUID, done bool) error {
	if _, err := tx.Exec(ctx, sqlSetFreezeCursor, tenant, id, after); err != nil || !done {
		return err
	}
	_, err := tx.Exec(ctx, sqlFrozen, tenant, id)
	return err
}

// The next recipients to feed, locked. Those another feeder holds are left to it.
const sqlPending = `
select contact_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and contact_id > $3 and state = 'pending'
order by contact_id limit $4 for update skip locked`

// Feeding moves locked recipients into the outbox; they must be pending, and the
// insert is in the same statement: a row is fed once or not at all. A join, because a list of
// thousands as a filter is searched for every recipient of the campaign.
const sqlFeed = `
with moved as (
    update campaign_recipients r set state = 'fed', due_at = null
    from unnest($3::uuid[]) as u(contact_id)
    where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id
        and r.contact_id between $7 and $8 and r.state = 'pending'
    returning r.contact_id, r.message_id, r.params, r.template_id)
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, priority, kind, template_id, params, state, due_at, created_at)
select $1, m.message_id, $4, m.contact_id, $2, 'campaign', 3, 'template', coalesce(m.template_id, $5), m.params, 'queued', $6, $6 from moved m
returning 1`

// feed queues up to limit pending recipients after a contact and returns whom.
func feed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, after uuid.UUID, now time.Time, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlPending, tenant, c.ID, after, limit)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return ids, feedThese(ctx, tx, tenant, c, now, ids)
}

// feedThese queues locked recipients.
func feedThese(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, now time.Time, ids []uuid.UUID) error {
	low, high := bounds(ids)
	tag, err := tx.Exec(ctx, sqlFeed, tenant, c.ID, ids, c.ChannelID, c.TemplateID, now, low, high)
	if err == nil && tag.RowsAffected() != int64(len(ids)) {
		err = fmt.Errorf("fed %d of %d locked recipients", tag.RowsAffected(), len(ids))
	}
	return err
}

const sqlFeedCursor = `update campaign_counters set feed_after = $3, queued = queued + $4 where tenant_id = $1 and campaign_id = $2`

// countFed moves the cursor and counts what was queued.
func countFed(ctx context.Context, tx pgx.Tx, tenant, id, after uuid.UUID, n int) error {
	_, err := tx.Exec(ctx, sqlFeedCursor, tenant, id, after, n)
	return err
}

// Running campaigns of a channel that have somebody to feed, in the order they started, so that
// each gets its share.
const sqlRunningOn = `
select ` + columns + `
from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.channel_id = $2 and c.status = 'running' and (k.next_due is null or k.next_due <= $3)
order by c.started_at, c.id`

// queueRunningOn adds the reading of a channel's running campaigns to a batch.
func queueRunningOn(batch *pgx.Batch, tenant, channel uuid.UUID, now time.Time, into *[]Campaign) {
	batch.Queue(sqlRunningOn, tenant, channel, now).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, scan)
		return err
	})
}

const sqlWaiting = `
select distinct c.channel_id from campaigns c join campaign_counters k on k.tenant_id = $1 and k.campaign_id = c.id
where c.tenant_id = $1 and c.status = 'running' and (k.next_due is null or k.next_due <= $2)`

func waitingChannels(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time) ([]uuid.UUID, error) {
	return collectIDs(tx.Query(ctx, sqlWaiting, tenant, now))
}

const sqlOutcome = `
update campaign_recipients r set outcome = nullif(u.outcome, ''), reason = nullif(u.reason, '')
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as u(campaign_id, contact_id, outcome, reason)
where r.tenant_id = $1 and r.campaign_id = u.campaign_id and r.contact_id = u.contact_id`

// outcomes is columns for unnest.
type outcomes struct {
	campaigns, contacts []uuid.UUID
	outcomes, reasons   []string
}

func writeOutcomes(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o outcomes) error {
	_, err := tx.Exec(ctx, sqlOutcome, tenant, o.campaigns, o.contacts, o.outcomes, o.reasons)
	return err
}

const sqlLockPending = `
select contact_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and contact_id > $3 and state = 'pending'
order by contact_id limit $4 for update`

const sqlCancelPending = `
update campaign_recipients r set state = 'cancelled', outcome = 'cancelled', reason = 'campaign_cancelled', due_at = null
from unnest($3::uuid[]) as u(contact_id)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id
    and r.contact_id between $4 and $5 and r.state = 'pending'`

// cancelPending closes up to limit pending recipients after a contact and returns whom.
func cancelPending(ctx context.Context, tx pgx.Tx, tenant, id, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlLockPending, tenant, id, after, limit)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	_, err = tx.Exec(ctx, sqlCancelPending, tenant, id, ids, ids[0], ids[len(ids)-1])
	return ids, err
}
