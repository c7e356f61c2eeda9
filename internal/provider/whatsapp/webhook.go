package whatsapp

import (
	"encoding/json"
	"time"
)

// Webhook is one POST of Meta, taken apart by kind. Meta promises no order, so none is
// kept between kinds; within a kind the order is the body's.
type Webhook struct {
	// Object is "whatsapp_business_account" for everything meant for us.
	Object            string
	Statuses          []StatusEvent
	Payments          []PaymentEvent
	Messages          []InboundMessage
	TemplateStatuses  []TemplateStatusEvent
	TemplateQualities []TemplateQualityEvent
	TemplateTexts     []TemplateComponentsEvent
	TemplateMoves     []TemplateCategoryEvent
	PhoneQualities    []PhoneQualityEvent
	PhoneNames        []PhoneNameEvent
	Capabilities      []CapabilityEvent
	Accounts          []AccountEvent
	Preferences       []PreferenceEvent
	UserIDs           []UserIDEvent
	// Errors are those of a whole number, not of a message.
	Errors []NumberError
	// Unknown holds well-formed items of kinds we do not decode; keep and acknowledge.
	Unknown []UnknownItem
	// Bad holds items that should have been decoded and could not; set aside.
	Bad []BadItem
}

// Origin tells whose event it is. Message fields have a PhoneNumberID; account fields have
// only the WABAID.
type Origin struct {
	WABAID             string
	PhoneNumberID      string
	DisplayPhoneNumber string
	// Field is Meta's name of the change: "messages", "account_update" …
	Field string
	// At is the entry's time; zero on most message webhooks.
	At time.Time
}

// Status is what Meta says about a message.
type Status string

// The statuses Meta sends. Others (deleted, warning) are legacy and arrive as they are.
const (
	StatusSent      Status = "sent"
	StatusDelivered Status = "delivered"
	StatusRead      Status = "read"
	StatusPlayed    Status = "played"
	StatusFailed    Status = "failed"
)

// StatusEvent is a step of a message we sent. ID, Status and At are always set.
type StatusEvent struct {
	Origin
	// ID is the wamid.
	ID     string
	Status Status
	At     time.Time
	// RecipientID is the number (wa_id); "" for people whose phone is hidden.
	RecipientID     string
	RecipientUserID string
	// CallbackData is the biz_opaque_callback_data of the send.
	CallbackData string
	// Pricing is nil when the status carries none.
	Pricing *Pricing
	Errors  []EventError
}

// Pricing is what Meta charges for the message.
type Pricing struct {
	// Type is "regular" (charged), "free_customer_service" or "free_entry_point".
	Type string
	// Category is "marketing", "utility", "authentication", "service" …
	Category string
	// Model is "PMP" or the legacy "CBP".
	Model string
	// Billable is Meta's older field, true when absent; prefer Type.
	Billable bool
}

// EventError is an error as webhooks carry it; Lookup(Code) says what to do.
type EventError struct {
	Code    int
	Title   string
	Message string
	Details string
}

// Source is how a message of somebody else came to be known.
type Source string

// The sources.
const (
	SourceLive    Source = ""        // a customer wrote just now
	SourceEcho    Source = "echo"    // the business wrote it on its phone
	SourceHistory Source = "history" // from before the number was connected, either side's
)

// InboundMessage is something a customer sent, or something that the business sent on its phone. Raw is
// the whole item; ReadSaid takes it apart.
type InboundMessage struct {
	Origin
	ID     string
	Source Source
	// From and FromUserID are the customer: the number (wa_id), "" for people whose phone is hidden, and
	// the business-scoped id. Who wrote is told by Ours.
	From       string
	FromUserID string
	// Ours says that the business wrote it.
	Ours bool
	Type string
	At   time.Time
	// Status is what became of one of ours, as history tells it: SENT, DELIVERED, READ …
	Status Status
	// ProfileName and Username come from the contact beside the message.
	ProfileName string
	Username    string
	// ReplyTo is the wamid the message answers, "" for none.
	ReplyTo string
	// Target is the wamid that a reaction, an edit or a deletion is about.
	Target string
	// Text is the text, caption, button text or title the person sees; "" for none.
	Text string
	// Payload is the payload of a tapped button or the id of a chosen row.
	Payload string
	// Media is the file that comes with it; nil: none.
	Media *InboundMedia
	// Moved is the new address of a customer who tells it by a system message; nil: none.
	Moved  *Moved
	Errors []EventError
	// Place is where the message stands among those of its body.
	Place int
	Raw   json.RawMessage
}

