package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// Pending lists, unlocked, whom a claim may feed and take at once: recipients of the channel's running
// campaigns in which nobody waits for a time of their own. Campaigns share the room equally. It is
// message.Hooks.Pending.
func (s *Service) Pending(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, room message.Room) ([]message.Pending, error) {
	running, quiet, err := s.runningOn(ctx, tx, tenant, channel)
	if err != nil {
		return nil, fmt.Errorf("list running campaigns: %w", err)
	}
	var fed []Campaign
	for _, c := range running {
		ready, err := s.fedByClaim(ctx, tx, tenant, c, quiet)
		if err != nil {
			return nil, fmt.Errorf("read template: %w", err)
		}
		if ready {
			fed = append(fed, c)
		}
	}
	left := room.Free
	if len(fed) < len(running) { // the others' messages are queued: these keep their share beside them
		left = max(left, room.All*len(fed)/len(running))
	}
	var list []message.Pending
	for i, c := range fed {
		next, err := s.pendingOf(ctx, tx, tenant, c, min((left+len(fed)-i-1)/(len(fed)-i), ahead-int(c.Counts.Queued)))
		if err != nil {
			return nil, fmt.Errorf("read recipients of campaign %s: %w", c.ID, err)
		}
		list, left = append(list, next...), left-len(next)
	}
	return list, nil
}

// fedByClaim says whether claims may feed a campaign now: in order, and not in the workspace's quiet hours.
func (s *Service) fedByClaim(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, quiet message.Quiet) (bool, error) {
	held, err := s.quietFor(ctx, tx, tenant, c, quiet)
	if err != nil || !c.inOrder(held, quiet) {
		return false, err
	}
	return !held || quiet.Until(s.Clock.Now(), quiet.Zone()).IsZero(), nil
}

// pendingOf reads the next recipients after the cursor. The cursor is a hint that saves reading fed
// rows: when nothing is found after it, those before are looked at once more before the campaign is
// called complete.
func (s *Service) pendingOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, limit int) ([]message.Pending, error) {
	if limit <= 0 {
		return nil, nil
	}
	list, err := nextPending(ctx, tx, tenant, c, c.feedAfter, limit)
	if err == nil && len(list) == 0 && c.Frozen && c.feedable() > 0 {
		list, err = nextPending(ctx, tx, tenant, c, uuid.UUID{}, limit)
	}
	return list, err
}

// Feed takes recipients out of the pending, campaigns in id order as everywhere, and moves the cursors.
// It says whether all still were pending; where not, the caller undoes what it did. It is
// message.Hooks.Feed, called under the campaigns' locks of Standing.
func (s *Service) Feed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Pending) (bool, error) {
	of := make(map[uuid.UUID][]message.Pending)
	for _, p := range list {
		of[p.CampaignID] = append(of[p.CampaignID], p)
	}
	ids := inOrder(of)
	for _, id := range ids {
		if all, err := feedPending(ctx, tx, tenant, id, of[id]); err != nil || !all {
			return false, err
		}
	}
	for _, id := range ids {
		if err := countFed(ctx, tx, tenant, id, fedNow(id, of[id])); err != nil {
			return false, fmt.Errorf("count campaign %s: %w", id, err)
		}
	}
	return true, nil
}

// fedNow is where the cursor goes, and who no longer rests. The states are counted as they move.
func fedNow(id uuid.UUID, list []message.Pending) fed {
	var f fed
	for _, p := range list {
		if string(p.ContactID[:]) > string(f.last[:]) {
			f.last = p.ContactID
		}
		if p.Rested {
			Campaign{ID: id, Winner: p.Variant}.chosen(&f.tally, 1)
		}
	}
	return f
}
