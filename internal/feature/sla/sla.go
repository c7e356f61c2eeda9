// Package sla keeps what a workspace promises to those who write: an answer within so much business
// time, and a solution.
//
// It owns policies and clocks. It does not own conversations and their cases (conversation), nor when
// people are there (hours), nor how they are told (notification, by a hook).
//
// A policy says how fast, for which conversations; the first active one that fits counts. Life cycle of
// a clock: it starts when a customer waits (first and next response) or a case begins (resolution), may
// pause, and stops when somebody answers, or the case ends: kept, missed, or dropped where nothing was to
// be kept any more. When four fifths of the time are spent, whoever looks after the conversation is warned,
// once. What falls due meanwhile is a breach, told in the thread, and escalates level by level until the
// clock stops. Clocks move in the transactions that move their conversation, whose row
// lock they are under; the sweep (sweep.go) takes the same lock first.
package sla

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Kind is what is promised.
type Kind string

// The promises.
const (
	First      Kind = "first"      // the first answer of a case
	Next       Kind = "next"       // each later answer
	Resolution Kind = "resolution" // the end of the case
)

// Outcome is how a clock ended; empty while it runs.
type Outcome string

// The outcomes.
const (
	Kept    Outcome = "kept"
	Missed  Outcome = "missed"
	Dropped Outcome = "dropped" // the case ended before, or the promise was taken back
)

// Clock is one promise that runs, or ran, in a case.
type Clock struct {
	ID             uuid.UUID
	CaseID         uuid.UUID
	ConversationID uuid.UUID
	ChannelID      uuid.UUID
	TeamID         *uuid.UUID
	Kind           Kind
	PolicyID       uuid.UUID
	Minutes        int // of business time
	StartedAt      time.Time
	Pauses         []time.Time // when it stopped and ran again, in turn
	DueAt          *time.Time  // nil: paused, or never
	LookAt         *time.Time  // when the sweep has something to do
	BreachedAt     *time.Time
	Level          int // of escalation that was reached
	Raised         bool
	StoppedAt      *time.Time
	Outcome        Outcome
}

func (k *Clock) running() bool { return k.StoppedAt == nil }

func (k *Clock) paused() bool { return len(k.Pauses)%2 == 1 }

// falls is when a clock is due by some hours; false: not while it is paused, or never.
func (k *Clock) falls(h *hours.Hours) (time.Time, bool) {
	return k.spends(h, time.Duration(k.Minutes)*time.Minute)
}

// warns is when a clock is to be warned of: before it is due, when four fifths of its time are spent.
func (k *Clock) warns(h *hours.Hours) (time.Time, bool) {
	return k.spends(h, time.Duration(k.Minutes)*time.Minute*4/5)
}

// spends is when a clock has run for so long by some hours; false: not while it is paused, or never.
func (k *Clock) spends(h *hours.Hours, left time.Duration) (time.Time, bool) {
	at := k.StartedAt
	for i := 0; i < len(k.Pauses); i += 2 {
		spent := h.Between(at, k.Pauses[i])
		if spent >= left {
			break
		}
		if i+1 == len(k.Pauses) {
			return time.Time{}, false
		}
		left -= spent
		at = k.Pauses[i+1]
	}
	return h.Add(at, left)
}

// warned says whether the sweep has warned of the clock: it looks again when it is due, or four fifths were
// spent before it stood still last.
func (k *Clock) warned(h *hours.Hours) bool {
	if k.DueAt != nil && k.LookAt != nil && k.LookAt.Equal(*k.DueAt) {
		return true
	}
	at, ok := k.warns(h)
	return ok && len(k.Pauses) > 0 && !at.After(k.Pauses[len(k.Pauses)-1])
}

// plan sets when the clock is due and when it is to be looked at, by what is promised now. A breach that
// is none by it is taken back.
func (k *Clock) plan(p Policy, h *hours.Hours, now time.Time) {
	k.PolicyID, k.Minutes = p.ID, p.minutes(k.Kind)
	warned := k.warned(h)
	due, ok := k.falls(h)
	k.DueAt, k.LookAt = nil, nil
	if !ok {
		return
	}
	k.DueAt = &due
	if due.After(now) {
		k.BreachedAt, k.Level, k.Raised = nil, 0, false
	}
	k.next(p, h)
	if at, ok := k.warns(h); ok && !warned && k.BreachedAt == nil && due.After(now) && at.Before(due) {
		k.LookAt = &at
	}
}

// next sets when the sweep looks again once it has warned: when it is due, then as each level is.
func (k *Clock) next(p Policy, h *hours.Hours) {
	k.LookAt = nil
	switch {
	case k.DueAt == nil || k.StoppedAt != nil:
	case k.BreachedAt == nil:
		k.LookAt = k.DueAt
	case k.Level < len(p.Levels):
		if at, ok := h.Add(*k.DueAt, time.Duration(p.Levels[k.Level].AfterMinutes)*time.Minute); ok {
			k.LookAt = &at
		}
	}
}

// pause stops the clock for a while, or lets it run again.
func (k *Clock) pause(want bool, at time.Time) {
	if want != k.paused() {
		k.Pauses = append(k.Pauses, at)
	}
}

// stop ends the clock. ended says that what was promised happened.
func (k *Clock) stop(ended bool, h *hours.Hours, at time.Time) {
	due, falls := k.falls(h)
	late := falls && due.Before(at)
	switch {
	case late:
		k.Outcome = Missed
		if k.BreachedAt == nil {
			k.BreachedAt = &due
		}
	case ended:
		k.Outcome = Kept
	default:
		k.Outcome = Dropped
	}
	k.StoppedAt, k.DueAt, k.LookAt = &at, nil, nil
}

// same says that nothing of a clock is to be stored.
func (k *Clock) same(was Clock) bool {
	return k.PolicyID == was.PolicyID && k.Minutes == was.Minutes && len(k.Pauses) == len(was.Pauses) && at(k.DueAt).Equal(at(was.DueAt)) &&
		at(k.LookAt).Equal(at(was.LookAt)) && at(k.BreachedAt).Equal(at(was.BreachedAt)) && k.Level == was.Level && k.Raised == was.Raised &&
		at(k.StoppedAt).Equal(at(was.StoppedAt)) && id(k.TeamID) == id(was.TeamID)
}

func at(t *time.Time) (v time.Time) {
	if t != nil {
		v = *t
	}
	return v
}

func id(u *uuid.UUID) (v uuid.UUID) {
	if u != nil {
		v = *u
	}
	return v
}

func invalid(place, sentence string) error { return fault.Invalid(sentence).At(place, sentence) }

func errNoPolicy() error {
	return fault.NotFound("There is no SLA policy with this id.").WithCode("sla_policy_not_found")
}
