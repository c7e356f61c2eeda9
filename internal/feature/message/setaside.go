package message

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// setAsideTries is how often an unmatched status is tried, over about nine hours.
const setAsideTries = 14

// evidenceTries is for how many of them, about a minute, a status may still be evidence
// that a message in doubt waits for.
const evidenceTries = 5

// setAsideWait grows from 2 s, doubled each time.
func setAsideWait(attempts int) time.Duration { return 2 * time.Second << min(attempts, 13) }

// retrySetAsides applies again what is about a message that was not known when it came.
func (s *Service) retrySetAsides(ctx context.Context) error {
	return s.DB.AsSystem(ctx, "retry set-aside items", func(txCtx context.Context, tx pgx.Tx) error {
		due, err := dueSetAsides(txCtx, tx, s.Clock.Now(), ingestBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		g := newGroups(s.Clock.Now())
		for _, a := range due {
			g.again(a)
		}
		if err := g.findOwners(txCtx, tx, s.Channels); err != nil {
			return err
		}
		open, err := s.stillUnmatched(ctx, g)
		if err != nil {
			return err
		}
		return s.closeSetAsides(txCtx, tx, due, open)
	})
}

// again takes a set-aside item into the batch.
func (g *groups) again(a SetAside) {
	if a.Kind == "message" {
		var m whatsapp.InboundMessage
		if err := json.Unmarshal(a.Item, &m); err == nil {
			g.inbound = append(g.inbound, deliveredMessage{InboundMessage: m, delivery: a.DeliveryID, aside: a.ID})
		}
		return
	}
	var e whatsapp.StatusEvent
	if err := json.Unmarshal(a.Item, &e); err == nil {
		g.statuses = append(g.statuses, deliveredStatus{StatusEvent: e, delivery: a.ID})
	}
}

// stillUnmatched applies the items of g and returns the set-asides that remain.
func (s *Service) stillUnmatched(ctx context.Context, g *groups) (map[uuid.UUID]bool, error) {
	open := make(map[uuid.UUID]bool)
	for tenant, p := range g.byTenant() {
		unmatched, err := s.applyStatuses(ctx, tenant, p.statuses)
		if err != nil {
			return nil, err
		}
		for _, st := range unmatched {
			open[st.delivery] = true
		}
		left, err := s.receive(ctx, tenant, p.arrive())
		if err != nil {
			return nil, err
		}
		for _, m := range left {
			open[m.aside] = true
		}
	}
	for _, a := range g.aside { // their number is still nobody's
		open[a.DeliveryID] = true
	}
	return open, nil
}

// closeSetAsides resolves those applied and postpones the others; after the last
// try an item waits for a person.
func (s *Service) closeSetAsides(ctx context.Context, tx pgx.Tx, due []SetAside, open map[uuid.UUID]bool) error {
	var resolved, postponed []uuid.UUID
	var next []*time.Time
	now := s.Clock.Now()
	for _, a := range due {
		if !open[a.ID] {
			resolved = append(resolved, a.ID)
			continue
		}
		postponed = append(postponed, a.ID)
		var at *time.Time
		if a.Attempts+1 < setAsideTries {
			t := now.Add(setAsideWait(a.Attempts + 1))
			at = &t
		}
		next = append(next, at)
	}
	if err := resolveSetAsides(ctx, tx, resolved, now); err != nil || len(postponed) == 0 {
		return err
	}
	return postponeSetAsides(ctx, tx, postponed, next)
}
