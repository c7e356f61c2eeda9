package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const caseColumns = `k.id, k.conversation_id, k.contact_id, k.channel_id, k.opened_by, k.opened_at, k.first_inbound_at, k.first_reply_at,
    k.first_reply_by, k.messages_in, k.messages_out, k.assignee_id, k.team_id, k.handler, k.resolved_at, k.resolved_by, k.reason_id, k.closing_note`

func scanCase(row pgx.CollectableRow) (k Case, err error) {
	return k, row.Scan(&k.ID, &k.ConversationID, &k.ContactID, &k.ChannelID, &k.OpenedBy, &k.OpenedAt, &k.FirstInboundAt, &k.FirstReplyAt,
		&k.FirstReplyBy, &k.MessagesIn, &k.MessagesOut, &k.AssigneeID, &k.TeamID, &k.Handler, &k.ResolvedAt, &k.ResolvedBy, &k.ReasonID, &k.ClosingNote)
}

const (
	sqlCases    = `select ` + caseColumns + ` from conversation_cases k where k.tenant_id = $1 and k.id = any($2)`
	sqlPutCases = `
insert into conversation_cases (tenant_id, id, conversation_id, contact_id, channel_id, opened_by, opened_at, first_inbound_at,
    first_reply_at, first_reply_by, messages_in, messages_out, assignee_id, team_id, handler, resolved_at, resolved_by, reason_id, closing_note)
select $1, u.id, u.conversation_id, u.contact_id, u.channel_id, u.opened_by, u.opened_at, u.first_inbound_at, u.first_reply_at, u.first_reply_by,
    u.messages_in, u.messages_out, u.assignee_id, u.team_id, u.handler, u.resolved_at, u.resolved_by, u.reason_id, u.closing_note
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[], $8::timestamptz[],
    $9::timestamptz[], $10::uuid[], $11::int[], $12::int[], $13::uuid[], $14::uuid[], $15::text[], $16::timestamptz[], $17::uuid[],
    $18::uuid[], $19::text[]) as u(id, conversation_id, contact_id, channel_id, opened_by, opened_at, first_inbound_at, first_reply_at,
    first_reply_by, messages_in, messages_out, assignee_id, team_id, handler, resolved_at, resolved_by, reason_id, closing_note)
on conflict (tenant_id, id) do update set first_inbound_at = excluded.first_inbound_at, first_reply_at = excluded.first_reply_at,
    first_reply_by = excluded.first_reply_by, messages_in = excluded.messages_in, messages_out = excluded.messages_out,
    assignee_id = excluded.assignee_id, team_id = excluded.team_id, handler = excluded.handler, resolved_at = excluded.resolved_at,
    resolved_by = excluded.resolved_by, reason_id = excluded.reason_id, closing_note = excluded.closing_note`
)

// casesOf reads the running cases of locked conversations, whose lock is theirs too.
func casesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Conversation) (map[uuid.UUID]*Case, error) {
	var ids []uuid.UUID
	for _, c := range list {
		if c.CaseID != nil {
			ids = append(ids, *c.CaseID)
		}
	}
	if len(ids) == 0 {
		return map[uuid.UUID]*Case{}, nil
	}
	rows, err := tx.Query(ctx, sqlCases, tenant, ids)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]*Case{}
	cases, err := pgx.CollectRows(rows, scanCase)
	for i := range cases {
		found[cases[i].ConversationID] = &cases[i]
	}
	return found, err
}

// queueCases stores cases, new or changed.
func queueCases(batch *pgx.Batch, tenant uuid.UUID, list []*Case) {
	n := len(list)
	if n == 0 {
		return
	}
	ids, conversations, contacts, channels := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]uuid.UUID, n), make([]uuid.UUID, n)
	openedBy, handlers, notes := make([]string, n), make([]string, n), make([]string, n)
	openedAt := make([]time.Time, n)
	inbound, reply, resolved := make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n)
	replyBy, assignees, teams, resolvedBy, reasons := make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n), make([]*uuid.UUID, n)
	in, out := make([]int, n), make([]int, n)
	for i, k := range list {
		ids[i], conversations[i], contacts[i], channels[i] = k.ID, k.ConversationID, k.ContactID, k.ChannelID
		openedBy[i], handlers[i], notes[i], openedAt[i] = k.OpenedBy, k.Handler, k.ClosingNote, k.OpenedAt
		inbound[i], reply[i], resolved[i] = k.FirstInboundAt, k.FirstReplyAt, k.ResolvedAt
		replyBy[i], assignees[i], teams[i], resolvedBy[i], reasons[i] = k.FirstReplyBy, k.AssigneeID, k.TeamID, k.ResolvedBy, k.ReasonID
		in[i], out[i] = k.MessagesIn, k.MessagesOut
	}
	batch.Queue(sqlPutCases, tenant, ids, conversations, contacts, channels, openedBy, openedAt, inbound, reply, replyBy,
		in, out, assignees, teams, handlers, resolved, resolvedBy, reasons, notes)
}
