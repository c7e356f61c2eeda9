// Package sequence sends messages that follow each other by time, to people whom a trigger brings in: an
// event told by another system, a stage they come into, or an audience let in by hand. A triggered
// campaign is a sequence of one step that an event starts.
//
// It owns the tables sequences, sequence_versions, sequence_enrolments, sequence_sends, sequence_counts,
// sequence_events and sequence_intakes. It does not own sending (message), the wording (template, mapping),
// who people are (contact) or what they bought (goal).
//
// Life cycle:
//
//	draft → active ⇄ paused → archived
//	           └────────────────┘
//
// Publishing makes a version of the draft; whoever is inside finishes on theirs, or goes over at the next
// step. A person's way through it is an enrolment: waiting → finished, or exited with why. Each step takes
// one transaction that locks the enrolment, looks whether the person is still wanted, queues the message
// and sets when the next step is due; so a crash or a second worker never takes a step twice. What is
// queued and not yet claimed asks once more at the claim (Standing): who left in between gets nothing.
// Lock order: messages, the sequence, enrolments by id, counts, the wallet last.
package sequence

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Status is where a sequence is in its life.
type Status string

// The statuses.
const (
	Draft    Status = "draft"
	Active   Status = "active"
	Paused   Status = "paused"
	Archived Status = "archived"
)

// moves is the one table of allowed changes of status.
var moves = map[Status][]Status{
	Draft:  {Active},
	Active: {Paused, Archived},
	Paused: {Active, Archived},
}

// may returns a conflict when a sequence in this status cannot become another.
func (s Status) may(to Status) error {
	for _, allowed := range moves[s] {
		if allowed == to {
			return nil
		}
	}
	return fault.Conflict("A sequence that is " + s.words() + " cannot become " + to.words() + ".").WithCode("status")
}

func (s Status) words() string {
	if s == Draft {
		return "a draft"
	}
	return string(s)
}

// Sequence is a sequence with the version that is live.
type Sequence struct {
	ID          uuid.UUID
	Name        string
	Status      Status
	PauseReason string // a key of pauses
	Draft       Definition
	Live        int         // the version those who come now get; 0: never published
	Published   *Definition // of the live version
	MoveTo      int         // those on older versions go over to it at their next step; 0: nobody
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// State is where a person is on their way.
type State string

// The states of an enrolment. Waiting lasts until the last message was handed over.
const (
	Waiting  State = "waiting"
	Finished State = "finished"
	Exited   State = "exited"
)

// Reasons to exit.
const (
	exitReplied    = "replied"
	exitConverted  = "converted"
	exitOptedOut   = "opted_out"
	exitSuppressed = "suppressed"
	exitStopped    = "stopped"
	exitArchived   = "archived"
	exitGone       = "gone"
	exitMerged     = "merged"
	exitErased     = "erased"
)

// Note is a sentence with what a person can do about it.
type Note struct {
	Title  string `json:"title"`
	Advice string `json:"advice"`
}

// exits put the reasons to leave in words.
var exits = map[string]Note{
	exitReplied:    {"They wrote back.", "A person answers now; start another sequence when it makes sense."},
	exitConverted:  {"They reached the goal.", "Nothing to do: that is what it was for."},
	exitOptedOut:   {"They do not want these messages any more.", "They can opt in again by writing to you or on their preference page."},
	exitSuppressed: {"They are on your suppression list.", "Remove the suppression on the contact if they asked to hear from you again."},
	exitStopped:    {"A person took them out.", "Let them in again when they should go on."},
	exitArchived:   {"The sequence was archived.", "Nothing to do; nothing more is sent."},
	exitGone:       {"The contact was deleted.", "Nothing to do; nothing more is sent."},
	exitMerged:     {"The contact was merged with another who is in the sequence.", "Nothing to do: the person gets it once."},
	exitErased:     {"The person was erased on request.", "Nothing to do; nothing more is sent."},
}

// Reasons of the machine to pause.
const (
	pauseTemplate = message.HaltTemplate
	pauseNoCredit = message.HaltNoCredit
	pauseMonthCap = message.HaltMonthCap
)

// pauses put the reasons to pause in words, with what to do.
var pauses = map[string]Note{
	"":            {"Paused by a person.", "Resume when you are ready; nobody's place is lost."},
	pauseTemplate: {"A step's template cannot be sent now.", "Open the template to see why, or publish a version with another; then resume."},
	pauseMonthCap: {"The workspace has spent as much this month as its cap allows.", "Raise the cap in the wallet, or wait for the next month; then resume."},
	pauseNoCredit: {"The wallet does not cover the next messages.", "Top up the wallet, then resume; what waits is sent then."},
}

func errNoSequence() error {
	return fault.NotFound("There is no sequence with this id.").WithCode("sequence_not_found")
}

func invalid(place, sentence string) *fault.Error { return fault.Invalid(sentence).At(place, sentence) }
