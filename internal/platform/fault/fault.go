// Package fault is the error a caller can act on: a kind, and a sentence for the user.
//
// It owns the kinds and how errors of them travel. It does not own their mapping to HTTP
// (platform/web does that once) nor the words, which belong to whoever returns the error.
// Any other error is internal: it is logged, and the user reads nothing of it.
package fault

import (
	"errors"
	"strings"
)

// Kind is what a caller can do about an error.
type Kind string

// The kinds, each with the way out.
const (
	KindInvalid         Kind = "invalid"          // mend the input; Fields say where
	KindNotFound        Kind = "not_found"        // no such thing, or not yours
	KindConflict        Kind = "conflict"         // it exists or has changed: reload and decide
	KindForbidden       Kind = "forbidden"        // signed in, but not allowed
	KindUnauthenticated Kind = "unauthenticated"  // sign in
	KindTooMany         Kind = "too_many"         // slow down, then try again
	KindPaymentRequired Kind = "payment_required" // top up first
	KindGone            Kind = "gone"             // it was there and never will be again
	KindUnavailable     Kind = "unavailable"      // the input is fine: try again later
	KindTooLarge        Kind = "too_large"        // send less
	KindInternal        Kind = "internal"         // ours to mend
)

// Error is a fault. It is immutable: At, Wrap and WithCode return changed copies that
// errors.Is still matches with the original, so a package may export one as a sentinel.
type Error struct {
	Kind     Kind
	Sentence string  // for the user: a whole sentence, no internals
	Code     string  // stable name for machines, such as "email_taken"; may be empty
	Fields   []Field // what is wrong where, for Invalid

	cause  error
	origin *Error
}

// Field is one thing wrong with the input.
type Field struct {
	Location string // where, in the request's words: "body.phone", "query.limit"
	Sentence string // what is wrong and what would be right
}

// Invalid says the input must be mended.
func Invalid(sentence string) *Error { return &Error{Kind: KindInvalid, Sentence: sentence} }

// NotFound says there is no such thing, or that it is somebody else's.
func NotFound(sentence string) *Error { return &Error{Kind: KindNotFound, Sentence: sentence} }

// Conflict says the present state forbids it.
func Conflict(sentence string) *Error { return &Error{Kind: KindConflict, Sentence: sentence} }

// Forbidden says the actor is known and may not.
func Forbidden(sentence string) *Error { return &Error{Kind: KindForbidden, Sentence: sentence} }

// Unauthenticated says nobody is signed in, or no longer.
func Unauthenticated(sentence string) *Error {
	return &Error{Kind: KindUnauthenticated, Sentence: sentence}
}

// TooMany says a rate limit was reached.
func TooMany(sentence string) *Error { return &Error{Kind: KindTooMany, Sentence: sentence} }

// PaymentRequired says the wallet does not cover it.
func PaymentRequired(sentence string) *Error {
	return &Error{Kind: KindPaymentRequired, Sentence: sentence}
}

// Gone says it existed and is over for good: a used link, an expired invitation.
func Gone(sentence string) *Error { return &Error{Kind: KindGone, Sentence: sentence} }

// Unavailable says something we depend on does not answer now.
func Unavailable(sentence string) *Error { return &Error{Kind: KindUnavailable, Sentence: sentence} }

// TooLarge says the input is over a size limit.
func TooLarge(sentence string) *Error { return &Error{Kind: KindTooLarge, Sentence: sentence} }

// At returns a copy that also says what is wrong at one place of the input.
func (e *Error) At(location, sentence string) *Error {
	c := e.copy()
	c.Fields = append(append([]Field(nil), e.Fields...), Field{location, sentence})
	return c
}

// Wrap returns a copy with its cause, which is logged and never shown.
func (e *Error) Wrap(cause error) *Error {
	c := e.copy()
	c.cause = cause
	return c
}

// WithCode returns a copy with a stable name for machines.
func (e *Error) WithCode(code string) *Error {
	c := e.copy()
	c.Code = code
	return c
}

// Error is the line for the log: kind, sentence, places and cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind) + ": " + e.Sentence)
	for _, f := range e.Fields {
		b.WriteString(" [" + f.Location + ": " + f.Sentence + "]")
	}
	if e.cause != nil {
		b.WriteString(": " + e.cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is matches a fault with the one it was copied from.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && e.first() == t.first()
}

// As finds the outermost fault in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf is the kind of the outermost fault in err's chain, KindInternal for an error
// without one, and empty for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := As(err); ok {
		return e.Kind
	}
	return KindInternal
}

func (e *Error) copy() *Error {
	c := *e
	c.origin = e.first()
	return &c
}

func (e *Error) first() *Error {
	if e.origin != nil {
		return e.origin
	}
	return e
}
