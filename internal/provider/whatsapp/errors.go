package whatsapp

import (
	"fmt"
	"net/http"
	"time"
)

// Action is what the sender does about an error. The zero value is no action.
type Action uint8

// The actions.
const (
	// Retry: temporary; try the call again with backoff. For a message only when Replay.
	Retry Action = iota + 1
	// SlowNumber: halve the number's rate, then try again.
	SlowNumber
	// SlowManagement: slow the management calls (templates, numbers) of this account.
	SlowManagement
	// DelayRecipient: only this recipient waits, 4^n seconds.
	DelayRecipient
	// PauseCampaign: nothing of this campaign can succeed until someone mends it.
	PauseCampaign
	// PauseNumber: nothing from this number or account can succeed.
	PauseNumber
	// PauseBilling: Meta wants money from the account's owner; pause its numbers.
	PauseBilling
	// PauseCountry: recipients of this country cannot be reached from this account.
	PauseCountry
	// SuppressContact: the person does not want marketing; suppress it.
	SuppressContact
	// MarkUnreachable: count it; after two or three in a row the contact is unreachable.
	MarkUnreachable
	// MarketingCooldown: no marketing to this contact for Wait at least.
	MarketingCooldown
	// UseTemplate: the 24-hour window is closed; only a template may be sent.
	UseTemplate
	// Reauthorise: the channel must be connected again.
	Reauthorise
	// Register: the number must be registered (PIN) again.
	Register
	// Fail: this message fails for good; nothing else changes.
	Fail
	// Ambiguous: a message may have been sent; other calls may be repeated.
	Ambiguous
	// Done: what was asked for is the case already.
	Done
)

// Class groups the codes as Meta's documents do; it is what reports group by.
type Class string

// The classes.
const (
	ClassTransient  Class = "transient"
	ClassNumberRate Class = "number_rate"
	ClassPairRate   Class = "pair_rate"
	ClassManagement Class = "management_rate"
	ClassAuth       Class = "authorisation"
	ClassAccount    Class = "account"
	ClassBilling    Class = "billing"
	ClassContact    Class = "contact"
	ClassOptOut     Class = "opted_out"
	ClassCooldown   Class = "marketing_cooldown"
	ClassWindow     Class = "window_closed"
	ClassTemplate   Class = "template"
	ClassRequest    Class = "request"
	ClassRegister   Class = "registration"
	ClassInfo       Class = "information"
)

// Advice is the one answer to a Meta error code: what to do and what the tenant reads.
type Advice struct {
	Code   int
	Class  Class
	Action Action
	// Replay: Meta refused before processing, so the same message may be sent again.
	Replay bool
	// Wait is the least time before another try; 0 means ordinary backoff.
	Wait time.Duration
	// Later is when the same message may be tried anew as a message of its own, where waiting may
	// help; 0: it does not.
	Later time.Duration
	// Sentence tells the tenant what happened.
	Sentence string
	// Next tells the tenant what they can do; "" when nothing is asked of them.
	Next string
}

// Lookup gives the advice for a Meta error code, from a synchronous answer or a webhook.
// Unknown codes have a default.
func Lookup(code int) Advice {
	advice, _ := lookup(code, 0)
	return advice
}

// lookup prefers the subcode where that one says more, as in 100/33 and 100/2388299.
func lookup(code, subcode int) (advice Advice, known bool) {
	if code == 100 && subcode == 33 {
		return objectGone, true
	}
	if advice, ok := adviceTable[subcode]; ok && subcode > 1000 {
		return advice, true
	}
	if advice, ok := adviceTable[code]; ok {
		return advice, true
	}
	if code >= 200 && code <= 299 {
		denied := permissionGone
		denied.Code = code
		return denied, true
	}
	other := unknownCode
	other.Code = code
	return other, false
}

// Codes lists every code with its own advice, in no order.
func Codes() []int {
	codes := make([]int, 0, len(adviceTable))
	for code := range adviceTable {
		codes = append(codes, code)
	}
	return codes
}

// NoCode is the Code of an answer that carried none, as proxies send them: 0 is a real one.
const NoCode = -1

// Error is Meta's answer to a call it refused.
type Error struct {
	HTTP int
	// Code is Meta's code, or NoCode.
	Code    int
	Subcode int
	// Title is Meta's message, Details its explanation; both are for logs and support.
	Title   string
	Details string
	// UserTitle and UserMessage are written by Meta for the person who made the template.
	UserTitle   string
	UserMessage string
	TraceID     string
	Transient   bool
	// RetryAfter is what Meta asked for; 0 when it did not.
	RetryAfter time.Duration
}

// Error gives the code and Meta's words.
func (e *Error) Error() string {
	text := e.Title
	if e.Details != "" {
		text += ": " + e.Details
	}
	return fmt.Sprintf("meta error %d/%d (http %d): %s", e.Code, e.Subcode, e.HTTP, text)
}

// Advice is the table's answer to this error, with Meta's own waiting time and its words
// for the person where it sent some.
func (e *Error) Advice() Advice {
	advice, _ := lookup(e.effectiveCode(), e.Subcode)
	advice.Wait = max(advice.Wait, e.RetryAfter)
	if e.UserMessage != "" {
		advice.Sentence = e.UserMessage
	}
	return advice
}

// effectiveCode stands in for a missing code by the HTTP status.
func (e *Error) effectiveCode() int {
	switch {
	case e.Code != NoCode:
		return e.Code
	case e.HTTP == http.StatusTooManyRequests:
		return 130429
	case e.HTTP == http.StatusUnauthorized:
		return 190
	case e.HTTP >= 500:
		return 131016
	default:
		return NoCode
	}
}

// Backoff is the time before try number attempt (0 for the first repeat). random is in
// [0,1). Pair limits wait 4^n seconds, all others full jitter over 1 s doubled up to 5 min;
// never less than Wait.
func (a Advice) Backoff(attempt int, random float64) time.Duration {
	attempt = min(max(attempt, 0), 12)
	var wait time.Duration
	if a.Action == DelayRecipient {
		wait = time.Second << (2 * min(attempt, 6))
	} else {
		ceiling := min(time.Second<<attempt, 5*time.Minute)
		wait = time.Duration(random * float64(ceiling))
	}
	return max(wait, a.Wait)
}

// Repeatable says whether asking again later may do: for what may be asked twice without harm, which
// sending a message is not.
func (e *Error) Repeatable() bool {
	advice := e.Advice()
	return e.Transient || e.HTTP >= 500 || advice.Replay || advice.Class == ClassTransient || advice.Class == ClassManagement
}
