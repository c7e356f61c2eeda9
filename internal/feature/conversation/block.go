package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Block keeps a person from writing to the number: Meta is told, the conversation is resolved and says so.
// Asking twice is one block.
func (s *Service) Block(ctx context.Context, id uuid.UUID) error {
	if err := s.atMeta(ctx, id, s.WhatsApp.Block); err != nil {
		return err
	}
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.move(ctx, []uuid.UUID{id}, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		w.block(now, by)
		return nil
	})
}

func (w *work) block(now time.Time, by contact.By) {
	if w.now.BlockedAt != nil {
		return
	}
	w.now.BlockedAt = &now
	w.event(Blocked, now, by, nil)
	if w.now.Status != Resolved {
		w.now.SnoozedUntil = nil
		w.resolve(StatusChange{To: Resolved}, now, by)
	}
}

// Unblock lets a person write again.
func (s *Service) Unblock(ctx context.Context, id uuid.UUID) error {
	if err := s.atMeta(ctx, id, s.WhatsApp.Unblock); err != nil {
		return err
	}
	now, by := s.Clock.Now(), contact.ByOf(ctx)
	return s.move(ctx, []uuid.UUID{id}, func(_ context.Context, _ pgx.Tx, _ uuid.UUID, w *work) error {
		if w.now.BlockedAt != nil {
			w.now.BlockedAt = nil
			w.event(Unblocked, now, by, nil)
		}
		return nil
	})
}

const sqlAddress = `select coalesce(wa_id, ''), coalesce(bsuid, '') from contacts where tenant_id = $1 and id = $2`

// atMeta makes a call about the conversation's person, which may be repeated.
func (s *Service) atMeta(ctx context.Context, id uuid.UUID, call func(ctx context.Context, token, phoneNumberID string, who whatsapp.Address) error) error {
	var who whatsapp.Address
	var sender channel.Sender
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sqlAddress, tenant, c.ContactID).Scan(&who.Phone, &who.UserID); err != nil {
			return fmt.Errorf("read address: %w", err)
		}
		sender, err = s.Channels.Sendable(ctx, tx, tenant, c.ChannelID)
		return err
	})
	if err != nil {
		return err
	}
	if !sender.Ready() {
		return fault.Conflict("The number is not connected.").WithCode("number_not_connected")
	}
	return blockRefused(call(ctx, sender.Token, sender.PhoneNumberID, who))
}

// blockRefused words what Meta says to a block.
func blockRefused(err error) error {
	refusal, ok := errors.AsType[*whatsapp.Error](err)
	switch {
	case err == nil:
		return nil
	case !ok:
		return fault.Unavailable("WhatsApp did not answer. Try again in a minute.").Wrap(err)
	case refusal.Code == whatsapp.BlockFailed:
		return fault.Conflict("WhatsApp blocks only people who wrote within the last 24 hours.").WithCode("block_refused").Wrap(err)
	}
	advice := refusal.Advice()
	return fault.Conflict(advice.Sentence + " " + advice.Next).WithCode("block_refused").Wrap(err)
}
