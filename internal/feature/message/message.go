// Package message owns every message in or out: its row, its state, its price,
// the gate every send passes, the lane that sends and the merge that records.
//
// It owns the tables messages, contact_messages, inbound_ids, lanes, portfolio_reach,
// webhook_deliveries and set_asides. It does not own who is written to
// (campaign), what is written (template), to whom it may be (contact decides,
// the gate asks) or what it costs (billing).
//
// Life cycle of an outgoing message:
//
//	queued → sending → accepted → sent → delivered → read
//	   │        │         └→ failed, expired
//	   │        └→ in_doubt → (evidence) any of the above, or unknown
//	   └→ refused, cancelled, duplicate
//
// A campaign's recipient may enter as sending: fed by the claim that takes them.
//
// A row stands for at most one request that may have left, ever: what may have
// left is never queued again. Sending again is a new row (resend_of).
package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// State is where a message is. Outgoing states are ordered by rank and only
// rise, but for the claimant's own hand-back.
type State string

// The states, in the order of the merge.
const (
	Queued    State = "queued"
	Sending   State = "sending"
	InDoubt   State = "in_doubt" // may have left; evidence is awaited
	Unknown   State = "unknown"  // no evidence came; uncharged
	Accepted  State = "accepted" // Meta answered with an id
	Sent      State = "sent"
	Expired   State = "expired"
	Failed    State = "failed"
	Delivered State = "delivered"
	Read      State = "read"

	Refused   State = "refused"   // the gate said no; never sent
	Cancelled State = "cancelled" // never sent
	Duplicate State = "duplicate" // never sent: the contact was merged into another

	Received State = "received" // an inbound message
)

// Priorities: a lower number is claimed first.
const (
	PriorityReply    int16 = 1
	PriorityWorkflow int16 = 2
	PriorityCampaign int16 = 3
)

// Origins say which feature asked for the message.
const (
	OriginCampaign = "campaign"
	OriginTest     = "test"
	OriginReply    = "reply"    // a person of the workspace answers
	OriginWorkflow = "workflow" // a step of one
	OriginSequence = "sequence" // a step of one; Hooks.Step is asked whether it still may go
	OriginAgent    = "agent"    // an AI agent answers
	OriginAPI      = "api"
	OriginConsent  = "consent" // the answer to STOP or START, and the question whether an opt-in is meant
	OriginCustomer = "customer"
)

// Draft is a message to queue. ID is given by the caller, so that queueing the
// same draft twice cannot make two messages.
type Draft struct {
	ID         uuid.UUID
	ChannelID  uuid.UUID
	ContactID  uuid.UUID
	CampaignID uuid.UUID // zero: none
	Origin     string
	Priority   int16
	TemplateID uuid.UUID // zero: free-form text in Text
	Params     []string  // one per slot of the template
	Text       string
	ResendOf   uuid.UUID
	DueAt      time.Time // zero: now
}

// Change is one message that moved, for the hooks that run in the same transaction.
type Change struct {
	MessageID  uuid.UUID
	CampaignID uuid.UUID // zero: none
	ContactID  uuid.UUID
	Variant    int16 // of its campaign; 0: none
	Superseded bool  // a later attempt stands for it: only its money counts
	From, To   State // From is empty for a recipient who was pending until now
	Reason     string
	ErrorCode  int
	Committed  money.Amount // change of what is held or charged
	Charged    money.Amount // change of what is charged
}
