package app

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
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

// consentChanged makes contacts' rows follow, and ends the sequences of who does not want them any more.
func (c *Core) consentChanged(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, changes ...consent.Change) error {
	if err := contact.ChangeConsent(ctx, tx, tenant, ids, changes...); err != nil {
		return err
	}
	return c.Sequences.ConsentChanged(ctx, tx, tenant, ids, changes...)
}
