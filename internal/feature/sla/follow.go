package sla

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
)

// moves says whether a change can start, stop or pause a clock.
func moves(w conversation.What) bool {
	switch w {
	case conversation.Noted, conversation.WasRead, conversation.Breached, conversation.Escalated, conversation.Rated:
		return false
	}
	return true
}

// Follow moves the clocks with their conversations. It is part of conversation.Hooks.Changed.
func (s *Service) Follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	states := statesOf(changes, s.Clock.Now())
	if len(states) == 0 {
		return nil
	}
	rules, err := policies(ctx, tx, tenant)
	if err != nil || len(rules) == 0 {
		return err
	}
	return s.follow(ctx, tx, tenant, states, rules)
}

// statesOf is one state per case that was moved, as the move left it.
func statesOf(changes []conversation.Change, now time.Time) map[uuid.UUID]state {
	found := map[uuid.UUID]state{}
	for _, ch := range changes {
		if ch.Case != nil && moves(ch.What) {
			found[ch.Case.ID] = stateOf(ch.Now, *ch.Case, now)
		}
	}
	return found
}

func stateOf(c conversation.Conversation, k conversation.Case, now time.Time) state {
	return state{Conversation: c, Case: k.ID, Customer: k.FirstInboundAt, Answered: k.FirstReplyAt != nil, Over: k.ResolvedAt != nil, At: now}
}

// follow reconciles the clocks of some cases and stores what is different.
func (s *Service) follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, states map[uuid.UUID]state, list []Policy) error {
	known, err := ofCases(ctx, tx, tenant, keys(states))
	if err != nil {
		return fmt.Errorf("read clocks: %w", err)
	}
	rules, err := s.rules(ctx, tx, tenant, states, list)
	if err != nil {
		return err
	}
	var changed []*Clock
	var ended []Ended
	for _, id := range keys(states) {
		was := running(known[id])
		started := reconcile(known[id], states[id], rules[id])
		for i, k := range known[id] {
			if was[i] == nil || k.same(*was[i]) {
				continue
			}
			changed = append(changed, k)
			if !k.running() {
				ended = append(ended, Ended{Clock: *k, AssigneeID: states[id].Conversation.AssigneeID})
			}
		}
		changed = append(changed, started...)
	}
	if err := put(ctx, tx, tenant, changed); err != nil {
		return fmt.Errorf("store clocks: %w", err)
	}
	if len(ended) == 0 || s.Hooks.Ended == nil {
		return nil
	}
	return s.Hooks.Ended(ctx, tx, tenant, ended)
}

// running are the clocks as they are now, nil where one has stopped.
func running(list []*Clock) []*Clock {
	was := make([]*Clock, len(list))
	for i, k := range list {
		if k.running() {
			kept := *k
			was[i] = &kept
		}
	}
	return was
}

// rules are what is promised in each case.
func (s *Service) rules(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, states map[uuid.UUID]state, list []Policy) (map[uuid.UUID]rule, error) {
	book, err := s.Calendars.Read(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	labels := map[uuid.UUID][]uuid.UUID{}
	if byLabels(list) {
		var conversations []uuid.UUID
		for _, st := range states {
			conversations = append(conversations, st.Conversation.ID)
		}
		if labels, err = labelsOf(ctx, tx, tenant, conversations); err != nil {
			return nil, fmt.Errorf("read labels: %w", err)
		}
	}
	found := make(map[uuid.UUID]rule, len(states))
	for id, st := range states {
		c := st.Conversation
		p, ok := choose(list, c.ChannelID, c.TeamID, labels[c.ID])
		found[id] = rule{p, ok, hoursOf(book, p, c.ChannelID, c.TeamID)}
	}
	return found, nil
}

// hoursOf are those that a policy names, else those of the conversation.
func hoursOf(book *hours.Book, p Policy, channel uuid.UUID, team *uuid.UUID) *hours.Hours {
	if p.CalendarID != nil {
		if h, ok := book.Calendar(*p.CalendarID); ok {
			return h
		}
	}
	if team == nil {
		team = &uuid.Nil
	}
	return book.For(channel, *team)
}

// keys are the ids in order, so that rows are locked in one order.
func keys[V any](m map[uuid.UUID]V) []uuid.UUID {
	list := make([]uuid.UUID, 0, len(m))
	for id := range m {
		list = append(list, id)
	}
	slices.SortFunc(list, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return list
}
