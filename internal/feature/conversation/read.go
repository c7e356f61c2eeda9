package conversation

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
)

const sqlReadMentions = `
update conversation_mentions set read_at = $4 where tenant_id = $1 and user_id = $2 and conversation_id = $3 and read_at is null`

// MarkRead says that somebody has seen a conversation up to its end: nothing in it is unread any more,
// nor what they are mentioned in.
func (s *Service) MarkRead(ctx context.Context, id uuid.UUID) error {
	a := actor.Must(ctx)
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.move(ctx, []uuid.UUID{id}, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, w *work) error {
		tag, err := tx.Exec(ctx, sqlReadMentions, tenant, a.UserID, id, now)
		if err == nil && (w.now.Unread > 0 || tag.RowsAffected() > 0) {
			w.now.Unread = 0
			w.happened = append(w.happened, happening{what: WasRead, at: now, by: by})
		}
		if err != nil || w.was.Unread == 0 {
			return err
		}
		return s.receipt(ctx, tx, tenant, w.now, false)
	})
}

// MarkUnread lets a conversation look unread again, for whoever takes it up later.
func (s *Service) MarkUnread(ctx context.Context, id uuid.UUID) error {
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.move(ctx, []uuid.UUID{id}, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		if w.now.Unread == 0 {
			w.now.Unread = 1
			w.happened = append(w.happened, happening{what: WasRead, at: now, by: by})
		}
		return nil
	})
}
