package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const sqlScheduled = `
select id, channel_id, contact_id, origin, coalesce(template_id, '00000000-0000-0000-0000-000000000000'), body, sent_by from messages
where tenant_id = $1 and id = any($2) and id between $3 and $4 and scheduled_at is not null`

// scheduled is a message that was written for later and goes now.
type scheduled struct {
	message.Draft
	by contact.By
}

// gone notes scheduled messages when they are claimed: until then they said nothing.
func (s *Service) gone(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	var ids []uuid.UUID
	for _, ch := range changes {
		if ch.CampaignID == uuid.Nil && ch.From == message.Queued && ch.To == message.Sending {
			ids = append(ids, ch.MessageID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := scheduledOf(ctx, tx, tenant, ids)
	if err != nil || len(list) == 0 {
		return err
	}
	now := s.Clock.Now()
	fresh := make([]Conversation, len(list))
	for i, d := range list {
		fresh[i] = Conversation{ID: ident.New(), ContactID: d.ContactID, ChannelID: d.ChannelID, LastAt: now}
	}
	set, err := settings(ctx, tx, tenant)
	if err != nil {
		return err
	}
	byPair, err := lockedWorks(ctx, tx, tenant, fresh, now)
	if err != nil {
		return fmt.Errorf("find conversations: %w", err)
	}
	for _, d := range list {
		if w := byPair[pair{d.ContactID, d.ChannelID}]; w != nil {
			w.reply(d.Draft, d.by, set, now)
		}
	}
	return s.settle(ctx, tx, tenant, values(byPair))
}

// scheduledOf are those of some messages that were written for later as part of a talk.
func scheduledOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (list []scheduled, err error) {
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlScheduled, tenant, ids, low, high)
	if err != nil {
		return nil, err
	}
	var d scheduled
	var body json.RawMessage
	_, err = pgx.ForEachRow(rows, []any{&d.ID, &d.ChannelID, &d.ContactID, &d.Origin, &d.TemplateID, &body, &d.by.ID}, func() error {
		if d.Content = nil; d.TemplateID == uuid.Nil {
			d.Content, _ = whatsapp.ParseContent(body) // what cannot be read is refused by the gate
		}
		if d.by.Kind = string(actor.System); d.by.ID != nil {
			d.by.Kind = string(actor.User)
		}
		if speaks(d.Origin) {
			list = append(list, d)
		}
		return nil
	})
	return list, err
}

// lost takes away the reactions that did not get there.
func (s *Service) lost(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	var ids []uuid.UUID
	for _, ch := range changes {
		if ch.CampaignID == uuid.Nil && (ch.To == message.Failed || ch.To == message.Refused || ch.To == message.Cancelled) {
			ids = append(ids, ch.MessageID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return s.Messages.Unreact(ctx, tx, tenant, ids)
}
