package conversation

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

const columns = `c.id, c.contact_id, c.channel_id, c.status, c.assignee_id, c.team_id, c.handler, c.bot_id, c.case_id, c.snoozed_until,
    c.waiting_since, c.unread, c.blocked_at, c.last_at, c.last_message_id, c.last_direction, c.last_kind, c.preview,
    c.last_inbound_id, c.last_inbound_at, c.window_until, c.created_at`

func scan(row pgx.CollectableRow) (c Conversation, err error) {
	return c, row.Scan(&c.ID, &c.ContactID, &c.ChannelID, &c.Status, &c.AssigneeID, &c.TeamID, &c.Handler, &c.BotID, &c.CaseID, &c.SnoozedUntil,
		&c.WaitingSince, &c.Unread, &c.BlockedAt, &c.LastAt, &c.LastMessageID, &c.LastDirection, &c.LastKind, &c.Preview,
		&c.LastInboundID, &c.LastInboundAt, &c.WindowUntil, &c.CreatedAt)
}

// Conversations begin resolved: what comes first opens them.
const (
	sqlEnsure = `
insert into conversations (tenant_id, id, contact_id, channel_id, status, last_at, created_at)
select $1, u.id, u.contact_id, u.channel_id, 'resolved', u.at, $6
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) as u(id, contact_id, channel_id, at)
on conflict (tenant_id, contact_id, channel_id) do nothing`
	sqlLockPairs = `
select ` + columns + ` from conversations c
where c.tenant_id = $1 and (c.contact_id, c.channel_id) in (select u.contact_id, u.channel_id from unnest($2::uuid[], $3::uuid[]) as u(contact_id, channel_id))
order by c.id for update`
	sqlLock = `select ` + columns + ` from conversations c where c.tenant_id = $1 and c.id = any($2) order by c.id for update`
	sqlByID = `select ` + columns + ` from conversations c where c.tenant_id = $1 and c.id = $2`
)

// pair is whose a conversation is, and on which number.
type pair struct{ contact, channel uuid.UUID }

// lockPairs locks conversations in the order of their ids, and makes those there are not yet.
func lockPairs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, wanted []Conversation, now time.Time) ([]Conversation, error) {
	found, err := lockKnown(ctx, tx, tenant, wanted)
	if err != nil || len(found) == len(wanted) {
		return found, err
	}
	known := make(map[pair]bool, len(found))
	for _, c := range found {
		known[pair{c.ContactID, c.ChannelID}] = true
	}
	fresh := slices.DeleteFunc(slices.Clone(wanted), func(c Conversation) bool { return known[pair{c.ContactID, c.ChannelID}] })
	if err := ensure(ctx, tx, tenant, fresh, now); err != nil {
		return nil, err
	}
	return lockKnown(ctx, tx, tenant, wanted)
}

func ensure(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, fresh []Conversation, now time.Time) error {
	ids, contacts, channels, at := make([]uuid.UUID, len(fresh)), make([]uuid.UUID, len(fresh)), make([]uuid.UUID, len(fresh)), make([]time.Time, len(fresh))
	for i, c := range fresh {
		ids[i], contacts[i], channels[i], at[i] = c.ID, c.ContactID, c.ChannelID, c.LastAt
	}
	_, err := tx.Exec(ctx, sqlEnsure, tenant, ids, contacts, channels, at, now)
	return err
}

