package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// entry is a note or an event of a thread, as it is stored.
type entry struct {
	ConversationID uuid.UUID
	ID             uuid.UUID
	What           What // empty: a note
	By             contact.By
	Body           string
	Mentions       []uuid.UUID
	Data           map[string]any
	CreatedAt      time.Time
	EditedAt       *time.Time
}

func (e entry) kind() string {
	if e.What == "" {
		return "note"
	}
	return "event"
}

const (
	entryColumns = `e.conversation_id, e.id, e.what, e.by_kind, e.by_id, e.by_name, e.body, e.mentions, e.data, e.created_at, e.edited_at`

	sqlAddEntries = `
insert into conversation_entries (tenant_id, conversation_id, id, kind, what, by_kind, by_id, by_name, body, data, created_at)
select $1, u.conversation_id, u.id, u.kind, u.what, u.by_kind, u.by_id, u.by_name, u.body, u.data, u.created_at
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::jsonb[],
    $11::timestamptz[]) as u(conversation_id, id, kind, what, by_kind, by_id, by_name, body, data, created_at)
on conflict (tenant_id, conversation_id, id) do nothing`
	sqlAddNote = `
insert into conversation_entries (tenant_id, conversation_id, id, kind, by_kind, by_id, by_name, body, mentions, created_at)
values ($1, $2, $3, 'note', $4, $5, $6, $7, $8, $9)
on conflict (tenant_id, conversation_id, id) do nothing`
	sqlEntryLocked = `
select ` + entryColumns + ` from conversation_entries e where e.tenant_id = $1 and e.conversation_id = $2 and e.id = $3 and e.kind = 'note' for update`
	sqlEditEntry = `
update conversation_entries set body = $4, mentions = $5, edited_at = $6 where tenant_id = $1 and conversation_id = $2 and id = $3`
	sqlDeleteEntry    = `delete from conversation_entries where tenant_id = $1 and conversation_id = $2 and id = $3`
	sqlForgetMentions = `delete from conversation_mentions where tenant_id = $1 and entry_id = $2 and user_id <> all($3)`
	sqlAddMentions    = `
insert into conversation_mentions (tenant_id, user_id, entry_id, conversation_id)
select $1, u, $3, $4 from unnest($2::uuid[]) as u
on conflict (tenant_id, user_id, entry_id) do nothing`
)

func scanEntry(row pgx.CollectableRow) (e entry, err error) {
	var data json.RawMessage
	err = row.Scan(&e.ConversationID, &e.ID, &e.What, &e.By.Kind, &e.By.ID, &e.By.Name, &e.Body, &e.Mentions, &data, &e.CreatedAt, &e.EditedAt)
	if err == nil {
		err = json.Unmarshal(data, &e.Data)
	}
	return e, err
}

// queueEntries stores events; notes come one by one.
func queueEntries(batch *pgx.Batch, tenant uuid.UUID, list []entry) {
	n := len(list)
	if n == 0 {
		return
	}
	conversations, ids, byID := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]*uuid.UUID, n)
	kind, what, byKind, byName, body := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	data, at := make([]map[string]any, n), make([]time.Time, n)
	for i, e := range list {
		conversations[i], ids[i], byID[i] = e.ConversationID, e.ID, e.By.ID
		kind[i], what[i], byKind[i], byName[i], body[i] = e.kind(), string(e.What), e.By.Kind, e.By.Name, e.Body
		if data[i], at[i] = e.Data, e.CreatedAt; data[i] == nil {
			data[i] = map[string]any{}
		}
	}
	batch.Queue(sqlAddEntries, tenant, conversations, ids, kind, what, byKind, byID, byName, body, data, at)
}

func addNote(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e entry) (added bool, err error) {
	tag, err := tx.Exec(ctx, sqlAddNote, tenant, e.ConversationID, e.ID, e.By.Kind, e.By.ID, e.By.Name, e.Body, e.Mentions, e.CreatedAt)
	return tag.RowsAffected() == 1, err
}

func lockNote(ctx context.Context, tx pgx.Tx, tenant, conversation, id uuid.UUID) (entry, error) {
	rows, err := tx.Query(ctx, sqlEntryLocked, tenant, conversation, id)
	if err != nil {
		return entry{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	if errors.Is(err, pgx.ErrNoRows) {
		return entry{}, fault.NotFound("This note does not exist, or was deleted.").WithCode("note_not_found")
	}
	return e, err
}

// mention keeps who is mentioned in a note, and forgets who is not any more.
func mention(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e entry) error {
	if _, err := tx.Exec(ctx, sqlForgetMentions, tenant, e.ID, e.Mentions); err != nil || len(e.Mentions) == 0 {
		return err
	}
	_, err := tx.Exec(ctx, sqlAddMentions, tenant, e.Mentions, e.ID, e.ConversationID)
	return err
}
