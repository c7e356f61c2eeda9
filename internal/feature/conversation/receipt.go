package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	// typingEvery is how often at most a person is told that an answer is being written; they see it for
	// 25 seconds.
	typingEvery = 20 * time.Second
	// receiptAttempts is how often telling that a message was read is tried: for about a minute.
	receiptAttempts = 5
	// receiptFor is how long Meta takes it after the message.
	receiptFor = 30 * 24 * time.Hour
)

// ReceiptArgs asks that a person is told that a message of theirs was read.
type ReceiptArgs struct {
	TenantID  uuid.UUID `json:"tenant_id"`
	ChannelID uuid.UUID `json:"channel_id"`
	MessageID uuid.UUID `json:"message_id"`
	Typing    bool      `json:"typing"` // that an answer is being written, too
}

// Kind names the job.
func (ReceiptArgs) Kind() string { return "conversation_receipt" }

// options let typing be told once in a while, and at once or not at all.
func (a ReceiptArgs) options() *river.InsertOpts {
	o := &river.InsertOpts{Queue: queue.Automation, MaxAttempts: receiptAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
	if a.Typing {
		o.MaxAttempts, o.UniqueOpts.ByPeriod = 1, typingEvery
	}
	return o
}

type receiptWorker struct {
	river.WorkerDefaults[ReceiptArgs]
	s *Service
}

// Work tells Meta. It may run twice.
func (w *receiptWorker) Work(ctx context.Context, job *river.Job[ReceiptArgs]) error {
	return w.s.tellRead(ctx, job.Args)
}

// receipt asks for the last customer's message to be marked as read, where the workspace wants it.
func (s *Service) receipt(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Conversation, typing bool) error {
	if c.LastInboundID == nil || c.LastInboundAt == nil || c.BlockedAt != nil || s.Clock.Now().Sub(*c.LastInboundAt) > receiptFor {
		return nil
	}
	set, err := settings(ctx, tx, tenant)
	if err != nil || !set.ReadReceipts {
		return err
	}
	args := ReceiptArgs{tenant, c.ChannelID, *c.LastInboundID, typing}
	if err := s.Queue.Insert(ctx, tx, args, args.options()); err != nil {
		return fmt.Errorf("ask for a read receipt: %w", err)
	}
	return nil
}

// Typing tells the person that somebody is writing, at most every twenty seconds. Meta marks what they wrote
// as read with it, so that it is told only where the workspace tells that.
func (s *Service) Typing(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := s.mayWrite(ctx, tx, tenant, id)
		if err != nil || c.WindowUntil == nil || !s.Clock.Now().Before(*c.WindowUntil) {
			return err
		}
		return s.receipt(ctx, tx, tenant, c, true)
	})
}

const sqlWAMIDOf = `select coalesce(wamid, '') from messages where tenant_id = $1 and id = $2`

// tellRead marks a message as read at Meta. What Meta will never take is left.
func (s *Service) tellRead(ctx context.Context, args ReceiptArgs) error {
	var wamid string
	var sender channel.Sender
	err := s.DB.InTenant(ctx, args.TenantID, func(ctx context.Context, tx pgx.Tx) (err error) {
		if err := tx.QueryRow(ctx, sqlWAMIDOf, args.TenantID, args.MessageID).Scan(&wamid); err != nil {
			return err
		}
		sender, err = s.Channels.Sendable(ctx, tx, args.TenantID, args.ChannelID)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) || err == nil && (wamid == "" || !sender.Ready()) {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.WhatsApp.MarkRead(ctx, sender.Token, sender.PhoneNumberID, wamid, args.Typing)
	if refusal, ok := errors.AsType[*whatsapp.Error](err); ok && !refusal.Repeatable() {
		s.Logger.InfoContext(ctx, "a read receipt was refused", "channel", args.ChannelID, "code", refusal.Code)
		return nil
	}
	return err
}
