package message

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// serviceWindow is how long a customer's message lets us answer freely; it runs from
// the customer's own time, so an old message delivered late never opens it.
const serviceWindow = 24 * time.Hour

const sqlInsertInboundID = `
insert into inbound_ids (tenant_id, wamid, message_id) values ($1, $2, $3)
on conflict (tenant_id, wamid) do nothing`

const sqlInsertInbound = `
with noted as (
    insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $4, $2)
    on conflict (tenant_id, contact_id, message_id) do nothing)
insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, wamid, created_at)
values ($1, $2, $3, $4, 'in', 'customer', $5, $6, 'received', $7, $8)
on conflict (tenant_id, id) do nothing`

// receive stores a customer's message whole, once, and opens the service window.
func (s *Service) receive(ctx context.Context, tenant, channelID uuid.UUID, m whatsapp.InboundMessage) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		id := ident.New()
		tag, err := tx.Exec(ctx, sqlInsertInboundID, tenant, m.ID, id)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		c, stranger, err := contact.Resolve(ctx, tx, tenant, contact.Identity{WAID: m.From, BSUID: m.FromUserID, Name: m.ProfileName, At: m.At})
		if err != nil {
			return fmt.Errorf("resolve contact: %w", err)
		}
		if stranger && s.Hooks.Met != nil {
			if err := s.Hooks.Met(ctx, tx, tenant, c, m.At); err != nil {
				return fmt.Errorf("meet a stranger: %w", err)
			}
		}
		if _, err := tx.Exec(ctx, sqlInsertInbound, tenant, id, channelID, c.ID, m.Type, json.RawMessage(m.Raw), m.ID, m.At); err != nil {
			return fmt.Errorf("store inbound message: %w", err)
		}
		if err := contact.OpenWindow(ctx, tx, tenant, c.ID, m.At.Add(serviceWindow)); err != nil {
			return err
		}
		if err := s.hear(ctx, tx, tenant, channelID, c.ID, id, m); err != nil {
			return err
		}
		if err := s.Hooks.Received(ctx, tx, tenant, []Receipt{{ID: id, ChannelID: channelID, ContactID: c.ID, WAMID: m.ID, ReplyTo: m.ReplyTo,
			Kind: m.Type, Text: m.Text, Payload: m.Payload, At: m.At, Stranger: stranger}}); err != nil {
			return fmt.Errorf("tell of an inbound message: %w", err)
		}
		return s.Billing.AddMetrics(ctx, tx, tenant, m.At, billing.DailyCounts{Inbound: 1})
	})
}

// hear lets consent act on what the person said, and queues its answer.
func (s *Service) hear(ctx context.Context, tx pgx.Tx, tenant, channelID, contactID, id uuid.UUID, m whatsapp.InboundMessage) error {
	reply, err := s.Consents.Hear(ctx, tx, tenant, consent.Heard{ContactID: contactID, MessageID: id, WAMID: m.ID, Type: m.Type,
		Text: m.Text, Payload: m.Payload, At: m.At})
	if err != nil || reply == "" {
		return err
	}
	return s.Send(ctx, tx, tenant, []Draft{{ID: ident.New(), ChannelID: channelID, ContactID: contactID, Origin: OriginConsent,
		Priority: PriorityReply, Text: reply}})
}

// applyEvent applies news of templates, numbers, accounts and preferences to the
// features that own them, in the tenant's transaction.
func (s *Service) applyEvent(ctx context.Context, tenant uuid.UUID, event any) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		switch e := event.(type) {
		case whatsapp.TemplateStatusEvent:
			return s.Templates.ApplyStatus(ctx, tx, tenant, e)
		case whatsapp.TemplateQualityEvent:
			return s.Templates.ApplyQuality(ctx, tx, tenant, e)
		case whatsapp.TemplateComponentsEvent:
			return s.Templates.ApplyComponents(ctx, tx, tenant, e)
		case whatsapp.TemplateCategoryEvent:
			return s.Templates.ApplyCategory(ctx, tx, tenant, e)
		case whatsapp.PhoneQualityEvent:
			return s.Channels.ApplyQuality(ctx, tx, tenant, e)
		case whatsapp.PhoneNameEvent:
			return s.Channels.ApplyName(ctx, tx, tenant, e)
		case whatsapp.CapabilityEvent:
			return s.Channels.ApplyCapability(ctx, tx, tenant, e)
		case whatsapp.AccountEvent:
			return s.Channels.ApplyAccount(ctx, tx, tenant, e)
		case whatsapp.PreferenceEvent:
			return applyPreference(ctx, tx, tenant, e)
		}
		return fmt.Errorf("event %T has no owner", event)
	})
}

// applyPreference records that a person stopped or resumed marketing in WhatsApp.
func applyPreference(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.PreferenceEvent) error {
	c, _, err := contact.Resolve(ctx, tx, tenant, contact.Identity{WAID: e.WAID, BSUID: e.UserID, At: e.At})
	if err != nil {
		return fmt.Errorf("resolve contact: %w", err)
	}
	change := contact.Resume
	if e.Stop {
		change = contact.Stop
	}
	return change(ctx, tx, tenant, []uuid.UUID{c.ID}, e.At, contact.ByWhatsApp, e.Detail)
}