func lockKnown(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, wanted []Conversation) ([]Conversation, error) {
	contacts, channels := make([]uuid.UUID, len(wanted)), make([]uuid.UUID, len(wanted))
	for i, c := range wanted {
		contacts[i], channels[i] = c.ContactID, c.ChannelID
	}
	rows, err := tx.Query(ctx, sqlLockPairs, tenant, contacts, channels)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

func lockAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Conversation, error) {
	rows, err := tx.Query(ctx, sqlLock, tenant, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

func byID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Conversation, error) {
	rows, err := tx.Query(ctx, sqlByID, tenant, id)
	if err != nil {
		return Conversation{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, scan)
	return c, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("This conversation does not exist.").WithCode("conversation_not_found")
	}
	return err
}

const sqlWrite = `
update conversations c set status = u.status, assignee_id = u.assignee, team_id = u.team, handler = u.handler, bot_id = u.bot,
    case_id = u.case_id, snoozed_until = u.snoozed, waiting_since = u.waiting, unread = u.unread, blocked_at = u.blocked,
    last_at = u.last_at, last_message_id = u.last_message, last_direction = u.direction, last_kind = u.kind, preview = u.preview,
    last_inbound_id = u.last_inbound, last_inbound_at = u.inbound_at, window_until = u.window_until
from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::timestamptz[], $10::timestamptz[],
    $11::int[], $12::timestamptz[], $13::timestamptz[], $14::uuid[], $15::text[], $16::text[], $17::text[], $18::uuid[],
    $19::timestamptz[], $20::timestamptz[]) as u(id, status, assignee, team, handler, bot, case_id, snoozed, waiting, unread, blocked,
    last_at, last_message, direction, kind, preview, last_inbound, inbound_at, window_until)
where c.tenant_id = $1 and c.id = u.id`

// What carries a label is listed in the order of the conversations.
const sqlWriteLabels = `
update conversation_labels l set status = u.status, last_at = u.last_at
from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as u(id, status, last_at)
where l.tenant_id = $1 and l.conversation_id = u.id and (l.status, l.last_at) is distinct from (u.status, u.last_at)`

// queueWrite stores locked conversations as they are now.
func queueWrite(batch *pgx.Batch, tenant uuid.UUID, list []Conversation) {
	n := len(list)
	if n == 0 {
		return
	}
	ids, status, handler := make([]uuid.UUID, n), make([]string, n), make([]string, n)
	assignee, team, bot, caseID, lastMessage, lastInbound := make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n)
	snoozed, waiting, blocked, inboundAt, window := make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n)
	unread, lastAt := make([]int, n), make([]time.Time, n)
	direction, kind, preview := make([]string, n), make([]string, n), make([]string, n)
	for i, c := range list {
		ids[i], status[i], handler[i] = c.ID, string(c.Status), c.Handler
		assignee[i], team[i], bot[i], caseID[i], lastMessage[i], lastInbound[i] = c.AssigneeID, c.TeamID, c.BotID, c.CaseID, c.LastMessageID, c.LastInboundID
		snoozed[i], waiting[i], blocked[i], inboundAt[i], window[i] = c.SnoozedUntil, c.WaitingSince, c.BlockedAt, c.LastInboundAt, c.WindowUntil
		unread[i], lastAt[i] = c.Unread, c.LastAt
		direction[i], kind[i], preview[i] = c.LastDirection, c.LastKind, c.Preview
	}
	batch.Queue(sqlWrite, tenant, ids, status, assignee, team, handler, bot, caseID, snoozed, waiting, unread, blocked,
		lastAt, lastMessage, direction, kind, preview, lastInbound, inboundAt, window)
	batch.Queue(sqlWriteLabels, tenant, ids, status, lastAt)
}

const (
	sqlSettings    = `select read_receipts, assignee_only, assign_on_reply, require_reason from inbox_settings where tenant_id = $1`
	sqlPutSettings = `
insert into inbox_settings (tenant_id, read_receipts, assignee_only, assign_on_reply, require_reason) values ($1, $2, $3, $4, $5)
on conflict (tenant_id) do update set read_receipts = excluded.read_receipts, assignee_only = excluded.assignee_only,
    assign_on_reply = excluded.assign_on_reply, require_reason = excluded.require_reason`
)

func settings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (Settings, error) {
	set := Settings{ReadReceipts: true, AssignOnReply: true}
	err := tx.QueryRow(ctx, sqlSettings, tenant).Scan(&set.ReadReceipts, &set.AssigneeOnly, &set.AssignOnReply, &set.RequireReason)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return set, err
}

func putSettings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, set Settings) error {
	_, err := tx.Exec(ctx, sqlPutSettings, tenant, set.ReadReceipts, set.AssigneeOnly, set.AssignOnReply, set.RequireReason)
	return err
}
