package campaign

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// estimateSample is how many contacts tell the mix of countries and of consent.
const estimateSample = 2000

// Estimate is what a campaign would cost if everybody it may reach got it: the most
// it can cost. Beyond the sample, the mix of countries is projected.
type Estimate struct {
	Audience   int64          `json:"audience" doc:"Contacts in the audience"`
	Reachable  int64          `json:"reachable" doc:"Of these, not opted out or suppressed"`
	Exact      bool           `json:"exact" doc:"False when projected from a sample of 2,000"`
	Base       money.Amount   `json:"base" doc:"WhatsApp's price, in ten-thousandths"`
	Markup     money.Amount   `json:"markup" doc:"The platform's markup, in ten-thousandths"`
	Total      money.Amount   `json:"total" doc:"Base and markup, in ten-thousandths"`
	Currency   money.Currency `json:"currency"`
	Available  money.Amount   `json:"available" doc:"The wallet's balance"`
	Category   string         `json:"category"`
	PerSecond  int            `json:"perSecond" doc:"The number's throughput"`
	Seconds    int64          `json:"seconds" doc:"How long sending takes at that rate"`
	DailyLimit *int           `json:"dailyLimit,omitempty" doc:"People per day the number's portfolio may reach"`
	Markets    []MarketCost   `json:"markets"`
}

// MarketCost is one country's share of an estimate.
type MarketCost struct {
	Market   string       `json:"market"`
	Contacts int64        `json:"contacts"`
	Price    money.Amount `json:"price" doc:"Per message, in ten-thousandths"`
	Total    money.Amount `json:"total"`
}

// Estimate prices a campaign before it starts.
func (s *Service) Estimate(ctx context.Context, id uuid.UUID) (e Estimate, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		e, err = s.estimate(ctx, tx, tenant, c)
		return err
	})
	return e, err
}

func (s *Service) estimate(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (e Estimate, err error) {
	if e.Audience, err = contact.CountAudience(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now())); err != nil {
		return e, fmt.Errorf("count audience: %w", err)
	}
	if e.Available, e.Currency, err = s.Billing.Available(ctx, tx, tenant); err != nil {
		return e, fmt.Errorf("read wallet: %w", err)
	}
	people, err := contact.Sample(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()), estimateSample)
	if err != nil {
		return e, fmt.Errorf("sample audience: %w", err)
	}
	e.Exact = e.Audience <= int64(len(people))
	if err := s.price(ctx, tx, tenant, c, people, &e); err != nil {
		return e, err
	}
	return e, s.duration(ctx, tx, tenant, c, &e)
}

// price counts the sample by market and prices each.
func (s *Service) price(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, people []contact.Contact, e *Estimate) error {
	if !c.hasTemplates() || len(people) == 0 {
		return nil
	}
	category, err := s.dearest(ctx, tx, tenant, c)
	if err != nil {
		return err
	}
	rates, err := s.Billing.Rates(ctx, tx, tenant)
	if err != nil {
		return fmt.Errorf("read rates: %w", err)
	}
	e.Category = category
	for market, n := range reachable(people, e.Category == message.CategoryMarketing) {
		p, err := rates.Price(market, e.Category)
		if err != nil {
			continue // the gate refuses these, and the report says so
		}
		contacts := n * e.Audience / int64(len(people)) * int64(100-c.HoldOut) / 100
		e.Reachable += contacts
		e.Base += p.Base * money.Amount(contacts)
		e.Markup += p.Markup * money.Amount(contacts)
		e.Markets = append(e.Markets, MarketCost{Market: market, Contacts: contacts, Price: p.Total(), Total: p.Total() * money.Amount(contacts)})
	}
	e.Total = e.Base + e.Markup
	return nil
}

