// Package channel is the WhatsApp numbers a tenant has connected.
//
// It owns: the numbers and their sealed tokens; their status, quality, throughput and daily
// limit; pausing and resuming them; and the two global tables that say which tenant a phone
// number id, or a WhatsApp Business Account (WABA), belongs to.
// It does not own: what is sent over a number (message), the templates of its account
// (template), nor Meta's HTTP (provider/whatsapp).
//
// Life of a channel: connected by access token; then paused and resumed by people, by Meta or
// by the lane; needing a renewed token, disconnected or banned when Meta says so; removed at
// last, which forgets the token and frees the phone number id, while the row stays for the
// messages that name it. Adding the same number again revives that row.
package channel

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Status is whether a number may send. Only connected sends.
type Status string

// The statuses.
const (
	Connected    Status = "connected"
	Paused       Status = "paused"       // held back; Pause says by whom and until when
	NeedsReauth  Status = "needs_reauth" // Meta refuses the token: a new one is needed
	Disconnected Status = "disconnected" // no longer ours to use: removed, offboarded, deleted
	Banned       Status = "banned"       // Meta has disabled the number or its account
)

// moves is where each status may go. A banned or disconnected number has no token to lose, so
// needs_reauth is reached from the other two alone.
var moves = map[Status][]Status{
	Connected:    {Paused, NeedsReauth, Disconnected, Banned},
	Paused:       {Connected, NeedsReauth, Disconnected, Banned},
	NeedsReauth:  {Connected, Paused, Disconnected, Banned},
	Disconnected: {Connected, Paused, Banned},
	Banned:       {Connected, Paused, Disconnected},
}

// CanBecome reports whether a number may go from s to to. Staying is no move.
func (s Status) CanBecome(to Status) bool { return slices.Contains(moves[s], to) }

// Reason is why a number is held back.
type Reason string

// The reasons of a pause. All but ReasonUser come from Meta's answers or events.
const (
	ReasonUser        Reason = "user"        // a person paused it
	ReasonRestriction Reason = "restriction" // Meta restricts business-initiated messages for a time
	ReasonSpam        Reason = "spam"        // Meta's spam limit (131048): people block or report
	ReasonPayment     Reason = "payment"     // Meta has no valid payment method (131042)
	ReasonPolicy      Reason = "policy"      // Meta blocked it for a violation (368, 131031)
	ReasonSetup       Reason = "setup"       // the number is not registered or not verified at Meta
)

// Quality is Meta's rating of a number over the last seven days.
type Quality string

// The qualities.
const (
	Green          Quality = "GREEN"
	Yellow         Quality = "YELLOW"
	Red            Quality = "RED"
	UnknownQuality Quality = "UNKNOWN"
)

// Channel is one connected number. It never holds the token: Sendable opens it for the lane.
type Channel struct {
	TenantID        uuid.UUID  `db:"tenant_id"`
	ID              uuid.UUID  `db:"id"`
	PhoneNumberID   string     `db:"phone_number_id"` // Meta's id of the number
	WABAID          string     `db:"waba_id"`         // Meta's id of its business account
	PortfolioID     string     `db:"portfolio_id"`    // whose daily limit it shares; the WABA id where Meta names none
	DisplayPhone    string     `db:"display_phone"`   // as Meta writes it: "+91 80000 00000"
	VerifiedName    string     `db:"verified_name"`
	NameStatus      string     `db:"name_status"` // Meta's review of the name: APPROVED, PENDING_REVIEW, …
	Status          Status     `db:"status"`
	PauseReason     Reason     `db:"pause_reason"` // empty: nobody holds it back
	PauseNote       string     `db:"pause_note"`   // the words given with it
	PauseUntil      *time.Time `db:"pause_until"`  // nil: until resumed
	StatusNote      string     `db:"status_note"`  // the words for needs_reauth, disconnected, banned
	Quality         Quality    `db:"quality"`
	ThroughputLevel string     `db:"throughput_level"` // Meta's STANDARD, HIGH, NOT_APPLICABLE
	Throughput      int        `db:"throughput"`       // messages per second
	Coexistence     bool       `db:"coexistence"`      // also used in the WhatsApp Business app
	LimitTier       string     `db:"limit_tier"`       // Meta's TIER_250 … TIER_UNLIMITED
	DailyLimit      *int       `db:"daily_limit"`      // people per rolling 24 h of the portfolio; nil: no limit
	MarketingAPI    string     `db:"marketing_api"`    // Meta's ONBOARDED once the account agreed to the Marketing Messages API
	SubscribedAt    *time.Time `db:"subscribed_at"`    // when webhooks of the account began
	RefreshedAt     *time.Time `db:"refreshed_at"`     // when Meta last told us all this
	RefreshError    string     `db:"refresh_error"`    // why the last attempt learned nothing
	RemovedAt       *time.Time `db:"removed_at"`
	CreatedAt       time.Time  `db:"created_at"`
	UpdatedAt       time.Time  `db:"updated_at"`
}

// hold keeps the number from sending. A person's pause is never replaced by Meta's, whose
// end would then resume what the person stopped.
func (c *Channel) hold(reason Reason, note string, until *time.Time) {
	if c.PauseReason == ReasonUser && reason != ReasonUser {
		return
	}
	c.PauseReason, c.PauseNote, c.PauseUntil = reason, note, until
	if c.Status.CanBecome(Paused) && c.Status == Connected {
		c.Status = Paused
	}
}

// release ends a pause. A number that cannot send for another reason stays as it is.
func (c *Channel) release() {
	c.PauseReason, c.PauseNote, c.PauseUntil = "", "", nil
	if c.Status == Paused {
		c.Status = Connected
	}
}

// lose takes the number out of use with the words for it; false when the table forbids it.
func (c *Channel) lose(to Status, note string) bool {
	if c.Status != to && !c.Status.CanBecome(to) {
		return false
	}
	c.Status, c.StatusNote = to, note
	return true
}

// restore brings a lost number back, paused if it was being held back.
func (c *Channel) restore() {
	c.StatusNote = ""
	to := Connected
	if c.PauseReason != "" {
		to = Paused
	}
	if c.Status.CanBecome(to) {
		c.Status = to
	}
}

// pauseOver reports whether a pause with an end has reached it.
func (c *Channel) pauseOver(now time.Time) bool {
	return c.PauseReason != "" && c.PauseUntil != nil && !now.Before(*c.PauseUntil)
}
