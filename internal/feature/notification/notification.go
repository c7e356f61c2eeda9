// Package notification tells the people of a workspace what happened that is theirs to know: in the app,
// by web push, by mail.
//
// It owns what people were told (notifications), how each wants to be told of what (preferences, quiet
// hours), the browsers that take pushes and the key pair push services know this installation by. It does
// not own what happened: features tell it in the transaction of the change, and ids are all it keeps.
// Names and words are read when they are shown or sent.
//
// Life cycle of a notification: told → (pushed) → (mailed, while unread) → read → gone after ninety days.
// What happens again before it is read makes the same notification count up. Delivery is at least once; a
// device shows one notification per conversation, so a second push of it replaces the first.
package notification

import (
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Event is what may happen to somebody.
type Event string

// The events.
const (
	Assigned         Event = "assigned"          // a conversation became mine
	Message          Event = "message"           // a customer wrote in my conversation
	Mention          Event = "mention"           // somebody named me in a note
	Unassigned       Event = "unassigned"        // a customer wrote, and nobody has the conversation
	SLAWarning       Event = "sla_warning"       // an answer or a solution is due soon
	SLABreached      Event = "sla_breached"      // an answer is late
	SnoozeOver       Event = "snooze_over"       // a conversation is back
	CSATLow          Event = "csat_low"          // a customer was not happy
	PaymentReceived  Event = "payment_received"  // a customer paid what they were asked for in my conversation
	CampaignFinished Event = "campaign_finished" // everybody of a campaign was written to
	CampaignFailed   Event = "campaign_failed"   // a campaign stopped by itself
)

// Events lists them in the order in which they are shown.
func Events() []Event {
	return []Event{Assigned, Message, Mention, Unassigned, SLAWarning, SLABreached, SnoozeOver, CSATLow, PaymentReceived, CampaignFinished, CampaignFailed}
}

// Campaign says whether the event is about a campaign; the others are about conversations.
func (e Event) Campaign() bool { return e == CampaignFinished || e == CampaignFailed }

// Urgent says whether the event may pass quiet hours, for those who want it to.
func (e Event) Urgent() bool { return e == SLAWarning || e == SLABreached }

// Way is how somebody is told.
type Way string

// The ways.
const (
	InApp Way = "app"
	Push  Way = "push"
	Mail  Way = "mail"
)

// News is something to tell. Who did it is never told of it.
type News struct {
	Event   Event
	To      []uuid.UUID
	Subject uuid.UUID // the conversation or campaign
	Item    uuid.UUID // the message or entry; zero: the subject itself. The same item is told once
	Actor   uuid.UUID // the person who did it; zero: nobody
}

// Notification is what one person was told.
type Notification struct {
	ID      uuid.UUID
	Event   Event
	Subject uuid.UUID
	Item    uuid.UUID
	Actor   *uuid.UUID
	N       int // how often it happened since it was read last
	At      time.Time
	ReadAt  *time.Time
}

// Words are what a notification says of its subject, read when they are needed.
type Words struct {
	Name    string // of the contact or the campaign
	Preview string // the beginning of what was written; empty: nothing to show
}

// title is the sentence of a notification. by is the name of who did it, empty for nobody.
func (n Notification) title(w Words, by string) string {
	name := w.Name
	if name == "" {
		name = map[bool]string{true: "A campaign", false: "A customer"}[n.Event.Campaign()]
	}
	switch n.Event {
	case Assigned:
		if by == "" {
			return name + " was assigned to you"
		}
		return by + " assigned " + name + " to you"
	case Mention:
		if by == "" {
			return "You were mentioned in the conversation with " + name
		}
		return by + " mentioned you in the conversation with " + name
	case Message, Unassigned:
		return written(name, n.N, n.Event == Unassigned)
	case SLAWarning:
		return name + " must hear from you soon"
	case SLABreached:
		return name + " has waited too long"
	case SnoozeOver:
		return name + " is back from snooze"
	case CSATLow:
		return name + " was not happy"
	case PaymentReceived:
		return name + " made a payment"
	case CampaignFinished:
		return name + " has gone out"
	case CampaignFailed:
		return name + " was stopped"
	}
	return name
}

func written(name string, n int, nobodys bool) string {
	what := name + " wrote to you"
	if n > 1 {
		what = fmt.Sprintf("%s wrote %d messages", name, n)
	}
	if nobodys {
		return what + "; nobody has the conversation"
	}
	return what
}

// path is where the app shows it.
func (n Notification) path() string {
	if n.Event.Campaign() {
		return "/campaigns/" + n.Subject.String()
	}
	return "/inbox/" + n.Subject.String()
}
