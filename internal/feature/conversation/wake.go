package conversation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// wakeChunk is how many conversations of a workspace one sweep opens.
const wakeChunk = 200

const (
	systemWake = `select distinct tenant_id from conversations where snoozed_until <= $1`
	sqlToWake  = `select id from conversations where tenant_id = $1 and snoozed_until <= $2 order by snoozed_until limit $3`
)

// Wake opens the conversations whose snooze is over.
func (s *Service) Wake(ctx context.Context) error {
	now := s.Clock.Now()
	over := db.Waiting{Reason: "find conversations whose snooze is over", SQL: systemWake, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, over, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) error {
		ids, err := s.toWake(ctx, tenant, now)
		if err != nil || len(ids) == 0 {
			return err
		}
		return s.move(actor.With(ctx, actor.ForTenant(tenant)), ids, s.wake)
	})
}

func (s *Service) toWake(ctx context.Context, tenant uuid.UUID, now time.Time) (ids []uuid.UUID, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlToWake, tenant, now, wakeChunk)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	return ids, err
}

func (s *Service) wake(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
	now := s.Clock.Now()
	if w.now.Status != Snoozed || w.now.SnoozedUntil.After(now) {
		return nil // meanwhile somebody took it up
	}
	w.now.Status, w.now.SnoozedUntil, w.now.LastAt = Open, nil, laterOf(w.now.LastAt, now)
	w.event(Woken, now, system(), map[string]any{"by": "time"})
	return nil
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
