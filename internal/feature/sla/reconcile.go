package sla

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// state is what the clocks of a case follow: its conversation as it is after a move.
type state struct {
	Conversation conversation.Conversation
	Case         uuid.UUID
	Customer     *time.Time // when the customer first wrote in the case; nil: they have not
	Answered     bool       // a person has answered in it
	Over         bool       // it was resolved
	At           time.Time  // of the move
}

// rule is what is promised in a conversation, and by which hours. No policy: nothing is.
type rule struct {
	policy   Policy
	promised bool
	hours    *hours.Hours
}

// reconcile makes the clocks of a case say what its conversation does: it stops, pauses and plans those
// there are, and returns those that start. Doing it again changes nothing.
func reconcile(clocks []*Clock, s state, r rule) (started []*Clock) {
	for _, k := range clocks {
		if k.running() {
			k.follow(s, r)
		}
	}
	if s.Over || !r.promised {
		return nil
	}
	for _, kind := range wanted(clocks, s) {
		if r.policy.minutes(kind) > 0 {
			started = append(started, start(kind, s, r))
		}
	}
	return started
}

// follow moves one running clock.
func (k *Clock) follow(s state, r rule) {
	k.TeamID = s.Conversation.TeamID
	waits := s.Conversation.WaitingSince != nil
	switch {
	case !r.promised || r.policy.minutes(k.Kind) == 0:
		k.stop(false, r.hours, s.At)
	case s.Over:
		k.stop(k.Kind == Resolution, r.hours, s.At)
	case k.Kind != Resolution && !waits:
		k.stop(true, r.hours, s.At)
	default:
		if k.Kind == Resolution {
			k.pause(r.policy.pauses(s.Conversation.Status), s.At)
		}
		k.plan(r.policy, r.hours, s.At)
	}
}

func (d Definition) pauses(st conversation.Status) bool {
	return st == conversation.Pending && d.PausePending || st == conversation.Snoozed && d.PauseSnoozed
}

// wanted are the kinds that should run and do not.
func wanted(clocks []*Clock, s state) (kinds []Kind) {
	var responding, responded, resolving bool
	for _, k := range clocks {
		if k.Kind == Resolution {
			resolving = true // it runs once in a case
			continue
		}
		responding = responding || k.running()
		responded = true
	}
	if s.Conversation.WaitingSince != nil && !responding {
		if s.Answered || responded {
			kinds = append(kinds, Next)
		} else {
			kinds = append(kinds, First)
		}
	}
	if s.Customer != nil && !resolving {
		kinds = append(kinds, Resolution)
	}
	return kinds
}

func start(kind Kind, s state, r rule) *Clock {
	c := s.Conversation
	k := &Clock{ID: ident.New(), CaseID: s.Case, ConversationID: c.ID, ChannelID: c.ChannelID, TeamID: c.TeamID, Kind: kind}
	if kind == Resolution {
		k.StartedAt = *s.Customer
		k.pause(r.policy.pauses(c.Status), s.At)
	} else {
		k.StartedAt = *c.WaitingSince
	}
	k.plan(r.policy, r.hours, s.At)
	return k
}
