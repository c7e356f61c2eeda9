package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// pauseCategory is the reason of a pause for a change of price.
const pauseCategory = "category"

// TemplateRecategorised pauses what runs or waits with a template that Meta moved to another
// category, or will, unless its price was agreed to. It is template's hook Recategorised.
func (s *Service) TemplateRecategorised(ctx context.Context, tx pgx.Tx, t template.Template) error {
	ids, err := using(ctx, tx, t, Running, Scheduled, Paused)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.repriced(ctx, tx, t, id); err != nil {
			return err
		}
	}
	return nil
}

// repriced pauses one campaign. One that a person paused is told why it will cost something
// else; one the machine paused for another reason keeps that.
func (s *Service) repriced(ctx context.Context, tx pgx.Tx, t template.Template, id uuid.UUID) error {
	c, err := lock(ctx, tx, t.TenantID, id)
	if err != nil || c.agreed == t.Coming() {
		return err
	}
	switch {
	case c.Status == Running, c.Status == Scheduled:
		c.PauseReason, c.PauseCode = pauseCategory, 0
		return s.move(ctx, tx, t.TenantID, &c, Paused)
	case c.Status == Paused && c.PauseReason == "":
		c.PauseReason, c.UpdatedAt = pauseCategory, s.Clock.Now()
		if err := setStatus(ctx, tx, t.TenantID, c); err != nil {
			return err
		}
		return s.publish(ctx, tx, t.TenantID, c.ID)
	}
	return nil
}

// category is what the campaign's template is charged as now; with several languages, the dearest
// that one of them is.
func (s *Service) category(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (template.Category, error) {
	return s.dearestOf(ctx, tx, tenant, c, func(t template.Template) template.Category { return t.Category })
}

// comingCategory is what who resumes agrees to: what Meta announced counts as done.
func (s *Service) comingCategory(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (template.Category, error) {
	return s.dearestOf(ctx, tx, tenant, c, template.Template.Coming)
}

// dearestOf is marketing where one of the campaign's versions is: no market asks more for another.
func (s *Service) dearestOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, of func(template.Template) template.Category) (template.Category, error) {
	t, err := s.template(ctx, tx, tenant, c)
	if err != nil || !c.ByLanguage {
		return of(t), err
	}
	list, err := s.Templates.Languages(ctx, tx, tenant, t)
	if err != nil {
		return "", err
	}
	for _, other := range list {
		if other.Sendable() && of(other) == template.Marketing {
			return template.Marketing, nil
		}
	}
	return of(t), nil
}

// CategoryChange is what a change of its template's category means for a campaign: what those
// who wait cost as agreed, and as they will.
type CategoryChange struct {
	From     template.Category `json:"from" enum:"MARKETING,UTILITY,AUTHENTICATION" doc:"What was agreed to"`
	To       template.Category `json:"to" enum:"MARKETING,UTILITY,AUTHENTICATION" doc:"What it is, or will be, charged as"`
	At       *time.Time        `json:"at,omitempty" doc:"When, if Meta only announced it"`
	Waiting  int64             `json:"waiting" doc:"People not yet written to"`
	Before   money.Amount      `json:"before" doc:"Their cost as agreed, in ten-thousandths"`
	After    money.Amount      `json:"after" doc:"Their cost as it will be, in ten-thousandths"`
	Currency money.Currency    `json:"currency"`
}

// CategoryChange prices what is left of a campaign before and after the change it is paused for.
func (s *Service) CategoryChange(ctx context.Context, id uuid.UUID) (change CategoryChange, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		if c.Status != Paused || c.PauseReason != pauseCategory {
			return fault.Conflict("This campaign is not paused for a change of category.").WithCode("status")
		}
		change, err = s.categoryChange(ctx, tx, tenant, c)
		return err
	})
	return change, err
}

func (s *Service) categoryChange(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (change CategoryChange, err error) {
	t, err := s.template(ctx, tx, tenant, c)
	if err != nil {
		return change, err
	}
	change.From, change.At = c.agreed, t.NextCategoryAt
	if change.From == "" {
		change.From = t.Category // started before what was agreed to was kept
	}
	if change.To, err = s.comingCategory(ctx, tx, tenant, c); err != nil {
		return change, err
	}
	if change.Waiting, err = s.waiting(ctx, tx, tenant, c); err != nil {
		return change, err
	}
	if _, change.Currency, err = s.Billing.Available(ctx, tx, tenant); err != nil {
		return change, fmt.Errorf("read wallet: %w", err)
	}
	return change, s.priceChange(ctx, tx, tenant, c, &change)
}

// waiting is how many are not yet handed to WhatsApp; before the freeze, the audience.
func (s *Service) waiting(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (int64, error) {
	if c.Frozen {
		return c.Counts.Pending + c.Counts.Queued, nil
	}
	all, err := contact.CountAudience(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()))
	if err != nil {
		return 0, fmt.Errorf("count audience: %w", err)
	}
	return max(0, all-c.Counts.Total+c.Counts.Pending+c.Counts.Queued), nil
}

// priceChange projects the mix of countries of a sample on those who wait.
func (s *Service) priceChange(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, change *CategoryChange) error {
	people, err := contact.Sample(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()), estimateSample)
	if err != nil || len(people) == 0 {
		return err
	}
	rates, err := s.Billing.Rates(ctx, tx, tenant)
	if err != nil {
		return fmt.Errorf("read rates: %w", err)
	}
	share := func(category template.Category) (sum money.Amount) {
		for market, n := range reachable(people, category == template.Marketing) {
			if p, err := rates.Price(market, string(category)); err == nil {
				sum += p.Total() * money.Amount(n) * money.Amount(change.Waiting) / money.Amount(len(people))
			}
		}
		return sum
	}
	change.Before, change.After = share(change.From), share(change.To)
	return nil
}
