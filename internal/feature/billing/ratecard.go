package billing

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// book is every rate card and the installation's markups.
type book struct {
	byID    map[uuid.UUID]*card
	cards   map[money.Currency][]*card // by effectiveFrom
	markups map[money.Currency][]markup
}

// card is one price list.
type card struct {
	id             uuid.UUID
	currency       money.Currency
	source         string
	converts       *card // nil: none
	conversion     int64 // ten-thousandths of this currency per unit of the other
	conversionNote string
	effectiveFrom  time.Time // midnight UTC of the tenant's day
	effectiveTo    *time.Time
	rates          map[rateKey]money.Amount
}

type rateKey struct{ market, category string }

// rate is the base price: as stated, else converted from the other card. A market without rates
// costs what Other does, authentication from abroad without its own rate what authentication does.
func (c *card) rate(market, category string) (money.Amount, bool) {
	if base, stated := c.stated(market, category); stated {
		return base, true
	}
	if category == CategoryAuthInternational {
		return c.rate(market, CategoryAuthentication)
	}
	if market != MarketOther {
		return c.rate(MarketOther, category)
	}
	return 0, false
}

func (c *card) stated(market, category string) (money.Amount, bool) {
	if base, here := c.rates[rateKey{market, category}]; here {
		return base, true
	}
	if c.converts == nil || c.states(market) {
		return 0, false
	}
	base, there := c.converts.stated(market, category)
	return scale(base, c.conversion), there
}

// states says whether the card itself lists the market: it is then never converted.
func (c *card) states(market string) bool {
	_, here := c.rates[rateKey{market, CategoryMarketing}]
	return here
}

// converted says whether the card's price for the market comes from another currency.
func (c *card) converted(market string) bool {
	return c.converts != nil && !c.states(market)
}

// inForce is the card of the currency on that day (midnight UTC). Days that no card covers have
// the last one before them, or the first of all. Nil: there are no cards in the currency.
func (b *book) inForce(currency money.Currency, day time.Time) *card {
	var last *card
	for _, c := range b.cards[currency] {
		started := !day.Before(c.effectiveFrom)
		over := c.effectiveTo != nil && !day.Before(*c.effectiveTo)
		if started && !over || last == nil || started && last.effectiveTo != nil {
			last = c
		}
	}
	return last
}

// markets lists the markets the card has a price for, by name, Other last.
func (c *card) markets() []string {
	seen := map[string]bool{}
	for from := c; from != nil; from = from.converts {
		for key := range from.rates {
			seen[key.market] = true
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.SortFunc(names, byNameOtherLast)
	return names
}

func byNameOtherLast(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == MarketOther || b != MarketOther && b < a:
		return 1
	default:
		return -1
	}
}
