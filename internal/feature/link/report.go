package link

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Clicker is a person who clicked. Times are cut to ten seconds.
type Clicker struct {
	ContactID uuid.UUID `json:"contactId"`
	Name      string    `json:"name"`
	Phone     string    `json:"phone"`
	First     time.Time `json:"firstAt"`
	Last      time.Time `json:"lastAt"`
	Clicks    int64     `json:"clicks"`
	Numbers   []int16   `json:"links" doc:"Numbers of the links they clicked"`
}

// Links lists a campaign's tracked links with their clicks, in the order of their places.
func (s *Service) Links(ctx context.Context, campaign uuid.UUID) (links []Link, err error) {
	err = s.ofCampaign(ctx, campaign, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		links, err = linksOf(ctx, tx, tenant, campaign)
		return err
	})
	return links, err
}

// People lists who clicked a campaign's link by contact id; number 0 is any of its links.
func (s *Service) People(ctx context.Context, campaign uuid.UUID, number int, after uuid.UUID, limit int) (people []Clicker, err error) {
	err = s.ofCampaign(ctx, campaign, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		people, err = peopleOf(ctx, tx, tenant, campaign, number, after, limit)
		return err
	})
	return people, err
}

// ofCampaign runs fn in the actor's workspace if the campaign is there.
func (s *Service) ofCampaign(ctx context.Context, campaign uuid.UUID, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		exists, err := campaignExists(ctx, tx, tenant, campaign)
		if err != nil {
			return err
		}
		if !exists {
			return fault.NotFound("There is no campaign with this id.")
		}
		return fn(ctx, tx, tenant)
	})
}
