package message

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// applyEvent applies news of templates, numbers, accounts, preferences and payments to the
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
		case whatsapp.UserIDEvent:
			return s.applyUserID(ctx, tx, tenant, e)
		case whatsapp.PreferenceEvent:
			return applyPreference(ctx, tx, tenant, e)
		case whatsapp.PaymentEvent:
			if s.Hooks.Paid != nil {
				return s.Hooks.Paid(ctx, tx, tenant, e)
			}
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
