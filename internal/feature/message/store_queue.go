package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Queued rows are ordered by priority, then by when they fell due. A draft whose
// id exists already is left alone: queueing twice is one message. The contact's timeline finds it
// by contact_messages; a campaign's messages, which do not come this way, need no such row.
const sqlQueue = `
with noted as (
    insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $4, $2)
    on conflict (tenant_id, contact_id, message_id) do nothing)
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, priority, kind,
    template_id, params, body, state, due_at, created_at, resend_of, sent_by, scheduled_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13, $14, $15, $16)
on conflict (tenant_id, id) do nothing`

// queueDrafts queues drafts and returns those that were not there before.
func queueDrafts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []Draft, now time.Time) (fresh []Draft, err error) {
	var batch pgx.Batch
	for _, d := range drafts {
		kind, content := "template", d.FreeForm()
		if content != nil {
			kind = content.Type.Kind()
		}
		batch.Queue(sqlQueue, tenant, d.ID, d.ChannelID, d.ContactID, optional(d.CampaignID), d.Origin, d.Priority, kind,
			optional(d.TemplateID), notNil(d.Params), content, orNow(d.DueAt, now), now, optional(d.ResendOf), optional(d.UserID), instant(&d.DueAt)).
			Exec(func(tag pgconn.CommandTag) error {
				if tag.RowsAffected() > 0 {
					fresh = append(fresh, d)
				}
				return nil
			})
	}
	return fresh, tx.SendBatch(ctx, &batch).Close()
}

// What the gate looks at of a person, with their absence.
const personColumns = `c.id is not null, coalesce(c.wa_id, ''), coalesce(c.bsuid, ''), coalesce(c.market, ''),
    coalesce(c.opt_in, 'unknown'), c.opt_in_at, c.suppressed_at is not null,
    coalesce(c.suppressed_at is not null and c.suppressed_by = 'contact', false), coalesce(c.utility_out, false), c.topics_out,
    coalesce(c.marketing_days, 0), coalesce(c.consent_version, 0), c.window_open_until`

// What waits on a channel, with the contact as it stands, in the order of claiming.
const sqlCandidates = `
select m.id, m.contact_id, m.campaign_id, m.template_id, m.origin, m.params, m.body, m.retries, m.priority, m.variant, m.resend_of,
    ` + personColumns + `
from messages m
left join contacts c on c.tenant_id = $1 and c.id = m.contact_id and c.deleted_at is null
where m.tenant_id = $1 and m.channel_id = $2 and m.due_at <= $3
order by m.priority, m.due_at, m.id
limit $4`

func candidates(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, now time.Time, limit int) ([]candidate, error) {
	rows, err := tx.Query(ctx, sqlCandidates, tenant, channel, now, limit)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scanCandidate)
	for i := range list {
		list[i].channelID = channel
	}
	return list, err
}

func scanCandidate(r pgx.CollectableRow) (candidate, error) {
	var c candidate
	var campaign, template, resendOf pgtype.UUID
	var person personScan
	var body []byte
	into := append([]any{&c.id, &c.contactID, &campaign, &template, &c.origin, &c.params, &body, &c.retries, &c.priority, &c.variant, &resendOf},
		person.targets(&c.to)...)
	err := r.Scan(into...)
	c.campaignID, c.templateID, c.resendOf = campaign.Bytes, template.Bytes, resendOf.Bytes
	if body != nil {
		c.content, _ = whatsapp.ParseContent(body) // what cannot be read is refused by the gate
	}
	person.finish(&c.to)
	return c, err
}

// personScan reads personColumns.
type personScan struct{ window, optInAt *time.Time }

func (p *personScan) targets(to *recipient) []any {
	said := &to.consent
	return []any{&to.found, &to.digits, &to.bsuid, &to.market, &said.Marketing, &p.optInAt, &said.Suppressed, &said.Left, &said.UtilityOut,
		&said.TopicsOut, &said.Days, &to.version, &p.window}
}

func (p *personScan) finish(to *recipient) {
	to.windowUntil, to.consent.MarketingAt = value(p.window), value(p.optInAt)
	if p.window != nil {
		to.consent.SpokeAt = p.window.Add(-serviceWindow)
	}
}

// The people of pending recipients, each looked up by their id: an audience may be scattered over a
// million contacts, and the limit keeps the planner from joining otherwise.
const sqlPeople = `
select c.id, ` + personColumns + `
from unnest($2::uuid[]) as u(wanted) cross join lateral (
    select x.id, x.wa_id, x.bsuid, x.market, x.opt_in, x.opt_in_at, x.suppressed_at, x.suppressed_by, x.utility_out, x.topics_out,
        x.marketing_days, x.consent_version, x.window_open_until
    from contacts x where x.tenant_id = $1 and x.id = u.wanted and x.deleted_at is null limit 1) c`

// recipientsOf reads people by their ids; who is gone is missing.
func recipientsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) (map[uuid.UUID]recipient, error) {
	rows, err := tx.Query(ctx, sqlPeople, tenant, contacts)
	if err != nil {
		return nil, err
	}
	people := make(map[uuid.UUID]recipient, len(contacts))
	for rows.Next() {
		var id uuid.UUID
		var to recipient
		var person personScan
		if err := rows.Scan(append([]any{&id}, person.targets(&to)...)...); err != nil {
			rows.Close()
			return nil, err
		}
		person.finish(&to)
		people[id] = to
	}
	return people, rows.Err()
}

// Parked messages of a campaign, locked in id order like all messages.
const sqlParked = `
select id from messages
where tenant_id = $1 and channel_id = $2 and priority = $3 and due_at = 'infinity' and campaign_id = $4
order by id limit $5 for update`

const sqlUnpark = `
update messages set due_at = $3 where tenant_id = $1 and id = any($2) and state = 'queued'`

const sqlUnparkThese = `
update messages set due_at = $3
where tenant_id = $1 and id = any($2) and id between $4 and $5 and state = 'queued' and due_at = 'infinity'`

// unpark makes up to limit parked messages of a campaign due, and says how many.
func unpark(ctx context.Context, tx pgx.Tx, tenant, channel, campaign uuid.UUID, now time.Time, limit int) (int, error) {
	rows, err := tx.Query(ctx, sqlParked, tenant, channel, PriorityCampaign, campaign, limit)
	if err != nil {
		return 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	_, err = tx.Exec(ctx, sqlUnpark, tenant, ids, now)
	return len(ids), err
}

// Queued messages of a campaign, locked in the order every transaction locks messages.
const sqlQueuedOfCampaign = `
select id, contact_id, variant from messages
where tenant_id = $1 and channel_id = $2 and priority = $3 and due_at is not null and campaign_id = $4
order by id limit $5 for update`

// queuedRow is a queued message and whose it is.
type queuedRow struct {
	ID, Contact uuid.UUID
	Variant     int16
}

func queuedOfCampaign(ctx context.Context, tx pgx.Tx, tenant, channel, campaign uuid.UUID, limit int) ([]queuedRow, error) {
	rows, err := tx.Query(ctx, sqlQueuedOfCampaign, tenant, channel, PriorityCampaign, campaign, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[queuedRow])
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

func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
