// Package campaign owns one-to-many sends: a campaign, its frozen recipients and
// their counts.
//
// It owns the tables campaigns, campaign_counters, campaign_freezes, campaign_recipients,
// campaign_variants, campaign_acts, campaign_act_counts, campaign_series,
// campaign_occurrences, campaign_approvals and campaign_log. It does
// not own sending (message), who belongs to an audience (contact), the wording
// (template) money (billing) or
// tracked links and their clicks (link).
//
// Life cycle:
//
//	draft → scheduled → running ⇄ paused → completed
//	  │       └───────────┴────────┴→ cancelled
//	  ├→ awaiting_approval → draft, or what was asked for
//	  └→ repeating → cancelled
//
// A scheduled campaign is paused too when its template's price changes; continuing
// schedules it again.
//
// A repeating campaign is the pattern of a series: each of its runs is a campaign of its own.
// One that costs more than the workspace allows one person waits for a second.
// Starting freezes the recipients and their parameters, one row per contact, in
// chunks by ascending contact id; sending begins with the first chunk. The lane's
// claims feed them as they take them (Pending, Feed); where recipients wait for times,
// the lane asks for more when it runs low (Refill), so a million never queue at once. A campaign is completed when every recipient was handed to WhatsApp or
// ended before; counts keep moving as reports come in.
package campaign

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Status is where a campaign is in its life.
type Status string

// The statuses.
const (
	Draft     Status = "draft"
	Awaiting  Status = "awaiting_approval"
	Repeating Status = "repeating"
	Scheduled Status = "scheduled"
	Running   Status = "running"
	Paused    Status = "paused"
	Completed Status = "completed"
	Cancelled Status = "cancelled"
)

// moves is the one table of allowed changes of status.
var moves = map[Status][]Status{
	Draft:     {Scheduled, Running, Awaiting, Repeating},
	Awaiting:  {Draft, Scheduled, Running, Repeating},
	Repeating: {Cancelled},
	Scheduled: {Draft, Running, Paused, Cancelled},
	Running:   {Paused, Completed, Cancelled},
	Paused:    {Running, Scheduled, Cancelled},
}

// may returns a conflict when a campaign in this status cannot become another.
func (s Status) may(to Status) error {
	for _, allowed := range moves[s] {
		if allowed == to {
			return nil
		}
	}
	return fault.Conflict("A campaign that is " + s.words() + " cannot become " + to.words() + ".").WithCode("status")
}

func (s Status) words() string {
	if s == Awaiting {
		return "awaiting approval"
	}
	return string(s)
}

// Campaign is a one-to-many send with its counts.
type Campaign struct {
	ID          uuid.UUID
	Name        string
	Status      Status
	PauseReason string // a key of pauses; empty unless paused by the machine
	PauseCode   int    // Meta's error code, when Meta is the reason
	ChannelID   uuid.UUID
	TemplateID  uuid.UUID
	Audience    contact.Audience
	Mapping     []Source
	ByLanguage  bool        // each contact gets the template in its own language, where there is one
	Experiment  *Experiment // nil: one message for everybody
	HoldOut     int         // percent of the audience that gets nothing
	WindowDays  int         // for so long after the start what people do counts for the hold-out
	RetryDays   int         // for so long after the start failures are tried again; 0: never
	RetryUntil  *time.Time  // that end, once started
	DecideAt    *time.Time  // when the winner is chosen, once the test has been sent
	Route       message.Route
	Winner      int16 // the variant that the rest gets; 0: not decided
	BudgetCap   *money.Amount
	ScheduledAt *time.Time
	LocalAt     *time.Time    // set: everybody gets it when their own clock shows this; its zone says nothing
	SeriesID    *uuid.UUID    // the campaign it is a run of
	ApprovedCap *money.Amount // the most it may cost without a (new) approval; nil: no such limit
	Uncapped    bool          // the frequency cap does not hold for it
	StartedAt   *time.Time
	FinishedAt  *time.Time
	Frozen      bool
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Counts      Counts

	agreed    template.Category // whose price was agreed to at the start
	feedAfter uuid.UUID
	timed     bool // some recipients wait for a time of their own
}

// Counts is how many recipients are in each outcome; Pending are frozen but not
// yet queued. They sum to Total.
type Counts struct {
	Total     int64 `json:"total"`
	Pending   int64 `json:"pending"`
	Queued    int64 `json:"queued"`
	Sending   int64 `json:"sending"`
	InDoubt   int64 `json:"inDoubt"`
	Unknown   int64 `json:"unknown"`
	Accepted  int64 `json:"accepted"`
	Sent      int64 `json:"sent"`
	Delivered int64 `json:"delivered"`
	Read      int64 `json:"read"`
	Expired   int64 `json:"expired"`
	Failed    int64 `json:"failed"`
	Refused   int64 `json:"refused"`
	Cancelled int64 `json:"cancelled"`
	Duplicate int64 `json:"duplicate"`
	HeldOut   int64 `json:"heldOut" doc:"Chosen at random to get nothing"`

	// Beside the outcomes:
	Resting  int64 `json:"resting" doc:"Of the pending, those who wait for the winner"`
	Retrying int64 `json:"retrying" doc:"Of the failed, those who will be tried again"`
	Replied  int64 `json:"replied" doc:"Wrote within a week after the message, this campaign's being the last they got"`

	Clicked int64 `json:"clicked" doc:"People who clicked a tracked link; of those delivered or read"`

	converted int64 // people of whom a conversion counts for it; read where results are compared

	Committed money.Amount `json:"committed"` // held or charged, ten-thousandths
	Charged   money.Amount `json:"charged"`
}

// pauseApproval: what one person may start, or what was approved, is used up.
const pauseApproval = "approval"

// pauses put the machine's reasons to pause in words, with what to do.
var pauses = map[string]Note{
	"":            {Title: "Paused by a person.", Advice: "Resume when you are ready."},
	"no_credit":   {Title: "The wallet does not cover the next messages.", Advice: "Top up the wallet, then resume."},
	"month_cap":   {Title: "The workspace has spent as much this month as its cap allows.", Advice: "Raise the cap in the wallet, or wait for the next month; then resume."},
	pauseApproval: {Kind: pauseApproval, Title: "It would cost more than one person may start, or than was approved.", Advice: "Ask a second person to approve the rest."},
	"budget":      {Title: "The campaign's budget is used up.", Advice: "Raise the budget, then resume; or cancel the rest."},
	"template":    {Title: "The template is no longer approved at WhatsApp.", Advice: "Open the template to see why; resume when it is approved again."},
	pauseCategory: {Kind: pauseCategory, Title: "WhatsApp changes the template's category, and with it the price.", Advice: "Look at the new cost, then continue or cancel."},
	"meta":        {Title: "WhatsApp refused the campaign's messages.", Advice: "Mend what WhatsApp says, then resume."},
}

// Note is a sentence with what a person can do about it.
type Note struct {
	Kind   string `json:"kind,omitempty" doc:"category: WhatsApp changed the template's price; approval: a second person must agree to the rest"`
	Title  string `json:"title"`
	Advice string `json:"advice"`
}
