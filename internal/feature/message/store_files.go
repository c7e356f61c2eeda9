package message

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const sqlQueuedContent = `
select channel_id, body from messages where tenant_id = $1 and id = $2 and state = 'queued' and template_id is null`

// queuedContent is a message that still waits.
type queuedContent struct {
	channel uuid.UUID
	content *whatsapp.Content // nil: it waits no more
}

func (s *Service) queuedContent(ctx context.Context, args FilesArgs) (m queuedContent, err error) {
	var body []byte
	err = s.DB.InTenant(ctx, args.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlQueuedContent, args.TenantID, args.MessageID).Scan(&m.channel, &body)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return queuedContent{}, nil
	}
	if err != nil {
		return m, err
	}
	m.content, err = whatsapp.ParseContent(body)
	return m, err
}

// A message that waited for its files goes at once, or when its writer wished. What is parked stays so.
const sqlMakeDue = `
update messages set due_at = greatest($3, scheduled_at)
where tenant_id = $1 and id = $2 and state = 'queued' and due_at < 'infinity'`

func (s *Service) makeDue(ctx context.Context, tenant, channel, id uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlMakeDue, tenant, id, s.Clock.Now()); err != nil {
			return err
		}
		return s.Ring(ctx, tx, channel)
	})
}

const sqlLockOne = `
select channel_id, contact_id, coalesce(campaign_id, '00000000-0000-0000-0000-000000000000'), variant from messages
where tenant_id = $1 and id = $2 and state = 'queued' for update`

// endOne ends a message that nobody has claimed; false: somebody has, or it is over.
func (s *Service) endOne(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, state State, reason string) (bool, error) {
	c := candidate{id: id}
	err := tx.QueryRow(ctx, sqlLockOne, tenant, id).Scan(&c.channelID, &c.contactID, &c.campaignID, &c.variant)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, s.end(ctx, tx, tenant, s.Clock.Now(), []refusal{{c, state, reason, nil}})
}

// endQueued refuses a message that nobody has claimed.
func (s *Service) endQueued(ctx context.Context, tenant, id uuid.UUID, reason string) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := s.endOne(ctx, tx, tenant, id, Refused, reason)
		return err
	})
}

// Whether a message says what a draft says.
const sqlSameDraft = `
select contact_id = $3 and channel_id = $4 and template_id is not distinct from $5 and params = $6
    and body is not distinct from $7 and scheduled_at is not distinct from $8
from messages where tenant_id = $1 and id = $2`

// Same says whether the message with a draft's id says what the draft says: a draft that was queued
// twice does, another one with its id does not. pgx.ErrNoRows: there is none.
func (s *Service) Same(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Draft) (same bool, err error) {
	var at *time.Time
	if !d.DueAt.IsZero() {
		at = new(d.DueAt.Truncate(time.Microsecond)) // as the database keeps it
	}
	err = tx.QueryRow(ctx, sqlSameDraft, tenant, d.ID, d.ContactID, d.ChannelID, optional(d.TemplateID), notNil(d.Params), d.FreeForm(), at).Scan(&same)
	return same, err
}

// Withdraw cancels a message that nobody has claimed; false: it is too late.
func (s *Service) Withdraw(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (bool, error) {
	return s.endOne(ctx, tx, tenant, id, Cancelled, ReasonWithdrawn)
}
