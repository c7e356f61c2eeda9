package goal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Result is what a campaign achieved of one goal.
type Result struct {
	GoalID      uuid.UUID    `json:"goalId"`
	Key         string       `json:"key"`
	Name        string       `json:"name"`
	People      int64        `json:"people" doc:"People who converted, each once"`
	Conversions int64        `json:"conversions" doc:"What they did, all of it"`
	Revenue     money.Amount `json:"revenue" doc:"The values of all of it, in ten-thousandths"`
}

// Conversion is one event as it was recorded.
type Conversion struct {
	EventID      string       `json:"eventId"`
	Goal         string       `json:"goal" doc:"The goal's name"`
	ContactID    *uuid.UUID   `json:"contactId,omitempty" doc:"Absent: nobody the workspace knows"`
	ContactName  string       `json:"contactName"`
	Phone        string       `json:"phone"`
	Value        money.Amount `json:"value"`
	At           time.Time    `json:"at"`
	CampaignID   *uuid.UUID   `json:"campaignId,omitempty" doc:"Absent: no campaign within the window"`
	CampaignName string       `json:"campaignName"`
	ReceivedAt   time.Time    `json:"receivedAt"`
}

// Results returns what a campaign achieved, by goal; goals without a conversion are left out.
func (s *Service) Results(ctx context.Context, campaign uuid.UUID) (found []Result, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		exists, err := campaignExists(ctx, tx, tenant, campaign)
		if err != nil {
			return err
		}
		if !exists {
			return fault.NotFound("There is no campaign with this id.")
		}
		found, err = results(ctx, tx, tenant, campaign)
		return err
	})
	return found, err
}

// Recent lists conversions as they came, the latest first, before the given key; the zero time
// starts.
func (s *Service) Recent(ctx context.Context, before time.Time, beforeID string, limit int) (found []Conversion, err error) {
	if before.IsZero() {
		before = s.Clock.Now().Add(time.Hour)
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err = recent(ctx, tx, tenant, before, beforeID, limit)
		return err
	})
	return found, err
}