// dearest is the category of the campaign's template, or marketing where any of its versions is.
func (s *Service) dearest(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (category string, err error) {
	for variant := int16(c.variants()); variant >= 1; variant-- {
		t, err := s.template(ctx, tx, tenant, c.as(variant))
		if err != nil {
			return "", inVariant(err, c, variant)
		}
		if category != message.CategoryMarketing {
			category = string(t.Category)
		}
	}
	return category, nil
}

// reachable counts by market who may be written to.
func reachable(people []contact.Contact, marketing bool) map[string]int64 {
	counts := make(map[string]int64)
	for _, p := range people {
		if mayReach(p, marketing) {
			counts[p.Market]++
		}
	}
	return counts
}

// mayReach says whether a person may be written to, as things stand.
func mayReach(p contact.Contact, marketing bool) bool {
	return p.Suppressed == nil && (!marketing || p.OptIn.State != contact.OptInRefused && p.OptIn.State != contact.OptInPending)
}

const sqlPaceOf = `select throughput, daily_limit from channels where tenant_id = $1 and id = $2 and removed_at is null`

// paceOf reads how fast a number may send; one that is not this tenant's, or is no more, is
// a fault.
func paceOf(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID) (perSecond int, daily *int, err error) {
	err = tx.QueryRow(ctx, sqlPaceOf, tenant, channel).Scan(&perSecond, &daily)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil, fault.Invalid("The number was removed. Choose another.").At("body.channelId", "Removed.")
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read number: %w", err)
	}
	return perSecond, daily, nil
}

func (s *Service) duration(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, e *Estimate) error {
	if c.ChannelID == (uuid.UUID{}) {
		return nil
	}
	var err error
	if e.PerSecond, e.DailyLimit, err = paceOf(ctx, tx, tenant, c.ChannelID); err != nil {
		return err
	}
	if e.PerSecond > 0 {
		e.Seconds = (e.Reachable + int64(e.PerSecond) - 1) / int64(e.PerSecond)
	}
	return nil
}

// Preview is one contact's message as their phone will show it.
type Preview struct {
	ContactID uuid.UUID        `json:"contactId"`
	Name      string           `json:"name"`
	Phone     string           `json:"phone"`
	Language  string           `json:"language" doc:"Of the version this contact gets"`
	Problem   string           `json:"problem,omitempty" doc:"Why this contact's message would be refused"`
	Message   whatsapp.Preview `json:"message"`
}

// Preview renders one of the campaign's versions, counted from 1, for the newest contacts of its
// audience.
func (s *Service) Preview(ctx context.Context, id uuid.UUID, variant int16, n int) (previews []Preview, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		versions, err := s.wordingOf(ctx, tx, tenant, c, variant)
		if err != nil {
			return err
		}
		people, err := contact.Sample(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()), n)
		if err != nil {
			return fmt.Errorf("sample audience: %w", err)
		}
		for _, p := range people {
			previews = append(previews, preview(versions.Of(p.Locale), p, id))
		}
		return nil
	})
	return previews, err
}

// wordingOf is one version's wording; 0 stands for the first.
func (s *Service) wordingOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, variant int16) (*mapping.Languages, error) {
	if int(variant) > c.variants() {
		return nil, fault.NotFound("There is no such version.").At("query.variant", "Choose one of the campaign's versions.")
	}
	return s.wording(ctx, tx, tenant, c.as(variant))
}

func preview(v *mapping.Version, p contact.Contact, campaign uuid.UUID) Preview {
	params, err := v.Params(p, nil, campaign)
	out := Preview{ContactID: p.ID, Name: p.Name, Phone: p.Phone, Language: v.Template.Language, Message: v.Compiled.Preview(params)}
	if err != nil {
		out.Problem = err.Error()
	}
	return out
}

// Test sends one of the campaign's versions, counted from 1, to one contact, with that contact's
// own data. It goes through the same gate and costs the same.
func (s *Service) Test(ctx context.Context, id uuid.UUID, variant int16, contactID uuid.UUID) (messageID uuid.UUID, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		if c.ChannelID == (uuid.UUID{}) {
			return fault.Invalid("Choose the number to send from.").At("body.channelId", "No number is chosen.")
		}
		versions, err := s.wordingOf(ctx, tx, tenant, c, variant)
		if err != nil {
			return err
		}
		people, err := contact.ByIDs(ctx, tx, tenant, []uuid.UUID{contactID})
		if err != nil {
			return fmt.Errorf("read contact: %w", err)
		}
		if len(people) == 0 {
			return fault.NotFound("There is no contact with this id.").At("body.contactId", "Unknown.")
		}
		v := versions.Of(people[0].Locale)
		params, err := v.Params(people[0], nil, id)
		if err != nil {
			return fault.Invalid(err.Error()).At("body.contactId", "A value is missing for this contact.")
		}
		messageID = ident.New()
		return s.Messages.Send(ctx, tx, tenant, []message.Draft{{ID: messageID, ChannelID: c.ChannelID, ContactID: contactID,
			Origin: message.OriginTest, Priority: message.PriorityReply, TemplateID: v.Template.ID, Params: params}})
	})
	return messageID, err
}
