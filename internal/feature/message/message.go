// Package message owns every message in or out: its row, its state, its price,
// the gate every send passes, the lane that sends and the merge that records.
//
// It owns the tables messages, contact_messages, message_media, message_reactions, message_edits,
// inbound_ids, lanes, portfolio_reach, webhook_deliveries and set_asides. It does not own who is written to
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
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
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
	OriginAway     = "away"    // nobody is there: said once to who writes meanwhile
	OriginRating   = "rating"  // asks how somebody liked what was done for them, or thanks for the answer
	OriginCustomer = "customer"
	OriginPhone    = "phone" // the business wrote it on its phone; never billed
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
	TemplateID uuid.UUID // zero: free-form
	Params     []string  // one per slot of the template
	Text       string    // free-form without Content
	Content    *whatsapp.Content
	ReplyTo    string    // Meta's id of the message it quotes; not of templates
	UserID     uuid.UUID // who wrote it; zero: nobody did
	ResendOf   uuid.UUID
	DueAt      time.Time // zero: now
}

// FreeForm is what a draft without a template says; nil with one.
func (d Draft) FreeForm() *whatsapp.Content {
	if d.TemplateID != (uuid.UUID{}) {
		return nil
	}
	content := whatsapp.NewText(d.Text)
	if d.Content != nil {
		said := *d.Content
		content = &said
	}
	if d.ReplyTo != "" {
		content.Quote = d.ReplyTo
	}
	return content
}

// Source is how an inbound message came to be known.
type Source string

// The sources. What is echoed or history is stored and shown, and triggers nothing.
const (
	Live    Source = ""        // a customer wrote just now
	Echo    Source = "echo"    // the business itself wrote it, on its phone
	History Source = "history" // from before the number was connected
)

// Receipt is an inbound message as it was stored.
type Receipt struct {
	ID        uuid.UUID // time-ordered by the customer's own time
	ChannelID uuid.UUID
	ContactID uuid.UUID
	WAMID     string // Meta's id
	ReplyTo   string // Meta's id of the message it quotes; empty: none
	Kind      string // as Meta names it: text, image, …
	Text      string // what a person reads; empty: nothing
	Words     string // by which a search finds it
	Payload   string // of a button or row that was tapped
	At        time.Time
	Source    Source
	Ours      bool // the business wrote it, on its phone; of echoes and history
	Stranger  bool // the contact was made by it
}

// Speaks says that a customer wrote it just now: a reply, that somebody may answer. WhatsApp's own word of a
// change, an echo and history are none.
func (r Receipt) Speaks() bool { return r.Source == Live && !r.Ours && r.Kind != "system" }

// Change is one message that moved, for the hooks that run in the same transaction.
type Change struct {
	MessageID  uuid.UUID
	CampaignID uuid.UUID // zero: none
	ContactID  uuid.UUID
	ChannelID  uuid.UUID // the number it goes from; zero of a recipient's twin that a merge ends
	Variant    int16     // of its campaign; 0: none
	Superseded bool      // a later attempt stands for it: only its money counts
	From, To   State     // From is empty for a recipient who was pending until now
	Reason     string
	ErrorCode  int
	Committed  money.Amount // change of what is held or charged
	Charged    money.Amount // change of what is charged
}
