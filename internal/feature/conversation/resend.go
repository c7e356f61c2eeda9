package conversation

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const sqlIsIn = `
select exists (select 1 from messages where tenant_id = $1 and id = $2 and channel_id = $3 and contact_id = any($4) and direction = 'out')`

// withMessage lets do act on a message that the workspace wrote in a conversation the actor may answer in.
func (s *Service) withMessage(ctx context.Context, id, messageID uuid.UUID, do func(context.Context, pgx.Tx, uuid.UUID, Conversation) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := s.mayWrite(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		lives, err := livesOf(ctx, tx, tenant, c.ContactID)
		if err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, sqlIsIn, tenant, messageID, c.ChannelID, lives).Scan(&there); err != nil || !there {
			return errors.Join(err, fault.NotFound("There is no such message in this conversation."))
		}
		return do(ctx, tx, tenant, c)
	})
}

// Withdraw cancels a scheduled message before it goes.
func (s *Service) Withdraw(ctx context.Context, id, messageID uuid.UUID) error {
	return s.withMessage(ctx, id, messageID, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, _ Conversation) error {
		ended, err := s.Messages.Withdraw(ctx, tx, tenant, messageID)
		if err == nil && !ended {
			return fault.Conflict("The message is on its way already and cannot be called back.").WithCode("message_gone")
		}
		return err
	})
}

// SendAgain queues a new attempt, with an id the client made, at a message that did not arrive.
func (s *Service) SendAgain(ctx context.Context, id, messageID, again uuid.UUID) (item Item, err error) {
	attempt := Answer{ID: again, Template: &Letter{}}
	if err := attempt.check(s.Clock.Now()); err != nil {
		return item, err
	}
	err = s.withMessage(ctx, id, messageID, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Conversation) error {
		queued, err := s.Messages.Again(ctx, tx, tenant, c.ChannelID, message.Resend{Of: messageID, ID: again})
		if err == nil && !queued {
			err = fault.Conflict("This message cannot be sent again: it arrived, is on its way, or was sent again already.").WithCode("not_resendable")
		}
		if err != nil {
			return err
		}
		item, err = itemOf(ctx, tx, tenant, again)
		return err
	})
	return item, err
}
