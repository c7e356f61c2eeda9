package billing

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Price is what one message costs: what the provider takes, and what the platform adds.
type Price struct {
	Base, Markup money.Amount
	Currency     money.Currency
	RateCard     uuid.UUID
}

// Total is base and markup together.
func (p Price) Total() money.Amount { return p.Base + p.Markup }

// Rates are the prices in force for one tenant at one moment, and the older ones that messages
// on their way were held at. It never changes; callers keep it for a batch.
type Rates struct {
	currency money.Currency
	card     *card // in force
	at       time.Time
	book     *book
	own      []markup // the tenant's
}

// markup is a rule of what is added; empty market or category: any.
type markup struct {
	market, category string
	basisPoints      int64
	fixed            money.Amount
	from             time.Time
	to               *time.Time
}

// Currency is the wallet's.
func (r *Rates) Currency() money.Currency { return r.currency }

// RateCard is the card in force.
func (r *Rates) RateCard() uuid.UUID { return r.card.id }

// Price is what a message costs now. market is one of Market's, category a template's or a
// webhook's. An unknown category is a fault of kind invalid.
func (r *Rates) Price(market, category string) (Price, error) {
	name := Category(category)
	if name == "" {
		return Price{}, fault.Invalid("There is no price for messages of the category " + category + ".").
			WithCode("no_rate")
	}
	return r.price(r.card, r.at, market, name)
}

// Owed is what a message owes as it stands: Owed of its state at the price of the category that
// Meta reported, on the rate card and at the moment of its hold.
func (r *Rates) Owed(s Standing) (Price, error) {
	p := Price{Base: s.Base, Markup: s.Markup, Currency: r.currency, RateCard: s.RateCard}
	reported := Category(s.PricingCategory)
	if reported == "" || reported == Category(s.Category) || s.RateCard == uuid.Nil {
		return Owed(s.State, s.PricingType, p), nil
	}
	card, known := r.book.byID[s.RateCard]
	if !known {
		return Price{}, fault.Unavailable("A price list is missing.").WithCode("no_rate_card")
	}
	p, err := r.price(card, ident.Time(s.HoldTransaction), s.Market, reported)
	return Owed(s.State, s.PricingType, p), err
}

func (r *Rates) price(c *card, at time.Time, market, category string) (Price, error) {
	base, stated := c.rate(market, category)
	if !stated {
		return Price{}, fault.Invalid("There is no price for " + category + " messages to " + market + ".").
			WithCode("no_rate")
	}
	added := r.markup(at, market, category)
	return Price{Base: base, Markup: added.on(base), Currency: r.currency, RateCard: c.id}, nil
}

// markup is the closest rule in force: the tenant's own before the installation's, one for this
// market and category before one for the category, the market, or any.
func (r *Rates) markup(at time.Time, market, category string) markup {
	if m, found := closest(r.own, at, market, category); found {
		return m
	}
	m, _ := closest(r.book.markups[r.currency], at, market, category)
	return m
}

func closest(rules []markup, at time.Time, market, category string) (best markup, found bool) {
	top := -1
	for _, m := range rules {
		if n := m.closeness(at, market, category); n > top {
			best, top, found = m, n, true
		}
	}
	return best, found
}

// closeness is -1 for a rule that does not apply.
func (m markup) closeness(at time.Time, market, category string) int {
	if at.Before(m.from) || m.to != nil && !at.Before(*m.to) {
		return -1
	}
	n := 0
	switch m.category {
	case category:
		n += 2
	case "":
	default:
		return -1
	}
	switch m.market {
	case market:
		n++
	case "":
	default:
		return -1
	}
	return n
}

// on is the markup on a base price, its share rounded half up.
func (m markup) on(base money.Amount) money.Amount {
	return scale(base, m.basisPoints) + m.fixed
}

// scale is a × ten-thousandths, rounded half up; neither may be negative.
func scale(a money.Amount, tenThousandths int64) money.Amount {
	return (a*money.Amount(tenThousandths) + 5_000) / 10_000
}
