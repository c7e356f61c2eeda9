package contact

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/web"
)

// EntryKind is where an entry of a timeline comes from; a timeline is filtered by it.
type EntryKind string

// The kinds of entries.
const (
	EntryMessage  EntryKind = "message"  // not of a campaign: what the person wrote, replies, tests
	EntryCampaign EntryKind = "campaign" // a campaign's message, as far as it got
	EntryClick    EntryKind = "click"
	EntryGoal     EntryKind = "goal" // a conversion
	EntryConsent  EntryKind = "consent"
	EntryNote     EntryKind = "note"
	EntryChange   EntryKind = "change" // values, tags, stage and owner
	EntryImport   EntryKind = "import"
	EntryMerge    EntryKind = "merge"
	EntryStep     EntryKind = "step" // of what runs by itself for a person
)

// entryKinds lists them in the order people read them.
func entryKinds() []EntryKind {
	return []EntryKind{EntryMessage, EntryCampaign, EntryClick, EntryGoal, EntryConsent, EntryNote, EntryChange, EntryImport, EntryMerge, EntryStep}
}

// Entry is one thing in a contact's life with the workspace, in words.
type Entry struct {
	ID         uuid.UUID     `json:"id" doc:"Time-ordered; of the message, note or event, or made of the click or conversion"`
	Kind       EntryKind     `json:"kind" enum:"message,campaign,click,goal,consent,note,change,import,merge,step"`
	At         time.Time     `json:"at"`
	Title      string        `json:"title" doc:"What happened, in a sentence"`
	Text       string        `json:"text,omitempty" doc:"What was written, or why"`
	By         *By           `json:"by,omitempty"`
	Changes    []FieldChange `json:"changes,omitempty"`
	State      string        `json:"state,omitempty" doc:"Of a message, as it is now"`
	Why        string        `json:"why,omitempty" doc:"Why a message was not sent or failed, in a sentence"`
	Direction  string        `json:"direction,omitempty" enum:"in,out"`
	MessageID  *uuid.UUID    `json:"messageId,omitempty"`
	CampaignID *uuid.UUID    `json:"campaignId,omitempty"`
	ImportID   *uuid.UUID    `json:"importId,omitempty"`
	MergeID    *uuid.UUID    `json:"mergeId,omitempty" doc:"Of a merge that can still be undone"`
	Note       *Note         `json:"note,omitempty"`
}

// lives are the ids whose past a contact's timeline shows: its own, and those merged into it.
type lives struct {
	contact Contact
	ids     []uuid.UUID
}

// reading is one page of a timeline being read: what is older than before, at most limit of each
// source, of the wanted kinds.
type reading struct {
	tx     pgx.Tx
	tenant uuid.UUID
	lives  lives
	before uuid.UUID
	limit  int
	wanted map[EntryKind]bool
	found  []Entry
	why    func(reason string, code int) string
}

// Timeline returns what happened with a contact, the latest first. No kinds means all. A page
// costs the same however long the timeline is.
func (s *Service) Timeline(ctx context.Context, id uuid.UUID, kinds []EntryKind, p web.PageQuery) (web.Page[Entry], error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return web.Page[Entry]{}, err
	}
	var page web.Page[Entry]
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		of, err := livesOf(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		r := &reading{tx: tx, tenant: tenant, lives: of, before: before, limit: p.Limit + 1, wanted: wantedKinds(kinds), why: s.Hooks.Why}
		if err := r.read(ctx); err != nil {
			return err
		}
		page = web.PageOf(r.found, p.Limit, func(e Entry) any { return e.ID })
		return nil
	})
	return page, err
}

func wantedKinds(kinds []EntryKind) map[EntryKind]bool {
	if len(kinds) == 0 {
		kinds = entryKinds()
	}
	wanted := map[EntryKind]bool{}
	for _, kind := range kinds {
		wanted[kind] = true
	}
	return wanted
}

const sqlMergedInto = `select id from contacts where tenant_id = $1 and merged_into = $2 order by id`

func livesOf(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (lives, error) {
	c, err := one(ctx, tx, sqlByID, tenant, id)
	if err != nil {
		return lives{}, err
	}
	rows, err := tx.Query(ctx, sqlMergedInto, tenant, id)
	if err != nil {
		return lives{}, err
	}
	others, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return lives{c, append([]uuid.UUID{id}, others...)}, err
}

// read asks every source that can have wanted entries, and keeps the latest of all.
func (r *reading) read(ctx context.Context) error {
	for _, source := range []struct {
		read  func(context.Context) error
		kinds []EntryKind
	}{
		{r.notes, []EntryKind{EntryNote}},
		{r.events, []EntryKind{EntryChange, EntryConsent, EntryImport, EntryMerge, EntryStep}},
		{r.clicks, []EntryKind{EntryClick}},
		{r.conversions, []EntryKind{EntryGoal}},
		{r.messages, []EntryKind{EntryMessage, EntryCampaign}},
		{r.beginning, []EntryKind{EntryChange, EntryImport}},
	} {
		if !slices.ContainsFunc(source.kinds, func(k EntryKind) bool { return r.wanted[k] }) {
			continue
		}
		if err := source.read(ctx); err != nil {
			return err
		}
	}
	slices.SortFunc(r.found, func(a, b Entry) int { return bytes.Compare(b.ID[:], a.ID[:]) })
	r.found = r.found[:min(len(r.found), r.limit)]
	return nil
}

func (r *reading) add(e Entry) {
	if r.wanted[e.Kind] && bytes.Compare(e.ID[:], r.before[:]) < 0 {
		r.found = append(r.found, e)
	}
}

const sqlNotes = `
select ` + noteColumns + ` from contact_notes n
where n.tenant_id = $1 and n.contact_id = any($2) and n.id < $3 order by n.id desc limit $4`

func (r *reading) notes(ctx context.Context) error {
	rows, err := r.tx.Query(ctx, sqlNotes, r.tenant, r.lives.ids, r.before, r.limit)
	if err != nil {
		return err
	}
	notes, err := pgx.CollectRows(rows, scanNote)
	for _, n := range notes {
		r.add(Entry{ID: n.ID, Kind: EntryNote, At: n.CreatedAt, Title: "Note", Text: n.Body, By: &n.By, Note: &n})
	}
	return err
}

const sqlBeginning = `
select coalesce(i.file_name, ''), i.id, exists (
    select 1 from contact_events e where e.tenant_id = $1 and e.contact_id = $2 and e.kind = 'created')
from contacts c left join imports i on i.tenant_id = $1 and i.id = c.created_import_id
where c.tenant_id = $1 and c.id = $2`

// beginning is how the contact came to be, when no event says it: an import writes none for the
// million people it brings, and a stranger's first message none for itself.
func (r *reading) beginning(ctx context.Context) error {
	var file string
	var imported *uuid.UUID
	var told bool
	id := r.lives.contact.ID
	if err := r.tx.QueryRow(ctx, sqlBeginning, r.tenant, id).Scan(&file, &imported, &told); err != nil || told {
		return err
	}
	e := Entry{ID: id, Kind: EntryChange, At: r.lives.contact.CreatedAt, Title: "Became a contact"}
	if imported != nil {
		e.Kind, e.Title, e.ImportID = EntryImport, "Added by the import of "+file, imported
		if bytes.Compare(id[:], imported[:]) < 0 {
			e.Title = "Brought back by the import of " + file
		}
	}
	r.add(e)
	return nil
}
