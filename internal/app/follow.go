package app

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/message"
)

// received tells everybody who waits for people to write.
func (c *Core) received(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) error {
	if err := c.Campaigns.Received(ctx, tx, tenant, list); err != nil {
		return err
	}
	if err := c.Sequences.Received(ctx, tx, tenant, list); err != nil {
		return err
	}
	return c.Conversations.Received(ctx, tx, tenant, list)
}

// queued tells everybody who follows what the workspace says.
func (c *Core) queued(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []message.Draft) error {
	if err := c.Conversations.Queued(ctx, tx, tenant, drafts); err != nil {
		return err
	}
	return c.Payments.Queued(ctx, tx, tenant, drafts)
}

// consentChanged makes contacts' rows follow, and ends the sequences of who does not want them any more.
func (c *Core) consentChanged(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, changes ...consent.Change) error {
	if err := contact.ChangeConsent(ctx, tx, tenant, ids, changes...); err != nil {
		return err
	}
	return c.Sequences.ConsentChanged(ctx, tx, tenant, ids, changes...)
}

// conversationsMoved tells everybody who follows conversations of what happened to them.
func (c *Core) conversationsMoved(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	if err := c.Promises.Follow(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := c.Ratings.Follow(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := c.Support.Follow(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := c.Desk.Follow(ctx, tx, tenant, changes); err != nil {
		return err
	}
	if err := c.tellOfConversations(ctx, tx, tenant, changes); err != nil { // after the desk: what it gave away is not nobody's
		return err
	}
	return c.Hours.Greet(ctx, tx, tenant, writing(changes))
}

// writing are the people's cases in which a customer has just written.
func writing(changes []conversation.Change) (list []hours.Waiting) {
	for _, ch := range changes {
		if !ch.Asks || ch.Now.CaseID == nil || ch.Now.Handler != conversation.People || ch.Now.WindowUntil == nil || ch.Now.BlockedAt != nil {
			continue
		}
		w := hours.Waiting{Case: *ch.Now.CaseID, Channel: ch.Now.ChannelID, Contact: ch.Now.ContactID, At: ch.At, Window: *ch.Now.WindowUntil}
		if ch.Now.TeamID != nil {
			w.Team = *ch.Now.TeamID
		}
		list = append(list, w)
	}
	return list
}
