package contact

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Note is what a member wrote down about a contact, for other members alone.
type Note struct {
	ID        uuid.UUID  `json:"id"`
	Body      string     `json:"body"`
	By        By         `json:"by"`
	CreatedAt time.Time  `json:"createdAt"`
	EditedAt  *time.Time `json:"editedAt,omitempty"`
}

const maxNote = 4000 // characters

const (
	noteColumns   = `n.id, n.body, n.author_id, n.author_name, n.created_at, n.edited_at`
	sqlInsertNote = `
insert into contact_notes (tenant_id, contact_id, id, body, author_id, author_name, created_at) values ($1, $2, $3, $4, $5, $6, $7)`
	sqlNoteLocked = `
select ` + noteColumns + ` from contact_notes n where n.tenant_id = $1 and n.contact_id = $2 and n.id = $3 for update`
	sqlEditNote   = `update contact_notes set body = $4, edited_at = $5 where tenant_id = $1 and contact_id = $2 and id = $3`
	sqlDeleteNote = `delete from contact_notes where tenant_id = $1 and contact_id = $2 and id = $3`
)

func scanNote(row pgx.CollectableRow) (Note, error) {
	n := Note{By: By{Kind: string(actor.User)}}
	err := row.Scan(&n.ID, &n.Body, &n.By.ID, &n.By.Name, &n.CreatedAt, &n.EditedAt)
	return n, err
}

// AddNote writes a note on a contact.
func (s *Service) AddNote(ctx context.Context, contact uuid.UUID, body string) (Note, error) {
	body, err := noteBody(body)
	if err != nil {
		return Note{}, err
	}
	by := ByOf(ctx)
	note := Note{ID: ident.New(), Body: body, By: by, CreatedAt: s.clock.Now()}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := one(ctx, tx, sqlByIDLocked, tenant, contact); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlInsertNote, tenant, contact, note.ID, note.Body, by.ID, by.Name, note.CreatedAt)
		return err
	})
	return note, err
}

// EditNote changes a note; only who wrote it may.
func (s *Service) EditNote(ctx context.Context, contact, id uuid.UUID, body string) (Note, error) {
	body, err := noteBody(body)
	if err != nil {
		return Note{}, err
	}
	var note Note
	err = s.withNote(ctx, contact, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Note) error {
		if !isAuthor(ctx, found) {
			return fault.Forbidden("Only who wrote a note may change it. Add a note of your own.")
		}
		now := s.clock.Now()
		note = found
		note.Body, note.EditedAt = body, &now
		_, err := tx.Exec(ctx, sqlEditNote, tenant, contact, id, body, now)
		return err
	})
	return note, err
}

// DeleteNote removes a note for good: who wrote it may, and owners and admins.
func (s *Service) DeleteNote(ctx context.Context, contact, id uuid.UUID) error {
	return s.withNote(ctx, contact, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Note) error {
		if a, _ := actor.From(ctx); !isAuthor(ctx, found) && a.Role == "agent" {
			return fault.Forbidden("Only who wrote a note, an owner or an admin may delete it.")
		}
		_, err := tx.Exec(ctx, sqlDeleteNote, tenant, contact, id)
		return err
	})
}

func (s *Service) withNote(ctx context.Context, contact, id uuid.UUID, do func(context.Context, pgx.Tx, uuid.UUID, Note) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlNoteLocked, tenant, contact, id)
		if err != nil {
			return err
		}
		note, err := pgx.CollectExactlyOneRow(rows, scanNote)
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.NotFound("This note does not exist, or was deleted.").WithCode("note_not_found")
		}
		if err != nil {
			return err
		}
		return do(ctx, tx, tenant, note)
	})
}

func isAuthor(ctx context.Context, n Note) bool {
	by := ByOf(ctx)
	return n.By.ID != nil && by.ID != nil && *n.By.ID == *by.ID
}

func noteBody(body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" || firstRunes(body, maxNote) != body || !storable(body) {
		return "", fault.Invalid("A note has between 1 and 4,000 characters.").At("body.body", "Between 1 and 4,000 characters.")
	}
	return body, nil
}
