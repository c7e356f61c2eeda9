// Package paymentrequest keeps what people were asked to pay inside WhatsApp, and what became of it.
//
// It owns the table payment_requests. It does not own the message that asks (message), the thread that
// shows it (conversation), nor any money: that goes from the person to the business's own payment gateway,
// and neither wallet nor ledger knows of it.
//
// Life cycle of a request: it is written with its message, in the same transaction. What becomes of it is
// told by webhooks, in any order and more than once, or looked up at WhatsApp:
//
//	requested → pending ⇄ failed → paid
//	    └──────────┴─────────┴────→ differs → paid
//
// Paid is never undone. Another amount than was asked for makes it differ, not paid. What is told too late, or
// of another amount, is believed only once WhatsApp was asked. A request that can no longer be paid has
// expired, which its time says and no status does.
package paymentrequest

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Status is where a request stands.
type Status string

// The statuses.
const (
	Requested Status = "requested" // nobody has tried to pay
	Pending   Status = "pending"   // tried; whether the money came is not known
	Failed    Status = "failed"    // the latest try failed; another may follow
	Differs   Status = "differs"   // paid, but not what was asked for
	Paid      Status = "paid"
)

// moves are where news may take a request from each status.
var moves = map[Status][]Status{
	Requested: {Pending, Failed, Differs, Paid},
	Pending:   {Failed, Differs, Paid},
	Failed:    {Pending, Differs, Paid},
	Differs:   {Paid},
	Paid:      {},
}

// CanBecome reports whether a request may go from s to to. Staying is no move.
func (s Status) CanBecome(to Status) bool { return slices.Contains(moves[s], to) }

// Settled says that the money came.
func (s Status) Settled() bool { return s == Paid || s == Differs }

// Request is one, as it is stored. Amounts are in minor units: paise.
type Request struct {
	MessageID     uuid.UUID  `db:"message_id"`
	ChannelID     uuid.UUID  `db:"channel_id"`
	ContactID     uuid.UUID  `db:"contact_id"`
	Reference     string     `db:"reference"`
	Currency      string     `db:"currency"`
	Amount        int64      `db:"amount"`
	Gateway       string     `db:"gateway"`
	Configuration string     `db:"configuration"`
	ExpiresAt     *time.Time `db:"expires_at"`
	Status        Status     `db:"status"`
	PaidAmount    *int64     `db:"paid_amount"`
	PaidCurrency  string     `db:"paid_currency"`
	Method        string     `db:"method"`
	TransactionID string     `db:"transaction_id"`
	Failure       string     `db:"failure"`
	ToldAt        *time.Time `db:"told_at"`
	PaidAt        *time.Time `db:"paid_at"`
	CheckedAt     *time.Time `db:"checked_at"`
	CreatedBy     *uuid.UUID `db:"created_by"`
	CreatedAt     time.Time  `db:"created_at"`
}

// news is what was told of a payment.
type news struct {
	whatsapp.Payment
	At    time.Time // when it happened
	Asked bool      // WhatsApp said it when it was asked: its word is the present truth
}

// newsOf is what a webhook tells.
func newsOf(e whatsapp.PaymentEvent) news {
	return news{Payment: e.Payment, At: momentOf(e.Payment, e.At)}
}

// momentOf is when a payment's try was last touched, else otherwise.
func momentOf(p whatsapp.Payment, otherwise time.Time) time.Time {
	if p.Try.UpdatedAt.IsZero() {
		return otherwise
	}
	return p.Try.UpdatedAt
}

// says is the status that news takes a request to, if it may.
func (r *Request) says(n news) Status {
	switch n.State() {
	case whatsapp.PaymentCaptured:
		if paid, ok := n.Paise(); ok && paid == r.Amount && n.Currency == r.Currency {
			return Paid
		}
		return Differs
	case whatsapp.PaymentFailed:
		return Failed
	case whatsapp.PaymentPending:
		return Pending
	}
	return Requested
}

// doubtful says that a webhook's word is to be held against WhatsApp's own before it is believed: money that
// came after the request had expired, or another amount of it.
func (r *Request) doubtful(n news) bool {
	to := r.says(n)
	late := r.ExpiresAt != nil && n.At.After(*r.ExpiresAt)
	return !n.Asked && r.Status.CanBecome(to) && (to == Differs || to == Paid && late)
}

// hear lets news change the request, and says whether it did. Webhooks come in any order: of what is not
// settled, the later try counts, and of two at one moment the one that failed.
func (r *Request) hear(n news) bool {
	to := r.says(n)
	if r.doubtful(n) {
		to = Pending
	}
	if !r.Status.CanBecome(to) || !to.Settled() && !n.Asked && r.older(n, to) {
		return false
	}
	r.Status, r.ToldAt, r.Failure = to, &n.At, ""
	r.Method, r.TransactionID = n.Try.Method, cmp.Or(n.Try.PaymentID, n.Try.ID)
	switch {
	case to == Failed:
		r.Failure = cmp.Or(n.Try.Error, n.Try.ErrorCode)
	case to.Settled():
		r.PaidAt, r.PaidCurrency = &n.At, n.Currency
		if paid, ok := n.Paise(); ok {
			r.PaidAmount = &paid
		}
	}
	return true
}

func (r *Request) older(n news, to Status) bool {
	return r.ToldAt != nil && (n.At.Before(*r.ToldAt) || n.At.Equal(*r.ToldAt) && to == Pending)
}
