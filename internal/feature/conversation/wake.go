package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

const (
	wakeChunk  = 200
	systemWake = `
select tenant_id, id from conversations where snoozed_until <= $1 order by snoozed_until limit $2`
)

// Wake opens the conversations whose snooze is over.
func (s *Service) Wake(ctx context.Context) error {
	type due struct{ Tenant, ID uuid.UUID }
	var found []due
	err := s.DB.AsSystem(ctx, "find conversations whose snooze is over", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemWake, s.Clock.Now(), wakeChunk)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		return err
	})
	if err != nil {
		return fmt.Errorf("find snoozed conversations: %w", err)
	}
	byTenant := map[uuid.UUID][]uuid.UUID{}
	for _, d := range found {
		byTenant[d.Tenant] = append(byTenant[d.Tenant], d.ID)
	}
	var failed []error
	for tenant, ids := range byTenant {
		if err := s.move(actor.With(ctx, actor.ForTenant(tenant)), ids, s.wake); err != nil {
			failed = append(failed, fmt.Errorf("wake conversations of %s: %w", tenant, err))
		}
	}
	return errors.Join(failed...)
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
