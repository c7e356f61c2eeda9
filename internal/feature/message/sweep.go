package message

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	sweepEvery  = time.Second
	expireEvery = time.Hour
	sweepBatch  = 1000
)

// sweepLoop looks every second for what no doorbell announces: lanes with work and
// no holder, claims past their deadline, doubts past settling; and every hour for
// messages past their time to live.
func (s *Service) sweepLoop(ctx context.Context, ring func(uuid.UUID)) {
	ticks := s.Clock.NewTicker(sweepEvery)
	defer ticks.Stop()
	var expired time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C():
		}
		expire := s.Clock.Now().Sub(expired) >= expireEvery
		if err := s.sweep(ctx, ring, expire); err != nil && ctx.Err() == nil {
			s.Logger.WarnContext(ctx, "sweep", "error", err)
			continue
		}
		if expire {
			expired = s.Clock.Now()
		}
	}
}

// sweep lists the tenants, then works tenant by tenant.
func (s *Service) sweep(ctx context.Context, ring func(uuid.UUID), expire bool) error {
	var lanes []lease
	err := s.DB.AsSystem(ctx, "list lanes", func(ctx context.Context, tx pgx.Tx) (err error) {
		lanes, err = allLanes(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("list lanes: %w", err)
	}
	settleBefore, err := s.ingestedUntil(ctx)
	if err != nil {
		return err
	}
	for tenant, free := range lanesByTenant(lanes) {
		if err := s.sweepTenant(ctx, tenant, free, settleBefore, ring); err != nil {
			return fmt.Errorf("sweep tenant %s: %w", tenant, err)
		}
		if expire {
			if err := s.expire(ctx, tenant); err != nil {
				return fmt.Errorf("expire messages of tenant %s: %w", tenant, err)
			}
		}
	}
	return nil
}

func (s *Service) sweepTenant(ctx context.Context, tenant uuid.UUID, free []uuid.UUID, settleBefore time.Time, ring func(uuid.UUID)) error {
	if _, err := s.sweepOverdue(ctx, tenant); err != nil {
		return err
	}
	if err := s.settleDoubts(ctx, tenant, settleBefore); err != nil {
		return err
	}
	if len(free) == 0 {
		return nil
	}
	waiting, err := s.waitingChannels(ctx, tenant)
	if err != nil {
		return err
	}
	for _, channel := range free {
		if waiting[channel] {
			ring(channel)
		}
	}
	return nil
}

// waitingChannels are those with due messages or a campaign to feed from.
func (s *Service) waitingChannels(ctx context.Context, tenant uuid.UUID) (map[uuid.UUID]bool, error) {
	waiting := make(map[uuid.UUID]bool)
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		due, err := dueChannels(ctx, tx, tenant, s.Clock.Now())
		if err != nil {
			return err
		}
		fed, err := s.Hooks.Waiting(ctx, tx, tenant)
		for _, channel := range append(due, fed...) {
			waiting[channel] = true
		}
		return err
	})
	return waiting, err
}

// sweepOverdue puts claims past their deadline in doubt, whoever holds the lane. It
// never queues them again: they may have left.
func (s *Service) sweepOverdue(ctx context.Context, tenant uuid.UUID) (int, error) {
	var late []overdue
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		late, err = overdueClaims(ctx, tx, tenant, sweepBatch)
		return err
	})
	if err != nil || len(late) == 0 {
		return 0, err
	}
	_, _, err = s.applyBisecting(ctx, tenant, doubts(late, s.Clock.Now(), s.Config.Settle), scattered)
	return len(late), err
}

// doubts are the reports that put lapsed claims in doubt, each its own claim only.
func doubts(late []overdue, now time.Time, settle time.Duration) []Report {
	reports := make([]Report, len(late))
	for i, o := range late {
		reports[i] = Report{MessageID: o.ID, State: InDoubt, Claim: o.Claim, At: now, Reason: ReasonOverdue, Until: now.Add(settle)}
	}
	return reports
}

// settleDoubts ends doubts for which no evidence came, but only those whose time to
// settle passed before the oldest webhook not yet applied: it may be the evidence.
func (s *Service) settleDoubts(ctx context.Context, tenant uuid.UUID, before time.Time) error {
	var ids []uuid.UUID
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		ids, err = doubtsPast(ctx, tx, tenant, before, sweepBatch)
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return s.lapse(ctx, tenant, ids, Unknown, ReasonNoEvidence)
}

// expire ends messages that Meta took and nobody received in time.
func (s *Service) expire(ctx context.Context, tenant uuid.UUID) error {
	end := s.Clock.Now().Add(-s.Config.TTL)
	after := end.AddDate(0, -2, 0)
	for {
		var ids []uuid.UUID
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
			ids, err = undeliveredBetween(ctx, tx, tenant, after, end, sweepBatch)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := s.lapse(ctx, tenant, ids, Expired, ReasonNotDelivered); err != nil {
			return err
		}
	}
}

// lapse merges a state that time alone brings.
func (s *Service) lapse(ctx context.Context, tenant uuid.UUID, ids []uuid.UUID, to State, reason string) error {
	_, _, err := s.applyBisecting(ctx, tenant, lapses(ids, to, reason, s.Clock.Now()), scattered)
	return err
}

func lapses(ids []uuid.UUID, to State, reason string, now time.Time) []Report {
	reports := make([]Report, len(ids))
	for i, id := range ids {
		reports[i] = Report{MessageID: id, State: to, At: now, Reason: reason}
	}
	return reports
}

// lanesByTenant groups the free lanes; a tenant whose lanes are all held has none.
func lanesByTenant(lanes []lease) map[uuid.UUID][]uuid.UUID {
	byTenant := make(map[uuid.UUID][]uuid.UUID)
	for _, l := range lanes {
		free := byTenant[l.tenant]
		if l.token == 0 {
			free = append(free, l.channel)
		}
		byTenant[l.tenant] = free
	}
	return byTenant
}
