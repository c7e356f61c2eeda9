package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// ahead is how many messages of one campaign are queued at most: enough that the
// lane never waits, few enough that a pause has little to park.
const ahead = 4000

// Refill queues more messages of the channel's running campaigns, and says how
// many: of those whose recipients wait for times of their own. The others' are fed by the claim that
// takes them (Pending, Feed); of these it looks after what is parked, and whether all is done. It is
// message.Hooks.Refill.
func (s *Service) Refill(ctx context.Context, tenant, channel uuid.UUID) (int, error) {
	var running []Campaign
	var quiet message.Quiet
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		running, quiet, err = s.runningOn(ctx, tx, tenant, channel)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("list running campaigns: %w", err)
	}
	total := 0
	for _, c := range running {
		n, err := s.feedOne(ctx, tenant, c, quiet, max(1, ahead/len(running)))
		if err != nil {
			return total, fmt.Errorf("feed campaign %s: %w", c.ID, err)
		}
		total += n
	}
	return total, nil
}

// runningOn reads the running campaigns of a channel and the workspace's quiet hours.
func (s *Service) runningOn(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID) (running []Campaign, quiet message.Quiet, err error) {
	var batch pgx.Batch
	queueRunningOn(&batch, tenant, channel, s.Clock.Now(), &running)
	s.Messages.QueueQuiet(&batch, tenant, &quiet)
	return running, quiet, tx.SendBatch(ctx, &batch).Close()
}

// feedOne tops one campaign up. The campaign is locked in shared mode and must be
// running, the recipients locked and pending: a pause or a cancel waits for us, or
// we for it.
func (s *Service) feedOne(ctx context.Context, tenant uuid.UUID, c Campaign, quiet message.Quiet, room int) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		found, err := standing(ctx, tx, tenant, []uuid.UUID{c.ID})
		if err != nil || len(found) == 0 || found[0].Status != Running {
			return err
		}
		if n, err = s.Messages.Unpark(ctx, tx, tenant, c.ChannelID, c.ID, room); err != nil || n == room {
			return err
		}
		fed, err := s.feedNext(ctx, tx, tenant, c, quiet, room-n)
		n += fed
		return err
	})
	if err != nil || n > 0 || !c.Frozen {
		return n, err
	}
	return 0, s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if c.onlyWaits() {
			return s.leaveAlone(ctx, tx, tenant, c.ID)
		}
		return s.finishIfDone(ctx, tx, tenant, c.ID)
	})
}

// feedNext queues whoever may be: nobody in the workspace's quiet hours; by their times where
// recipients have some, or where quiet hours are on their own clocks. In order nobody is queued.
func (s *Service) feedNext(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet, room int) (int, error) {
	held, err := s.quietFor(ctx, tx, tenant, c, quiet)
	if err != nil {
		return 0, fmt.Errorf("read template: %w", err)
	}
	if held && !quiet.ByRecipient() {
		if waits, err := s.waitQuiet(ctx, tx, tenant, c, quiet); err != nil || waits {
			return 0, err
		}
	}
	if c.inOrder(held, quiet) {
		return 0, nil
	}
	held = held && quiet.ByRecipient()
	if room, err = s.room(ctx, tx, tenant, c, held, room); err != nil || room <= 0 {
		return 0, err
	}
	if held {
		return s.feedTimed(ctx, tx, tenant, c, &quiet, room)
	}
	return s.feedTimed(ctx, tx, tenant, c, nil, room)
}

// inOrder says that nobody waits for a time of their own: claims feed such a campaign as they go.
func (c Campaign) inOrder(held bool, quiet message.Quiet) bool {
	return c.LocalAt == nil && !c.timed && !(held && quiet.ByRecipient())
}

// room is how many more may be queued. Those whom quiet hours of their own hold back while queued
// do not take the place of the others.
func (s *Service) room(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, held bool, room int) (int, error) {
	left := ahead - int(c.Counts.Queued)
	if left > 0 || !held {
		return min(room, left), nil
	}
	delays, err := s.Messages.Delays(ctx, tx, tenant, c.ChannelID, c.ID)
	if err != nil {
		return 0, fmt.Errorf("count what is delayed: %w", err)
	}
	for _, d := range delays {
		left += int(d.People)
	}
	return min(room, left), nil
}

// feedable is how many frozen recipients may be fed: without a winner, the rest may not.
func (c Campaign) feedable() int64 {
	if c.undecided() {
		return c.Counts.Pending - c.Counts.Resting
	}
	return c.Counts.Pending
}

// onlyWaits says that nobody can be fed before a winner is chosen, or that failures may be tried
// again: tending goes on with it, no lane need ask.
func (c Campaign) onlyWaits() bool {
	return c.Frozen && c.feedable() == 0 && (c.undecided() && c.Counts.Resting > 0 || c.RetryUntil != nil)
}

// leaveAlone lets a campaign that only waits ask for no lane for a while. It is read anew under its
// lock: a winner may have been chosen meanwhile.
func (s *Service) leaveAlone(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	c, err := lock(ctx, tx, tenant, id)
	if err != nil || !c.onlyWaits() {
		return err
	}
	return s.waitUntil(ctx, tx, tenant, c, s.Clock.Now().Add(recheck))
}

// Waiting lists the channels that have campaigns to feed from. It is message.Hooks.Waiting.
func (s *Service) Waiting(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]uuid.UUID, error) {
	return waitingChannels(ctx, tx, tenant, s.Clock.Now())
}

// Standing locks campaigns in shared mode for a claim. It is message.Hooks.Standing.
func (s *Service) Standing(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]message.Standing, error) {
	found, err := standing(ctx, tx, tenant, ids)
	if err != nil {
		return nil, fmt.Errorf("lock campaigns: %w", err)
	}
	standings := make(map[uuid.UUID]message.Standing, len(found))
	for _, f := range found {
		st := message.Standing{Runs: f.Status == Running, Cancelled: f.Status == Cancelled, Completed: f.Status == Completed, Route: f.Route,
			RetryTill: value(f.RetryTill)}
		if f.BudgetCap != nil {
			left := max(0, *f.BudgetCap-f.Committed)
			st.Budget = &left
		}
		standings[f.ID] = st
	}
	return standings, nil
}
