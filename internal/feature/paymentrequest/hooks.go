package paymentrequest

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Queued keeps what queued messages ask people to pay. It is part of message.Hooks.Queued: whoever asks, and
// whenever the message goes, the request is written with it. Other messages cost nothing here.
func (s *Service) Queued(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []message.Draft) error {
	var list []Request
	for _, d := range drafts {
		if b := billOf(d); b != nil {
			list = append(list, s.requestOf(d, b))
		}
	}
	if len(list) == 0 {
		return nil
	}
	if err := add(ctx, tx, tenant, list); err != nil {
		return fmt.Errorf("keep payment requests: %w", err)
	}
	return nil
}

// billOf is what a message asks people to pay; nil: nothing.
func billOf(d message.Draft) *whatsapp.Bill {
	if c := d.Content; d.TemplateID == uuid.Nil && c != nil && c.Type == whatsapp.TypeOrderDetails && c.Interactive != nil {
		return c.Interactive.Bill
	}
	return nil
}

func (s *Service) requestOf(d message.Draft, b *whatsapp.Bill) Request {
	r := Request{MessageID: d.ID, ChannelID: d.ChannelID, ContactID: d.ContactID, Reference: whatsapp.BillReference(d.ID.String()),
		Currency: whatsapp.BillCurrency, Amount: b.Total(), Gateway: b.Gateway, Configuration: b.Config, ExpiresAt: b.ExpiresAt, CreatedAt: s.Clock.Now()}
	if d.UserID != uuid.Nil {
		r.CreatedBy = &d.UserID
	}
	return r
}

// Repeated keeps what a new attempt at a message asks for. It is message.Hooks.Repeated.
func (s *Service) Repeated(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, again message.Resend) error {
	_, err := tx.Exec(ctx, sqlAddAgain, tenant, again.Of, again.ID, whatsapp.BillReference(again.ID.String()), s.Clock.Now())
	return err
}

// errUnknown is why news of a payment is set aside: another system may ask for money on the same number.
var errUnknown = errors.New("no payment was asked for here with this reference")

// Told applies what a webhook tells of a payment. It is message.Hooks.Paid.
func (s *Service) Told(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.PaymentEvent) error {
	of, found, err := byReference(ctx, tx, tenant, e.PhoneNumberID, e.Reference)
	if err != nil {
		return fmt.Errorf("find payment request: %w", err)
	}
	if !found {
		return errUnknown
	}
	return s.apply(ctx, tx, tenant, of, newsOf(e))
}

// apply lets news change a request under its conversation's lock, tells it in the thread, and has doubtful
// news asked about.
func (s *Service) apply(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of asked, n news) error {
	if _, _, err := s.Conversations.LockIn(ctx, tx, tenant, []uuid.UUID{of.Conversation}); err != nil {
		return fmt.Errorf("lock conversation: %w", err)
	}
	r, err := lock(ctx, tx, tenant, of.Message)
	if err != nil {
		return fmt.Errorf("lock payment request: %w", err)
	}
	doubtful, moved := r.doubtful(n), r.hear(n)
	if n.Asked {
		r.CheckedAt = new(s.Clock.Now())
	}
	if moved || n.Asked {
		if err := save(ctx, tx, tenant, r); err != nil {
			return fmt.Errorf("save payment request: %w", err)
		}
	}
	if doubtful {
		if err := s.askSoon(ctx, tx, tenant, of); err != nil {
			return err
		}
	}
	if !moved && !n.Asked || of.Conversation == uuid.Nil {
		return nil
	}
	return s.tell(ctx, tx, tenant, of, r, moved)
}

// tell shows a request in its thread as it stands now; money that came is an event there, too.
func (s *Service) tell(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of asked, r Request, moved bool) error {
	if err := s.Conversations.ShowIn(ctx, tx, tenant, of.Conversation, of.Message); err != nil || !moved || !r.Status.Settled() {
		return err
	}
	what := conversation.Paid
	if r.Status == Differs {
		what = conversation.PaidOther
	}
	data := map[string]any{"message": of.Message, "amount": r.Amount, "currency": r.Currency, "paidAmount": r.PaidAmount, "paidCurrency": r.PaidCurrency, "method": r.Method}
	return s.Conversations.RecordIn(ctx, tx, tenant, []conversation.Record{{Conversation: of.Conversation, What: what, Data: data}})
}
