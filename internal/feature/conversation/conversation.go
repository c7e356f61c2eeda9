// Package conversation keeps what a person and a number of the workspace say to each other as one
// thread, and the work on it: its status, who looks after it, notes, labels, what was read.
//
// It owns the tables conversations, conversation_cases, conversation_entries, conversation_mentions,
// labels, conversation_labels, closing_reasons, conversation_drafts and inbox_settings. It does not own
// messages (message), who gets a conversation by itself (desk), what is promised to whom (sla) or how
// people are told (notification); these act by its hooks, in its transactions.
//
// A conversation is one contact's on one number, for good. Life cycle:
//
//	           ┌────────── a customer writes ──────────┐
//	open ⇄ pending, snoozed → open …                   │
//	  └→ resolved ─────────────────────────────────────┘
//
// Each way from opening to resolved is a case: what reports, SLAs and ratings count.
package conversation

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
)

// Status is where the work on a conversation stands.
type Status string

// The statuses.
const (
	Open     Status = "open"     // somebody has to do something
	Pending  Status = "pending"  // waits for the customer
	Snoozed  Status = "snoozed"  // rests until a time, or until the customer writes
	Resolved Status = "resolved" // done
)

// moves are where people may take a conversation from each status.
var moves = map[Status][]Status{
	Open:     {Pending, Snoozed, Resolved},
	Pending:  {Open, Snoozed, Resolved},
	Snoozed:  {Open, Pending, Snoozed, Resolved},
	Resolved: {Open},
}

// Who handles a conversation.
const (
	People = "people"
	Bot    = "bot"
)

// Conversation is one, as it is stored.
type Conversation struct {
	ID           uuid.UUID
	ContactID    uuid.UUID
	ChannelID    uuid.UUID
	Status       Status
	AssigneeID   *uuid.UUID // a member's user id
	TeamID       *uuid.UUID
	Handler      string // People or Bot
	BotID        *uuid.UUID
	CaseID       *uuid.UUID // nil while resolved
	SnoozedUntil *time.Time
	WaitingSince *time.Time // of the first message nobody has answered
	Unread       int
	BlockedAt    *time.Time

	LastAt        time.Time
	LastMessageID *uuid.UUID
	LastDirection string
	LastKind      string
	Preview       string
	LastInboundID *uuid.UUID
	LastInboundAt *time.Time
	WindowUntil   *time.Time
	CreatedAt     time.Time
}

// What is what happened to a conversation.
type What string

// What happens. Those that are events of the thread are marked.
const (
	Received      What = "received" // a customer's message came
	Replied       What = "replied"  // a message of the workspace was queued
	Opened        What = "opened"   // event: a case begins
	Reopened      What = "reopened" // event: a person took it up again
	Woken         What = "woken"    // event: the snooze is over
	IsPending     What = "pending"  // event
	IsSnoozed     What = "snoozed"  // event
	IsResolved    What = "resolved" // event
	Assigned      What = "assigned" // event: assignee or handler changed
	Teamed        What = "teamed"   // event
	Labelled      What = "labelled" // event
	Noted         What = "noted"
	Merged        What = "merged"         // event
	Blocked       What = "blocked"        // event
	Unblocked     What = "unblocked"      // event
	NumberChanged What = "number_changed" // event
	WasRead       What = "read"
)

// Change is a conversation that moved, told to hooks in the transaction of the move.
type Change struct {
	Was, Now  Conversation
	What      What
	Case      *Case     // that opened, ran or was closed by it, as it is now; nil: none
	MessageID uuid.UUID // of received and replied
	EntryID   uuid.UUID // of events and notes
	At        time.Time
	By        contact.By
	Mentions  []uuid.UUID // of a note
	Asks      bool        // of received: a customer wrote it just now, and somebody has to see it
}

// Case is a conversation from its opening to its resolution.
type Case struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	ContactID      uuid.UUID
	ChannelID      uuid.UUID
	OpenedBy       string // customer, business
	OpenedAt       time.Time
	FirstInboundAt *time.Time
	FirstReplyAt   *time.Time
	FirstReplyBy   *uuid.UUID
	MessagesIn     int
	MessagesOut    int
	AssigneeID     *uuid.UUID
	TeamID         *uuid.UUID
	Handler        string
	ResolvedAt     *time.Time
	ResolvedBy     *uuid.UUID
	ReasonID       *uuid.UUID
	ClosingNote    string
}

const (
	previewLength = 140 // characters of a message that a list shows
	byCustomer    = "customer"
	byBusiness    = "business"
)
