package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// recheck is how long a campaign that waits is left alone at most: the workspace's rules may change.
const recheck = 5 * time.Minute

// quietFor says whether quiet hours concern a campaign: they hold marketing back.
func (s *Service) quietFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet) (bool, error) {
	if !quiet.On() {
		return false, nil
	}
	t, err := s.Templates.ByID(ctx, tx, tenant, c.TemplateID)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil // the gate refuses the messages, and says so
	}
	return string(t.Category) == message.CategoryMarketing, err
}

// waitQuiet leaves a campaign alone while the workspace's own quiet hours last, and says whether they do.
func (s *Service) waitQuiet(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet) (bool, error) {
	until := quiet.Until(s.Clock.Now(), quiet.Zone())
	if until.IsZero() {
		return false, nil
	}
	return true, s.waitUntil(ctx, tx, tenant, c, until)
}

// waitUntil leaves a campaign alone until a time, or until it is to be looked at again.
func (s *Service) waitUntil(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, until time.Time) error {
	if soon := s.Clock.Now().Add(recheck); until.After(soon) {
		until = soon
	}
	return wait(ctx, tx, tenant, c.ID, &until)
}

// feedTimed queues the recipients whose own time has come, and those without one that are not in
// quiet hours of their own; the latter get a time.
func (s *Service) feedTimed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet *message.Quiet, room int) (int, error) {
	now := s.Clock.Now()
	ids, after, err := s.ripe(ctx, tx, tenant, c, now, room)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, s.waitForNext(ctx, tx, tenant, c)
	}
	if quiet != nil {
		if ids, err = s.holdBack(ctx, tx, tenant, c, *quiet, now, ids); err != nil {
			return 0, fmt.Errorf("hold back for quiet hours: %w", err)
		}
	}
	f := fed{last: after}
	if len(ids) > 0 {
		if f.tally, err = c.lots(ctx, tx, tenant, ids); err != nil {
			return 0, fmt.Errorf("tell versions: %w", err)
		}
		if err := feedThese(ctx, tx, tenant, c, now, ids); err != nil {
			return 0, fmt.Errorf("queue recipients: %w", err)
		}
	}
	return len(ids), countFed(ctx, tx, tenant, c.ID, f)
}

// ripe locks the recipients that may be fed: those whose time has come, then those without a time.
func (s *Service) ripe(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, now time.Time, room int) ([]uuid.UUID, uuid.UUID, error) {
	ids, err := lockDue(ctx, tx, tenant, c, now, room)
	if err != nil || len(ids) == room || c.LocalAt != nil {
		return ids, c.feedAfter, err
	}
	rest, err := lockUntimed(ctx, tx, tenant, c, c.feedAfter, room-len(ids))
	if err == nil && len(rest) == 0 && c.Frozen {
		rest, err = lockUntimed(ctx, tx, tenant, c, uuid.UUID{}, room-len(ids))
	}
	if err != nil || len(rest) == 0 {
		return ids, c.feedAfter, err
	}
	return append(ids, rest...), rest[len(rest)-1], nil
}

// holdBack gives those whose clock shows quiet hours the end of them, and returns the others.
func (s *Service) holdBack(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet, now time.Time, ids []uuid.UUID) ([]uuid.UUID, error) {
	zones, err := s.Messages.ZonesOf(ctx, tx, tenant, quiet.ZoneField(), quiet.Zone(), ids)
	if err != nil {
		return nil, err
	}
	var free, held []uuid.UUID
	var until []time.Time
	for _, id := range ids {
		in := zones[id]
		if in == nil {
			in = quiet.Zone()
		}
		if end := quiet.Until(now, in); !end.IsZero() {
			held, until = append(held, id), append(until, end)
			continue
		}
		free = append(free, id)
	}
	return free, setDue(ctx, tx, tenant, c.ID, held, until)
}

// waitForNext leaves a campaign alone until the next recipient's time.
func (s *Service) waitForNext(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	next, err := nextDue(ctx, tx, tenant, c)
	if err != nil || next == nil {
		return err
	}
	return s.waitUntil(ctx, tx, tenant, c, *next)
}

// Wait is how many people of a campaign wait until a time.
type Wait struct {
	Until  time.Time `json:"until"`
	People int64     `json:"people"`
}

// mostWaits is how many times are listed: more than there are zones.
const mostWaits = 50

// Waits lists who waits until when: for their own time, quiet hours or the daily limit.
func (s *Service) Waits(ctx context.Context, id uuid.UUID) (waits []Wait, err error) {
	waits = []Wait{}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil || c.Status != Running {
			return notFound(err)
		}
		waits, err = s.waits(ctx, tx, tenant, c)
		return err
	})
	return waits, err
}

func (s *Service) waits(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) ([]Wait, error) {
	delays, err := s.Messages.Delays(ctx, tx, tenant, c.ChannelID, c.ID)
	if err != nil {
		return nil, fmt.Errorf("read what the gate delays: %w", err)
	}
	waits := []Wait{}
	for _, d := range delays {
		waits = append(waits, Wait(d))
	}
	if c.LocalAt != nil || c.timed {
		due, err := dueLater(ctx, tx, tenant, c.ID, s.Clock.Now())
		if err != nil {
			return nil, fmt.Errorf("read who is due later: %w", err)
		}
		return merge(append(waits, due...)), nil
	}
	quiet, err := s.Messages.Quiet(ctx, tx, tenant)
	if err != nil {
		return nil, fmt.Errorf("read quiet hours: %w", err)
	}
	held, err := s.quietFor(ctx, tx, tenant, c, quiet)
	if err != nil || !held || quiet.ByRecipient() {
		return merge(waits), err
	}
	if until := quiet.Until(s.Clock.Now(), quiet.Zone()); !until.IsZero() && c.Counts.Pending > 0 {
		waits = append(waits, Wait{until, c.Counts.Pending})
	}
	return merge(waits), nil
}
