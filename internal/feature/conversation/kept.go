package conversation

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// What becomes of conversations when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptConversations = `
select jsonb_build_object('startedAt', c.created_at, 'status', c.status, 'lastAt', c.last_at,
    'notes', coalesce((select jsonb_agg(jsonb_build_object('at', e.created_at, 'body', e.body) order by e.id) from conversation_entries e
        where e.tenant_id = $1 and e.conversation_id = c.id and e.kind = 'note'), '[]'))
from conversations c where c.tenant_id = $1 and c.contact_id = any($2) order by c.id`
	sqlKeptCases = `
select jsonb_build_object('openedAt', k.opened_at, 'resolvedAt', k.resolved_at, 'closingNote', k.closing_note)
from conversation_cases k where k.tenant_id = $1 and k.contact_id = any($2) order by k.id`

	sqlForgetPreviews = `update conversations set preview = '' where tenant_id = $1 and contact_id = any($2)`
	sqlForgetNotes    = `
update conversation_entries e set body = '', data = e.data - 'note' - 'comment' from conversations c
where e.tenant_id = $1 and c.tenant_id = $1 and c.id = e.conversation_id and c.contact_id = any($2)`
	sqlForgetDrafts = `
delete from conversation_drafts d using conversations c
where d.tenant_id = $1 and c.tenant_id = $1 and c.id = d.conversation_id and c.contact_id = any($2)`
	sqlForgetClosing = `update conversation_cases set closing_note = '' where tenant_id = $1 and contact_id = any($2)`
)

// KeptConversations are the contacts' conversations with their notes, as objects of JSON.
func KeptConversations(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptConversations, tenant, contacts)
}

// KeptCases are the contacts' cases, as objects of JSON.
func KeptCases(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptCases, tenant, contacts)
}

// Forget takes away what conversations, their notes and drafts say of the contacts.
func (s *Service) Forget(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		for _, sql := range []string{sqlForgetPreviews, sqlForgetNotes, sqlForgetDrafts, sqlForgetClosing, sqlForgetText} {
			if _, err := tx.Exec(ctx, sql, tenant, contacts); err != nil {
				return err
			}
		}
		return nil
	})
}

// carried is one conversation that went into another, or changed its contact.
type carried struct {
	Goes  Conversation `json:"goes"`
	Stays uuid.UUID    `json:"stays"` // the conversation it went into; nil id: it only changed its contact
}

const (
	sqlLockOf      = `select ` + columns + ` from conversations c where c.tenant_id = $1 and c.contact_id = any($2) order by c.id for update`
	sqlRename      = `update conversations set contact_id = $3 where tenant_id = $1 and id = $2`
	sqlRenameCases = `update conversation_cases set contact_id = $4 where tenant_id = $1 and conversation_id = $2 and contact_id = $3`
	sqlCloseGoing  = `update conversations set status = 'resolved', case_id = null, snoozed_until = null, waiting_since = null, unread = 0 where tenant_id = $1 and id = $2`
	sqlCloseCase   = `update conversation_cases set resolved_at = $3 where tenant_id = $1 and id = $2 and resolved_at is null`
	sqlCopyEntries = `
insert into conversation_entries (tenant_id, conversation_id, id, kind, what, by_kind, by_id, by_name, body, mentions, data, created_at, edited_at)
select $1, $3, e.id, e.kind, e.what, e.by_kind, e.by_id, e.by_name, e.body, e.mentions, e.data, e.created_at, e.edited_at
from conversation_entries e where e.tenant_id = $1 and e.conversation_id = $2
on conflict (tenant_id, conversation_id, id) do nothing`
	sqlUncopy = `
delete from conversation_entries e using conversation_entries o
where e.tenant_id = $1 and e.conversation_id = $3 and o.tenant_id = $1 and o.conversation_id = $2 and o.id = e.id`
)

// Carry gives one contact's conversations to another. Where both have one on a number, the one that
// goes is closed and its notes and events are seen in the one that stays; the thread's messages follow
// the contact by themselves.
func (s *Service) Carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sqlLockOf, tenant, []uuid.UUID{goes, stays})
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, err
	}
	kept := map[uuid.UUID]uuid.UUID{}
	for _, c := range found {
		if c.ContactID == stays {
			kept[c.ChannelID] = c.ID
		}
	}
	var list []carried
	for _, c := range found {
		if c.ContactID != goes {
			continue
		}
		list = append(list, carried{c, kept[c.ChannelID]})
		if err := s.carryOne(ctx, tx, tenant, stays, list[len(list)-1]); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	return list, nil
}

func (s *Service) carryOne(ctx context.Context, tx pgx.Tx, tenant, stays uuid.UUID, c carried) error {
	if c.Stays == uuid.Nil {
		if _, err := tx.Exec(ctx, sqlRename, tenant, c.Goes.ID, stays); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlRenameCases, tenant, c.Goes.ID, c.Goes.ContactID, stays)
		return err
	}
	now := s.Clock.Now()
	if _, err := tx.Exec(ctx, sqlCopyEntries, tenant, c.Goes.ID, c.Stays); err != nil {
		return err
	}
	if c.Goes.CaseID != nil {
		if _, err := tx.Exec(ctx, sqlCloseCase, tenant, *c.Goes.CaseID, now); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, sqlCloseGoing, tenant, c.Goes.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlWriteLabels, tenant, []uuid.UUID{c.Goes.ID}, []string{string(Resolved)}, []time.Time{c.Goes.LastAt}); err != nil {
		return err
	}
	return store(ctx, tx, tenant, nil, nil, []entry{{ConversationID: c.Stays, ID: ident.New(), What: Merged, By: system(), CreatedAt: now}}, nil)
}

// Return gives them back. A case that the merge closed stays closed.
func Return(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var list []carried
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	for _, c := range list {
		if c.Stays != uuid.Nil {
			if _, err := tx.Exec(ctx, sqlUncopy, tenant, c.Goes.ID, c.Stays); err != nil {
				return err
			}
			continue
		}
		if _, err := tx.Exec(ctx, sqlRename, tenant, c.Goes.ID, goes); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlRenameCases, tenant, c.Goes.ID, stays, goes); err != nil {
			return err
		}
	}
	return nil
}
