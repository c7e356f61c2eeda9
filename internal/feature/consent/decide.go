package consent

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Standing is where a person stands, as their row says.
type Standing struct {
	Marketing   State
	MarketingAt time.Time // when they said so
	UtilityOut  bool
	TopicsOut   []uuid.UUID
	Days        int       // marketing at most once in so many days; 0: no wish
	Suppressed  bool      // nothing is sent to them
	Left        bool      // suppressed because they asked for it themselves
	SpokeAt     time.Time // when they last wrote; zero: never
}

// Kind is what sort of message asks to go: a template's category, or free text.
type Kind string

// The kinds, as Meta names a template's category; KindFree is text without a template.
const (
	KindMarketing Kind = "MARKETING"
	KindUtility   Kind = "UTILITY"
	KindFree      Kind = "SERVICE"
)

// Ask is a message that wants to go to a person.
type Ask struct {
	Kind       Kind
	Automatic  bool      // no person wrote it for this person: campaign, workflow, agent, API
	Final      bool      // the answer to a STOP or START itself
	Topic      uuid.UUID // of the template; zero: none
	LastOffer  time.Time // their last marketing message, where Days matters
	NeedsOptIn bool      // the workspace writes marketing only to people who opted in
	Now        time.Time
}

// Refusal is why a message may not go; empty: it may.
type Refusal string

// The refusals. message shows them with what to do.
const (
	Suppressed      Refusal = "suppressed"
	Left            Refusal = "left"
	OptedOut        Refusal = "opted_out"
	NoOptIn         Refusal = "no_opt_in"
	Unconfirmed     Refusal = "unconfirmed"
	UtilityRefused  Refusal = "utility_out"
	TopicRefused    Refusal = "topic_out"
	FrequencyChosen Refusal = "frequency_chosen"
	Stopped         Refusal = "stopped"
)

// Decide says whether a message may go to a person. It is the only place that does, for all ways to
// send. Whoever left gets nothing; whoever stopped marketing still gets what they are owed, and
// answers to what they wrote. After a stop nothing automatic goes until they write again: their
// "stop" opened a service window, but is no invitation.
func Decide(a Ask, s Standing) Refusal {
	switch {
	case s.Left:
		return Left
	case s.Suppressed:
		return Suppressed
	}
	switch a.Kind {
	case KindMarketing:
		return decideMarketing(a, s)
	case KindUtility:
		if s.UtilityOut {
			return UtilityRefused
		}
	case KindFree:
		if s.Marketing == Out && a.Automatic && !a.Final && !s.SpokeAt.After(s.MarketingAt) {
			return Stopped
		}
	}
	return ""
}

func decideMarketing(a Ask, s Standing) Refusal {
	switch {
	case s.Marketing == Out:
		return OptedOut
	case s.Marketing == Pending:
		return Unconfirmed
	case a.NeedsOptIn && s.Marketing != In:
		return NoOptIn
	case a.Topic != uuid.Nil && slices.Contains(s.TopicsOut, a.Topic):
		return TopicRefused
	case s.Days > 0 && !a.LastOffer.IsZero() && a.Now.Before(a.LastOffer.AddDate(0, 0, s.Days)):
		return FrequencyChosen
	}
	return ""
}
