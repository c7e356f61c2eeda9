package conversation

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// No index finds messages by contact (docs/decisions/0018): those of campaigns are found by the
// recipients', all others by contact_messages. Only those on the conversation's number count for the
// limit, so that a page is full whatever was said on other numbers. Each of a contact's lives is read in its
// own order: of several at once all would be read and sorted, ten thousand for a page of fifty.
const (
	sqlLives      = `select id from contacts where tenant_id = $1 and (id = $2 or merged_into = $2)`
	sqlMessageIDs = `
(select w.message_id from unnest($2::uuid[]) as l(id) cross join lateral (
    select x.message_id from contact_messages x join messages m on m.tenant_id = $1 and m.id = x.message_id
    where x.tenant_id = $1 and x.contact_id = l.id and x.message_id < $4 and m.channel_id = $3
    order by x.message_id desc limit $5) w)
union
(select w.message_id from unnest($2::uuid[]) as l(id) cross join lateral (
    select r.message_id from campaign_recipients r join messages m on m.tenant_id = $1 and m.id = r.message_id
    where r.tenant_id = $1 and r.contact_id = l.id and r.message_id < $4 and m.channel_id = $3
    order by r.message_id desc limit $5) w)
order by 1 desc limit $5`
	sqlMessageRows = `
select m.id, m.direction, m.origin, m.kind, m.state, coalesce(m.reason, ''), coalesce(m.error_code, 0), m.created_at, m.scheduled_at, m.template_id,
    coalesce(t.name, ''), m.campaign_id, coalesce(k.name, ''),
    case jsonb_typeof(m.params) when 'array' then array(select jsonb_array_elements_text(m.params)) else '{}' end,
    m.body, coalesce(m.wamid, ''), m.resend_of, m.sent_by, m.source, m.edited_at is not null, m.revoked_at is not null
from messages m
left join templates t on t.tenant_id = $1 and t.id = m.template_id
left join campaigns k on k.tenant_id = $1 and k.id = m.campaign_id
where m.tenant_id = $1 and m.id = any($2) and m.id between $3 and $4`
	sqlEntriesBefore = `
select ` + entryColumns + ` from conversation_entries e
where e.tenant_id = $1 and e.conversation_id = $2 and e.id < $3 order by e.id desc limit $4`
)

type messageRow struct {
	ID                             uuid.UUID
	Direction, Origin, Kind, State string
	Reason                         string
	ErrorCode                      int
	CreatedAt                      time.Time
	DueAt                          *time.Time
	TemplateID                     *uuid.UUID
	Template                       string
	CampaignID                     *uuid.UUID
	Campaign                       string
	Params                         []string
	Body                           json.RawMessage
	WAMID                          string
	ResendOf                       *uuid.UUID
	SentBy                         *uuid.UUID
	Source                         string
	Edited, Revoked                bool
}

func livesOf(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlLives, tenant, contact)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func messageIDs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, lives []uuid.UUID, channel, before uuid.UUID, limit int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlMessageIDs, tenant, lives, channel, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func messageRows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]messageRow, error) {
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlMessageRows, tenant, ids, low, high)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[messageRow])
}

func entriesBefore(ctx context.Context, tx pgx.Tx, tenant, conversation, before uuid.UUID, limit int) ([]entry, error) {
	rows, err := tx.Query(ctx, sqlEntriesBefore, tenant, conversation, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanEntry)
}
