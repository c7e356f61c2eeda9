// Package contact keeps the people a tenant writes to.
//
// It owns contacts and their addresses, fields, consent and suppression, tags and lists, the
// imports that bring them in by the million, and who belongs to an audience. It does not own
// what is said to them (message), what a message costs (billing) or conversations (inbox).
//
// A contact is identified by our id alone. Its phone number and its business-scoped user id are
// addresses; either may be absent, never both. Life cycle: made by hand, by an import or by the
// first message of a stranger; deleting erases what is known and keeps the addresses with the
// consent, so that messages still point somewhere and a person who opted out stays opted out
// when the next file names them again. Such a row comes back to life when it is added again.
package contact

import (
	"time"

	"github.com/google/uuid"
)

// OptIn is what a person said about marketing messages.
type OptIn string

// The states of consent. Opted out people get no marketing; other messages may still go.
const (
	OptInUnknown OptIn = "unknown"
	OptInPending OptIn = "pending" // somebody said yes for them; they have not confirmed it
	OptInGiven   OptIn = "in"
	OptInRefused OptIn = "out"
)

// Contact is a person. Empty strings stand for what is not known.
type Contact struct {
	ID              uuid.UUID         `json:"id"`
	Phone           string            `json:"phone,omitempty" doc:"E.164 with the plus"`
	WAID            string            `json:"waId,omitempty" doc:"Digits by which WhatsApp knows the person"`
	BSUID           string            `json:"bsuid,omitempty" doc:"Business-scoped user id, for people who hide their number"`
	Name            string            `json:"name"`
	Email           string            `json:"email,omitempty"`
	Locale          string            `json:"locale,omitempty"`
	Market          string            `json:"market,omitempty" doc:"Market that prices a message to this person"`
	Fields          map[string]string `json:"fields"`
	OptIn           Consent           `json:"optIn"`
	UtilityOut      bool              `json:"utilityOut,omitempty" doc:"Wants no order updates either"`
	TopicsOut       []uuid.UUID       `json:"topicsOut,omitempty" doc:"Topics of marketing the person does not want"`
	MarketingDays   int               `json:"marketingDays,omitempty" doc:"Wants marketing at most once in so many days"`
	Suppressed      *Suppression      `json:"suppressed,omitempty" doc:"Set: nothing is sent to this person"`
	Unreachable     *Unreachable      `json:"unreachable,omitempty" doc:"Set: WhatsApp could not reach the number"`
	WindowOpenUntil *time.Time        `json:"windowOpenUntil,omitempty" doc:"Until then anything may be written; later only templates"`
	Tags            []TagName         `json:"tags"`
	StageID         *uuid.UUID        `json:"stageId,omitempty" doc:"Where the person stands in the workspace's lifecycle"`
	StageAt         *time.Time        `json:"stageAt,omitempty" doc:"Since when"`
	OwnerID         *uuid.UUID        `json:"ownerId,omitempty" doc:"User id of the member who looks after the person"`
	CreatedAt       time.Time         `json:"createdAt"`
	UpdatedAt       time.Time         `json:"updatedAt"`

	deleted bool
	merged  uuid.UUID // the contact this one became part of; read by scanMerged alone
}

// Consent is the state with where it came from, when, and the proof.
type Consent struct {
	State    OptIn      `json:"state" enum:"unknown,pending,in,out"`
	Source   string     `json:"source,omitempty" maxLength:"100" doc:"Where it was given: import, form, WhatsApp"`
	At       *time.Time `json:"at,omitempty" readOnly:"true"`
	Evidence string     `json:"evidence,omitempty" maxLength:"500" doc:"The words agreed to, or where the proof is kept"`
	Shown    string     `json:"shown,omitempty" maxLength:"2000" writeOnly:"true" doc:"The text the person saw; kept in the consent record"`
}

// Suppression keeps everything from being sent to a person.
type Suppression struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	By     string    `json:"by,omitempty" doc:"Who did it: an e-mail address, whatsapp, or contact for who left by themselves"`
}

// Unreachable says that WhatsApp could not deliver to the number, and why.
type Unreachable struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Identity is what an event of WhatsApp says about a person. WAID or BSUID may be empty.
type Identity struct {
	WAID  string    // digits
	BSUID string    // such as "IN.1349…"
	Name  string    // the profile's name, taken only when we know none
	At    time.Time // when the event happened
}

const (
	maxName  = 200 // characters
	maxEmail = 254
	maxBSUID = 200
	maxField = 1000 // characters of one field's value
)
