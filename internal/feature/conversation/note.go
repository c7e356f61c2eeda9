package conversation

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	longestPrivateNote = 4000 // characters
	mostMentions       = 20
)

const sqlMembers = `select user_id from members where tenant_id = $1 and user_id = any($2)`

// AddNote writes a private note into a conversation. The same id twice is one note.
func (s *Service) AddNote(ctx context.Context, conversation, id uuid.UUID, body string, mentions []uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.AddNoteIn(ctx, tx, tenant, conversation, id, body, mentions)
	})
}

// AddNoteIn is AddNote in the caller's transaction.
func (s *Service) AddNoteIn(ctx context.Context, tx pgx.Tx, tenant, conversation, id uuid.UUID, body string, mentions []uuid.UUID) error {
	body, err := noteBody(body)
	if err != nil {
		return err
	}
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.moveIn(ctx, tx, tenant, []uuid.UUID{conversation}, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, w *work) error {
		e := entry{ConversationID: conversation, ID: id, By: by, Body: body, CreatedAt: now}
		if e.Mentions, err = membersOf(ctx, tx, tenant, mentions); err != nil {
			return err
		}
		added, err := addNote(ctx, tx, tenant, e)
		if err != nil || !added {
			return err
		}
		w.happened = append(w.happened, happening{what: Noted, entry: id, noted: true, at: now, by: by, mentions: e.Mentions})
		w.say(id, "note", body)
		return mention(ctx, tx, tenant, e)
	})
}

// EditNote changes a note; only who wrote it may.
func (s *Service) EditNote(ctx context.Context, conversation, id uuid.UUID, body string, mentions []uuid.UUID) error {
	body, err := noteBody(body)
	if err != nil {
		return err
	}
	return s.withNote(ctx, conversation, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e entry, w *work) error {
		if e.By.ID == nil || *e.By.ID != actor.Must(ctx).UserID {
			return fault.Forbidden("Only who wrote a note may change it. Add a note of your own.")
		}
		before := e.Mentions
		if e.Mentions, err = membersOf(ctx, tx, tenant, mentions); err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := tx.Exec(ctx, sqlEditEntry, tenant, conversation, id, body, e.Mentions, now); err != nil {
			return err
		}
		fresh := slices.DeleteFunc(slices.Clone(e.Mentions), func(u uuid.UUID) bool { return slices.Contains(before, u) })
		w.happened = append(w.happened, happening{what: Noted, entry: id, noted: true, at: now, by: contact.ByOf(ctx), mentions: fresh})
		w.say(id, "note", body)
		return mention(ctx, tx, tenant, e)
	})
}

// DeleteNote removes a note for good: who wrote it may, and owners and admins.
func (s *Service) DeleteNote(ctx context.Context, conversation, id uuid.UUID) error {
	return s.withNote(ctx, conversation, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e entry, w *work) error {
		a := actor.Must(ctx)
		if (e.By.ID == nil || *e.By.ID != a.UserID) && a.Role == "agent" {
			return fault.Forbidden("Only who wrote a note, an owner or an admin may delete it.")
		}
		e.Mentions = []uuid.UUID{}
		w.happened = append(w.happened, happening{what: Noted, entry: id, noted: true, at: s.Clock.Now(), by: contact.ByOf(ctx)})
		if err := mention(ctx, tx, tenant, e); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlDropTexts, tenant, []uuid.UUID{id}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlDeleteEntry, tenant, conversation, id)
		return err
	})
}

func (s *Service) withNote(ctx context.Context, conversation, id uuid.UUID, do func(context.Context, pgx.Tx, uuid.UUID, entry, *work) error) error {
	return s.move(ctx, []uuid.UUID{conversation}, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, w *work) error {
		e, err := lockNote(ctx, tx, tenant, conversation, id)
		if err != nil {
			return err
		}
		return do(ctx, tx, tenant, e, w)
	})
}

// membersOf are those of some people who are members of the workspace.
func membersOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, users []uuid.UUID) ([]uuid.UUID, error) {
	if len(users) == 0 {
		return []uuid.UUID{}, nil
	}
	if len(users) > mostMentions {
		return nil, fault.Invalid("A note mentions at most 20 people.").At("body.mentions", "At most 20.")
	}
	rows, err := tx.Query(ctx, sqlMembers, tenant, users)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err == nil && len(found) < len(users) {
		return nil, fault.Invalid("Somebody who is mentioned is not a member of the workspace.").At("body.mentions", "Members alone.")
	}
	return found, err
}

func noteBody(body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" || utf8.RuneCountInString(body) > longestPrivateNote || !utf8.ValidString(body) || strings.ContainsRune(body, 0) {
		return "", fault.Invalid("A note has between 1 and 4,000 characters.").At("body.body", "Between 1 and 4,000 characters.")
	}
	return body, nil
}
