// Package consent keeps what people agreed to and what they took back, and decides from it.
//
// It owns the consent record, which is only ever added to; the one decision whether a message may
// go to a person, which every way to send asks through message's gate; the words by which people
// stop and start; the reading of free text for requests to be left alone, and those a person of the
// workspace must decide; the opt-ins that people confirm themselves; topics; and the page on which
// contacts choose for themselves. It does not own contacts: the present state stands on the contact's row, and feature/contact, its only writer,
// appends to the record in the same transaction (Append). It does not own messages either: message
// tells it what was said (Hear) and sends the answer.
//
// Life cycle of a consent: given (where the workspace wants it, after a wait for the person's own
// word), perhaps narrowed (a topic, a frequency), withdrawn, given again. Each is a record with who, when, for what, how, the text shown and the evidence.
package consent

import (
	"time"

	"github.com/google/uuid"
)

// Purpose is what messages are for.
type Purpose string

// The purposes. All is everything: a person who left gets nothing at all.
const (
	Marketing Purpose = "marketing"
	Utility   Purpose = "utility" // order updates, reminders
	All       Purpose = "all"
)

// State is what a person said about a purpose.
type State string

// The states. Unknown is also what undoing leads back to.
const (
	Unknown State = "unknown"
	Pending State = "pending" // somebody said yes for them; they have not confirmed it (see confirm.go)
	In      State = "in"
	Out     State = "out"
)

// Via is how a change of consent reached us.
type Via string

// The ways.
const (
	ViaScreen     Via = "screen"
	ViaAPI        Via = "api"
	ViaImport     Via = "import"
	ViaBulk       Via = "bulk"
	ViaWord       Via = "word"       // a STOP or START word
	ViaButton     Via = "button"     // a quick reply that stops or starts
	ViaUnderstood Via = "understood" // free text that asks to be left alone
	ViaDecided    Via = "decided"    // a person decided on such a text
	ViaPage       Via = "page"       // the preference page
	ViaWhatsApp   Via = "whatsapp"   // stopped or resumed in WhatsApp itself
	ViaRefusal    Via = "refusal"    // Meta refused a message because of it (131050)
	ViaMerge      Via = "merge"      // taken over from a contact that became part of this one
	ViaUndo       Via = "undo"       // an import that gave or took it was undone
	ViaLapse      Via = "lapse"      // nobody confirmed it in time
)

// ByContact is who recorded what the person did themselves; ByWhatsApp what Meta reported.
const (
	ByContact  = "contact"
	ByWhatsApp = "whatsapp"
)

// Change is one change of consent, for one or many people.
type Change struct {
	Purpose   Purpose
	State     State
	Topic     uuid.UUID // a topic of marketing; zero: all of it
	Days      *int      // marketing at most once in so many days; 0: as it comes. State is In then
	Via       Via
	Source    string // where the person said it, in the recorder's words
	By        string // an e-mail address, ByContact, ByWhatsApp
	Shown     string // the text the person saw
	Evidence  string // their words, or where the proof is
	Proof     map[string]string
	MessageID uuid.UUID
	BatchID   uuid.UUID // the import or bulk action
	At        time.Time // when it happened
	Key       string    // set: the same key is the same record, however often it is reported
}

// Record is a change of one person, as it stands in the record.
type Record struct {
	ID            uuid.UUID         `json:"id"`
	ContactID     uuid.UUID         `json:"contactId"`
	Purpose       Purpose           `json:"purpose" enum:"marketing,utility,all"`
	State         State             `json:"state" enum:"unknown,pending,in,out"`
	TopicID       *uuid.UUID        `json:"topicId,omitempty"`
	TopicName     string            `json:"topicName,omitempty"`
	FrequencyDays *int              `json:"frequencyDays,omitempty" doc:"Marketing at most once in so many days; 0: no wish"`
	Via           Via               `json:"via"`
	Source        string            `json:"source,omitempty"`
	By            string            `json:"by,omitempty" doc:"An e-mail address, contact or whatsapp"`
	Shown         string            `json:"shown,omitempty" doc:"The text the person saw"`
	Evidence      string            `json:"evidence,omitempty"`
	Proof         map[string]string `json:"proof,omitempty"`
	MessageID     *uuid.UUID        `json:"messageId,omitempty"`
	At            time.Time         `json:"at"`
	WithdrawnAt   *time.Time        `json:"withdrawnAt,omitempty" doc:"When a consent given here was taken back"`
}

// Lengths of what is kept, in characters.
const (
	maxEvidence = 500
	maxShown    = 2000
)
