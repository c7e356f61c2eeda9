package contact

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

const (
	withTheContact = "erased with the contact itself, in the transaction of the request"
	readThrough    = "read through merged_into: the one contact's pages show those of all it was"
)

const (
	sqlKeptEvents = `
select jsonb_build_object('at', e.at, 'kind', e.kind, 'by', e.actor_name, 'changes', e.changes, 'note', e.note)
from contact_events e where e.tenant_id = $1 and e.contact_id = any($2) order by e.id`
	sqlKeptNotes = `
select jsonb_build_object('at', n.created_at, 'editedAt', n.edited_at, 'by', n.author_name, 'text', n.body)
from contact_notes n where n.tenant_id = $1 and n.contact_id = any($2) order by n.id`
	sqlKeptRequests = `
select jsonb_build_object('at', r.created_at, 'kind', r.kind, 'state', r.state, 'madeBy', r.made_by, 'finishedAt', r.finished_at)
from contact_requests r where r.tenant_id = $1 and r.contact_id = any($2) order by r.id`
	// The files that brought the person, or changed what was known.
	sqlKeptImports = `
select jsonb_build_object('at', i.created_at, 'file', i.file_name, 'by', coalesce(u.email, ''))
from imports i left join users u on u.id = i.created_by
where i.tenant_id = $1 and i.id = any(array(
    select c.import_id from contacts c where c.tenant_id = $1 and c.id = any($2)
    union select c.created_import_id from contacts c where c.tenant_id = $1 and c.id = any($2)
    union select e.subject_id from contact_events e where e.tenant_id = $1 and e.contact_id = any($2) and e.kind = 'imported'))
order by i.id`
)

// ownKeepers are this feature's tables that name contacts.
func ownKeepers() []Keeper {
	read := func(sql string) func(context.Context, pgx.Tx, uuid.UUID, []uuid.UUID) ([]json.RawMessage, error) {
		return func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
			return db.Objects(ctx, tx, sql, tenant, contacts)
		}
	}
	const moved = "the merge moves it itself"
	return []Keeper{
		{Table: "contacts", Section: "imports", Read: read(sqlKeptImports), Kept: withTheContact, Stays: moved},
		{Table: "contact_tags", Unread: "stand with the contact", Kept: withTheContact, Stays: moved},
		{Table: "contact_events", Section: "changes", Read: read(sqlKeptEvents), Kept: withTheContact, Stays: readThrough},
		{Table: "contact_notes", Section: "notes", Read: read(sqlKeptNotes), Kept: withTheContact, Stays: readThrough},
		{Table: "contact_requests", Section: "privacyRequests", Read: read(sqlKeptRequests),
			Kept: "the record that it was asked for and done; it names nobody", Stays: "asked of the contact that was"},
		{Table: "contact_merges", Unread: "stand as the contacts that were merged", Kept: withTheContact, Stays: "what a merge is undone by"},
		{Table: "contact_messages", Unread: "ids of messages, which stand among the messages",
			Kept: "ids alone, of messages that say nothing any more", Stays: readThrough},
		{Table: "contact_duplicates", Unread: "a guess about two rows, nothing of the person", Kept: withTheContact, Stays: "the two are one: the merge removes it"},
		{Table: "import_changes", Unread: "ids of what an import changed; the changes stand among the changes",
			Kept: "ids alone, by which an import is undone", Stays: "what an import is undone by"},
	}
}
