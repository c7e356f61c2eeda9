package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const sqlMarketingAPI = `select marketing_api = 'ONBOARDED' from channels where tenant_id = $1 and id = $2`

// checkRoute refuses the Marketing Messages API for what it does not take: other templates than
// marketing, and accounts that did not agree to Meta's terms.
func (s *Service) checkRoute(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if c.Route == "" || c.Route == message.RouteUsual {
		return nil
	}
	category, err := s.category(ctx, tx, tenant, c)
	if err != nil {
		return err
	}
	if category != template.Marketing {
		return fault.Invalid("Only marketing templates can go by WhatsApp's Marketing Messages API.").At("body.route", "Send it the usual way.")
	}
	var onboarded bool
	if err := tx.QueryRow(ctx, sqlMarketingAPI, tenant, c.ChannelID).Scan(&onboarded); err != nil {
		return fmt.Errorf("read account: %w", err)
	}
	if !onboarded {
		return fault.Conflict("The WhatsApp account has not agreed to the terms of the Marketing Messages API. Accept them in WhatsApp Manager, then refresh the number; or send it the usual way.").
			At("body.route", "Not available for this number yet.").WithCode("marketing_api")
	}
	return nil
}