// InboundMedia is a file that waits at Meta for seven days.
type InboundMedia struct {
	Kind string // image, video, audio, document, sticker
	ID   string
	MIME string
	// SHA256 is lower-case hex; "" when Meta tells none.
	SHA256   string
	Filename string
	// Voice is a recorded voice note.
	Voice    bool
	Animated bool
}

// Moved is where a customer is reached from now on; what did not change is empty.
type Moved struct {
	WAID   string
	UserID string
}

// TemplateRef identifies a template; match by ID first. Language has an underscore.
type TemplateRef struct {
	ID       string
	Name     string
	Language string
}

// TemplateStatusEvent says a template was approved, rejected, paused …
type TemplateStatusEvent struct {
	Origin
	TemplateRef
	// Status is Meta's event: APPROVED, REJECTED, PAUSED, DISABLED …
	Status   string
	Category string
	// Reason is "" when Meta says NONE or nothing.
	Reason string
	// Title and Description explain a pause or an unpause.
	Title       string
	Description string
	// Recommendation is Meta's advice after a rejection.
	Recommendation string
}

// TemplateQualityEvent is a change of GREEN, YELLOW, RED or UNKNOWN.
type TemplateQualityEvent struct {
	Origin
	TemplateRef
	Previous string
	Current  string
}

// TemplateComponentsEvent says a template's text was edited at Meta.
type TemplateComponentsEvent struct {
	Origin
	TemplateRef
	Raw json.RawMessage
}

// TemplateCategoryEvent announces or reports a change of category.
type TemplateCategoryEvent struct {
	Origin
	TemplateRef
	// Announced: the change comes later. Current then still counts.
	Announced bool
	Previous  string
	Current   string
	// Correct is the category Meta will set; only when Announced.
	Correct string
}

// PhoneQualityEvent is a change of a number's speed or quality.
type PhoneQualityEvent struct {
	Origin
	// Event is ONBOARDING, THROUGHPUT_UPGRADE, FLAGGED, UNFLAGGED, UPGRADE or DOWNGRADE.
	Event string
	// Limit is the portfolio's TIER_…, "" when not given.
	Limit    string
	OldLimit string
}

// PhoneNameEvent is the decision on a display name.
type PhoneNameEvent struct {
	Origin
	Decision  string
	Requested string
	Reason    string
}

// CapabilityEvent is the portfolio's new daily limit.
type CapabilityEvent struct {
	Origin
	// Limit is a TIER_… or, from older versions, a number.
	Limit      string
	MaxNumbers int64
}

// AccountEvent is a change of the whole account (account_update, account_review_update,
// account_alerts, security). Raw is its whole value.
type AccountEvent struct {
	Origin
	Event string
	// Decision is the result of a review.
	Decision string
	// BanState is SCHEDULE_FOR_DISABLE, DISABLE or REINSTATE.
	BanState  string
	Violation string
	// CustomerWABAID is the account a PARTNER_* event is about.
	CustomerWABAID string
	Restrictions   []Restriction
	Raw            json.RawMessage
}

// Restriction is something Meta forbids the account until Until (zero: no end told).
type Restriction struct {
	Type  string
	Until time.Time
}

// PreferenceEvent says a person stopped or resumed marketing.
type PreferenceEvent struct {
	Origin
	WAID     string
	UserID   string
	Category string
	// Stop is true for "stop" and false for "resume".
	Stop   bool
	Detail string
	At     time.Time
}

// UserIDEvent says a person got a new business-scoped id.
type UserIDEvent struct {
	Origin
	WAID     string
	Previous string
	Current  string
	At       time.Time
}

// NumberError is an error Meta reports about a number.
type NumberError struct {
	Origin
	EventError
}

// UnknownItem is well formed but of a kind we do not decode.
type UnknownItem struct {
	Origin
	Raw json.RawMessage
}

// BadItem is an item that could not be decoded, with the reason in words.
type BadItem struct {
	Origin
	Raw    json.RawMessage
	Reason string
}
