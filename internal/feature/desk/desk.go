// Package desk decides who gets a conversation.
//
// It owns teams, who is there and how much each takes (desk_members), assignment rules, the queue of
// conversations for which nobody was free, and handing on what is not answered. It does not own
// conversations nor the assigning itself (conversation), nor when a workspace works (hours).
//
// A conversation that a customer opens and nobody has is matched against the rules in their order; the
// first that fits gives it to a team and tries its ways to choose a person. Who is chosen is there,
// within hours, and has room. Where nobody is, it waits in the queue until somebody is.
package desk

import (
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Way is how a rule chooses a person.
type Way string

// The ways.
const (
	RoundRobin   Way = "round_robin"   // whose turn it is
	LeastBusy    Way = "least_busy"    // who has the least of what they can take
	LastHandler  Way = "last_handler"  // who had the conversation before
	ContactOwner Way = "contact_owner" // who looks after the contact
)

// Hours in which a rule fits.
const (
	AnyHours    = "any"
	OpenHours   = "open"
	ClosedHours = "closed"
)

// Rule says what becomes of a conversation that fits.
type Rule struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name" minLength:"1" maxLength:"80"`
	Enabled bool      `json:"enabled"`

	Channels []uuid.UUID `json:"channels,omitempty" maxItems:"100" doc:"Numbers it is for; none: all"`
	Hours    string      `json:"hours" enum:"any,open,closed" doc:"By the calendar of the team or number"`

	TeamID *uuid.UUID `json:"teamId,omitempty" doc:"Who is chosen from; none: everybody"`
	Ways   []Way      `json:"ways" maxItems:"4" doc:"Tried in their order; none: it is left to the team"`

	Queue           bool   `json:"queue" doc:"It waits when nobody is free, and whoever is next gets it"`
	QueueText       string `json:"queueText,omitempty" maxLength:"1000" doc:"Said to who waits; {{position}} is their place"`
	ReassignMinutes int    `json:"reassignMinutes,omitempty" minimum:"0" maximum:"1440" doc:"Somebody else gets it when it is not answered in so many minutes within hours; 0: never"`
}

const (
	mostRules = 50
	mostTeams = 100
)

func (r *Rule) clean() error {
	if n := utf8.RuneCountInString(r.Name); n == 0 || n > 80 {
		return invalid("body.name", "Between 1 and 80 characters.")
	}
	if r.Hours == "" {
		r.Hours = AnyHours
	}
	seen := map[Way]bool{}
	for _, w := range r.Ways {
		if seen[w] || w != RoundRobin && w != LeastBusy && w != LastHandler && w != ContactOwner {
			return invalid("body.ways", "Each way once: round_robin, least_busy, last_handler, contact_owner.")
		}
		seen[w] = true
	}
	if r.Queue && len(r.Ways) == 0 {
		return invalid("body.queue", "A rule that chooses nobody has no queue.")
	}
	return nil
}

func invalid(at, sentence string) error {
	return fault.Invalid("The rule is not complete.").At(at, sentence)
}

// fits says whether a rule is for a conversation of that number now.
func (r Rule) fits(channel uuid.UUID, open bool) bool {
	if !r.Enabled || r.Hours == OpenHours && !open || r.Hours == ClosedHours && open {
		return false
	}
	for _, c := range r.Channels {
		if c == channel {
			return true
		}
	}
	return len(r.Channels) == 0
}

// away is after how long without a sign somebody is not there.
const away = 3 * time.Minute

// Member is somebody at the desk.
type Member struct {
	UserID   uuid.UUID `json:"userId"`
	Away     bool      `json:"away" doc:"Takes no conversations"`
	Online   bool      `json:"online" doc:"Is there now, and takes conversations"`
	Capacity int       `json:"capacity" doc:"Open conversations at most; 0: no limit"`
	Open     int       `json:"open" doc:"Open conversations now"`

	seenAt, givenAt time.Time
}

// online says whether somebody is there and takes conversations.
func (m Member) online(now time.Time) bool { return !m.Away && now.Sub(m.seenAt) < away }

// room says whether somebody can take one more.
func (m Member) room() bool { return m.Capacity == 0 || m.Open < m.Capacity }

// Team is people who share conversations.
type Team struct {
	ID      uuid.UUID   `json:"id"`
	Name    string      `json:"name"`
	Members []uuid.UUID `json:"members" doc:"User ids"`
}
