package paymentrequest

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// checkAttempts is how often WhatsApp is asked about doubtful news: for some hours, until it answers once.
const checkAttempts = 10

// CheckArgs asks that news of a payment is held against WhatsApp's own word.
type CheckArgs struct {
	TenantID       uuid.UUID `json:"tenant_id"`
	ConversationID uuid.UUID `json:"conversation_id"`
	MessageID      uuid.UUID `json:"message_id"`
}

// Kind names the job.
func (CheckArgs) Kind() string { return "payment_request_check" }

func (CheckArgs) options() *river.InsertOpts {
	return &river.InsertOpts{Queue: queue.Webhook, MaxAttempts: checkAttempts}
}

func (s *Service) askSoon(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, of asked) error {
	args := CheckArgs{tenant, of.Conversation, of.Message}
	if err := s.Queue.Insert(ctx, tx, args, args.options()); err != nil {
		return fmt.Errorf("ask for a payment check: %w", err)
	}
	return nil
}

type checkWorker struct {
	river.WorkerDefaults[CheckArgs]
	s *Service
}

// Work asks WhatsApp. It may run twice. What it will never answer is left to whoever presses the button.
func (w *checkWorker) Work(ctx context.Context, job *river.Job[CheckArgs]) error {
	a := job.Args
	err := w.s.ask(ctx, a.TenantID, asked{Message: a.MessageID, Conversation: a.ConversationID})
	refusal, answered := errors.AsType[*whatsapp.Error](err)
	switch {
	case errors.Is(err, pgx.ErrNoRows), fault.KindOf(err) == fault.KindConflict, answered && !refusal.Repeatable():
		w.s.Logger.InfoContext(ctx, "a payment could not be checked", "message", a.MessageID)
		return nil
	}
	return err
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) { river.AddWorker(w, &checkWorker{s: s}) }
