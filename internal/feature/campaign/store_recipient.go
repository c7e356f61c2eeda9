package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// Frozen once: a contact that has a row keeps it.
const sqlFreeze = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, params, template_id, due_at, variant, state, outcome)
select $1, $2, u.contact_id, u.message_id, u.params, u.template_id, u.due_at, u.variant, u.state,
    case when u.state = 'held_out' then u.state end
from unnest($3::uuid[], $4::uuid[], $5::jsonb[], $6::uuid[], $7::timestamptz[], $8::smallint[], $9::text[])
    as u(contact_id, message_id, params, template_id, due_at, variant, state)
on conflict (tenant_id, campaign_id, contact_id) do nothing
returning variant, state`

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
	params   any        // one string per slot; for who waits for the winner, one alternative per variant
	template *uuid.UUID // nil: the campaign's own
	due      *time.Time // on their own clock; nil: as soon as may be
	variant  int16
	state    recipientState
}

// freeze writes a chunk of recipients and counts those that are new.
func freeze(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, chunk []frozen) (t tally, err error) {
	n := len(chunk)
	contacts, messages, params := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]json.RawMessage, n)
	templates, due := make([]*uuid.UUID, n), make([]*time.Time, n)
	variants, states := make([]int16, n), make([]string, n)
	for i, f := range chunk {
		if params[i], err = json.Marshal(f.params); err != nil {
			return t, err
		}
		contacts[i], messages[i], templates[i], due[i] = f.contact, f.message, f.template, f.due
		variants[i], states[i] = f.variant, string(f.state)
	}
	rows, err := tx.Query(ctx, sqlFreeze, tenant, id, contacts, messages, params, templates, due, variants, states)
	if err != nil {
		return t, err
	}
	var variant int16
	var state recipientState
	_, err = pgx.ForEachRow(rows, []any{&variant, &state}, func() error {
		t.on(variant, func(k *Counts) { k.freeze(state) })
		return nil
	})
	return t, err
}

// freeze counts one new recipient.
func (k *Counts) freeze(state recipientState) {
	k.Total++
	switch state {
	case stateHeldOut:
		k.HeldOut++
	case stateResting:
		k.Resting++
	}
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

// feeds are the states of recipients that may be fed: once there is a winner, who waited for it too.
func (c Campaign) feeds() []string {
	if c.Winner > 0 {
		return []string{string(statePending), string(stateResting)}
	}
	return []string{string(statePending)}
}

// Feeding takes recipients out of those who may be fed: who is not among them is left out. Who rested
// gets the winner's template and values. A join, because a list of thousands as a filter is searched
// for every recipient of the campaign.
const sqlFed = `
update campaign_recipients r set state = 'fed', due_at = null,
    variant = case when r.state = 'resting' then $7::smallint else r.variant end,
    params = case when r.state = 'resting' then r.params -> ($7::int - 1) -> 'p' else r.params end,
    template_id = case when r.state = 'resting' then (r.params -> ($7::int - 1) ->> 't')::uuid else r.template_id end
from unnest($3::uuid[]) as u(contact_id)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id
    and r.contact_id between $4 and $5 and r.state = any($6)`

// Where times are waited for, the messages are queued in the same statement: a row is fed once or not
// at all.
const sqlFeed = `
with moved as (` + sqlFed + `
    returning r.contact_id, r.message_id, r.params, r.template_id, r.variant)
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, priority, kind, template_id, params, state, due_at, created_at, variant)
select $1, m.message_id, $8, m.contact_id, $2, 'campaign', 3, 'template', coalesce(m.template_id, $9), m.params, 'queued', $10, $10, m.variant from moved m
returning 1`

// fed is who was queued, as counts, and the last of them.
type fed struct {
	last  uuid.UUID
	tally tally
}

// feedThese queues locked recipients.
func feedThese(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, now time.Time, ids []uuid.UUID) error {
	low, high := bounds(ids)
	tag, err := tx.Exec(ctx, sqlFeed, tenant, c.ID, ids, low, high, c.feeds(), c.Winner, c.ChannelID, c.TemplateID, now)
	if err == nil && tag.RowsAffected() != int64(len(ids)) {
		err = fmt.Errorf("fed %d of %d locked recipients", tag.RowsAffected(), len(ids))
	}
	return err
}

// enqueue counts recipients who are about to be queued: of the rest, those who get the winner.
func (c Campaign) enqueue(t *tally, variant int16, state recipientState, n int64) {
	if state != stateResting {
		t.on(variant, func(k *Counts) { k.Queued += n })
		return
	}
	t.on(c.Winner, func(k *Counts) { k.Queued += n })
	c.chosen(t, n)
}

// chosen counts those of the rest who get the winner.
func (c Campaign) chosen(t *tally, n int64) {
	t.on(c.Winner, func(k *Counts) { k.Total += n })
	t.all.Resting, t.all.Total = t.all.Resting-n, t.all.Total-n // they were in the total before
}

// Whom a claim may feed next, unlocked, with what the winner is for them where they waited for it. The
// comparison of both columns is one that only the primary key can begin with.
const sqlNextPending = `
select r.message_id, r.contact_id, case when r.state = 'resting' then $6::smallint else r.variant end, r.state = 'resting',
    case when r.state = 'resting' then r.params -> ($6::int - 1) -> 'p' else r.params end,
    coalesce(case when r.state = 'resting' then (r.params -> ($6::int - 1) ->> 't')::uuid else r.template_id end, $7)
from campaign_recipients r
where r.tenant_id = $1 and r.campaign_id = $2 and (r.campaign_id, r.contact_id) > ($2, $3) and r.state = any($5)
order by r.contact_id limit $4`

func nextPending(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, after uuid.UUID, limit int) ([]message.Pending, error) {
	rows, err := tx.Query(ctx, sqlNextPending, tenant, c.ID, after, limit, c.feeds(), c.Winner, c.TemplateID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (message.Pending, error) {
		p := message.Pending{CampaignID: c.ID}
		return p, r.Scan(&p.MessageID, &p.ContactID, &p.Variant, &p.Rested, &p.Params, &p.TemplateID)
	})
}

// feedPending takes recipients of one campaign out of the pending, and says whether all were.
func feedPending(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, list []message.Pending) (bool, error) {
	contacts := make([]uuid.UUID, len(list))
	c := Campaign{ID: id}
	for i, p := range list {
		if contacts[i] = p.ContactID; p.Rested {
			c.Winner = p.Variant
		}
	}
	low, high := bounds(contacts)
	tag, err := tx.Exec(ctx, sqlFed, tenant, id, contacts, low, high, c.feeds(), c.Winner)
	return tag.RowsAffected() == int64(len(list)), err
}

const sqlLots = `
select r.variant, r.state, count(*) from unnest($3::uuid[]) as u(contact_id)
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id and r.contact_id between $4 and $5
where r.tenant_id = $1
group by 1, 2`

// lots counts recipients about to be fed. Only a campaign with several variants asks the database.
func (c Campaign) lots(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (t tally, err error) {
	low, high := bounds(ids)
	if c.Experiment == nil {
		t.all.Queued = int64(len(ids))
		return t, nil
	}
	rows, err := tx.Query(ctx, sqlLots, tenant, c.ID, ids, low, high)
	if err != nil {
		return t, err
	}
	var variant int16
	var state recipientState
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&variant, &state, &n}, func() error {
		c.enqueue(&t, variant, state, n)
		return nil
	})
	return t, err
}

const sqlFeedCursor = `
update campaign_counters set feed_after = $3, queued = queued + $4, resting = resting + $5 where tenant_id = $1 and campaign_id = $2`

// countFed moves the cursor and counts what was queued.
func countFed(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, f fed) error {
	var batch pgx.Batch
	batch.Queue(sqlFeedCursor, tenant, id, f.last, f.tally.all.Queued, f.tally.all.Resting)
	if len(f.tally.by) > 0 {
		countVariants(&batch, tenant, id, f.tally.by)
	}
	return tx.SendBatch(ctx, &batch).Close()
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
update campaign_recipients r set outcome = nullif(u.outcome, ''), reason = nullif(u.reason, ''), retry_at = u.retry_at
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) as u(campaign_id, contact_id, outcome, reason, retry_at)
where r.tenant_id = $1 and r.campaign_id = u.campaign_id and r.contact_id = u.contact_id`

// outcomes is columns for unnest.
type outcomes struct {
	campaigns, contacts []uuid.UUID
	outcomes, reasons   []string
	retries             []*time.Time // when the failure is tried again; nil: never
}

func writeOutcomes(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o outcomes) error {
	_, err := tx.Exec(ctx, sqlOutcome, tenant, o.campaigns, o.contacts, o.outcomes, o.reasons, o.retries)
	return err
}

const sqlLockPending = `
select contact_id, variant, state from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and contact_id > $3 and state in ('pending', 'resting')
order by contact_id limit $4 for update`

const sqlCancelPending = `
update campaign_recipients r set state = 'cancelled', outcome = 'cancelled', reason = 'campaign_cancelled', due_at = null
from unnest($3::uuid[]) as u(contact_id)
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = u.contact_id
    and r.contact_id between $4 and $5 and r.state in ('pending', 'resting')`

// cancelPending closes up to limit recipients not yet fed and counts them.
func cancelPending(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, limit int) (t tally, err error) {
	rows, err := tx.Query(ctx, sqlLockPending, tenant, id, uuid.UUID{}, limit)
	if err != nil {
		return t, err
	}
	var ids []uuid.UUID
	var contact uuid.UUID
	var variant int16
	var state recipientState
	_, err = pgx.ForEachRow(rows, []any{&contact, &variant, &state}, func() error {
		ids = append(ids, contact)
		if state == stateResting {
			t.all.Resting--
		}
		t.on(variant, func(k *Counts) { k.Cancelled++ })
		return nil
	})
	if err != nil || len(ids) == 0 {
		return t, err
	}
	_, err = tx.Exec(ctx, sqlCancelPending, tenant, id, ids, ids[0], ids[len(ids)-1])
	return t, err
}
