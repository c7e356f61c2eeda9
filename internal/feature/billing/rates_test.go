package billing

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

func (b *bundle) rates(tenant uuid.UUID) (r *Rates) {
	b.t.Helper()
	b.in(tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		r, err = b.service.Rates(ctx, tx, tenant)
		return err
	})
	return r
}

func (b *bundle) price(r *Rates, market, category string) (base, markup money.Amount) {
	b.t.Helper()
	p, err := r.Price(market, category)
	if err != nil {
		b.t.Fatal(err)
	}
	if p.RateCard != r.RateCard() || p.Currency != r.Currency() {
		b.t.Errorf("price %+v is not of card %s in %s", p, r.RateCard(), r.Currency())
	}
	return p.Base, p.Markup
}

func TestPrices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rupees, dollars := b.rates(b.acme), b.rates(b.tenant("globex", "USD"))
	cases := []struct {
		rates            *Rates
		market, category string
		base, markup     money.Amount
	}{
		// India's rupee prices are Meta's own, exactly.
		{rupees, "India", "MARKETING", 8_631, 863},
		{rupees, "India", "UTILITY", 1_150, 115},
		{rupees, "India", "SERVICE", 1_150, 115},
		{rupees, "India", "authentication-international", 24_971, 2_497},
		// Elsewhere a tenant in rupees pays the dollar price at 90.
		{rupees, "Germany", "MARKETING", 122_850, 12_285},
		{rupees, "Colombia", "utility", 720, 72},
		{rupees, "Germany", "authentication-international", 49_500, 4_950}, // none of its own
		{dollars, "India", "marketing_lite", 118, 12},                      // 11.8 rounds up
		{dollars, "Turkey", "AUTHENTICATION", 9, 1},
		{dollars, "Pakistan", "authentication_international", 750, 75},
		{dollars, "Other", "MARKETING", 604, 60},
		{dollars, "Atlantis", "MARKETING", 604, 60},
	}
	for _, c := range cases {
		base, markup := b.price(c.rates, c.market, c.category)
		if base != c.base || markup != c.markup {
			t.Errorf("%s, %s in %s: %d + %d, want %d + %d", c.market, c.category, c.rates.Currency(), base, markup, c.base, c.markup)
		}
	}
	if _, err := rupees.Price("India", "general_purpose_ai"); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a category without a rate: %v", err)
	}
}

// Every market that a phone number can have is on both cards.
func TestEveryMarketHasPrices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sheet, err := b.service.RateSheet(b.ctx, b.acme)
	if err != nil {
		t.Fatal(err)
	}
	priced := map[string]int{}
	for _, line := range sheet.Rates {
		priced[line.Market]++
		if line.Total != line.Base+line.Markup || line.Base <= 0 || line.Converted == (line.Market == "India") {
			t.Errorf("line %+v", line)
		}
	}
	for market := range marketCodes {
		if priced[market] < 4 {
			t.Errorf("%s has %d prices", market, priced[market])
		}
	}
	if len(priced) != len(marketCodes) || sheet.HomeMarket != "India" || sheet.ConversionNote == "" || sheet.EffectiveFrom != "2026-10-01" {
		t.Errorf("sheet of %d markets: %+v", len(priced), sheet)
	}
}

// The closest rule in force wins, the tenant's before the installation's.
func TestMarkups(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.tamper(`insert into markups (id, currency, market, category, basis_points, fixed, effective_from, effective_to) values
		(gen_random_uuid(), 'INR', '', 'utility', 0, 500, '2026-11-01', null),
		(gen_random_uuid(), 'INR', 'India', 'utility', 2000, 0, '2027-01-01', null),
		(gen_random_uuid(), 'INR', '', '', 9900, 0, '2026-01-01', '2026-11-01')`)
	b.tamper(`insert into tenant_markups (tenant_id, id, market, category, basis_points, fixed, effective_from) values
		($1, gen_random_uuid(), 'UAE', '', 500, 10, '2026-11-01')`, b.acme)
	b.clock.Advance(cardsKeptFor)
	now, next := b.rates(b.acme), *b.rates(b.acme)
	next.at = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		rates            *Rates
		market, category string
		want             money.Amount
	}{
		"any":                       {now, "India", "marketing", 863},
		"category before any":       {now, "India", "utility", 500},
		"both before category":      {&next, "India", "utility", 230},
		"category elsewhere":        {&next, "Germany", "utility", 500},
		"tenant before everything":  {now, "UAE", "utility", 717},
		"the card's base, and more": {now, "UAE", "marketing", 2_602},
	} {
		if _, got := b.price(c.rates, c.market, c.category); got != c.want {
			t.Errorf("%s: markup %d, want %d", name, got, c.want)
		}
	}
}

// A new card begins at the tenant's midnight; what was held before keeps its card.
func TestNewRateCard(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(100)
	b.tamper(`insert into rate_cards (id, currency, source, effective_from) values
		('01998ab1-f000-7000-8000-00000000000a', 'INR', 'of the new year', '2027-01-01')`)
	b.tamper(`insert into rates (rate_card_id, market, category, base) values
		('01998ab1-f000-7000-8000-00000000000a', 'India', 'marketing', 9000),
		('01998ab1-f000-7000-8000-00000000000a', 'India', 'utility', 2000)`)
	old := b.claim(1)[0]
	lastMinute := time.Date(2026, time.December, 31, 18, 29, 0, 0, time.UTC) // 23:59 in India
	b.clock.Advance(lastMinute.Sub(noon))
	if base, _ := b.price(b.rates(b.acme), "India", "marketing"); base != 8_631 {
		t.Errorf("before midnight: %d", base)
	}
	b.clock.Advance(time.Minute)
	if base, _ := b.price(b.rates(b.acme), "India", "marketing"); base != 9_000 {
		t.Errorf("at midnight: %d", base)
	}
	b.tell(report{"delivered", "regular", "utility"}, old)
	if s := b.standing(old); s.PostedBase != 1_150 || s.PostedMarkup != 115 {
		t.Errorf("a message of the old card posted %d + %d", s.PostedBase, s.PostedMarkup)
	}
	b.verified()
}

func TestCardInForce(t *testing.T) {
	t.Parallel()
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	end := day(time.June, 1)
	spring := &card{effectiveFrom: day(time.March, 1), effectiveTo: &end}
	autumn := &card{effectiveFrom: day(time.October, 1)}
	b := &book{cards: map[money.Currency][]*card{"INR": {spring, autumn}}}
	for at, want := range map[time.Time]*card{
		day(time.January, 1): spring, day(time.March, 1): spring, day(time.May, 31): spring,
		day(time.August, 1): spring, day(time.October, 1): autumn, day(time.December, 1): autumn,
	} {
		if got := b.inForce("INR", at); got != want {
			t.Errorf("on %s the wrong card", at.Format(time.DateOnly))
		}
	}
	if b.inForce("XYZ", end) != nil {
		t.Error("a currency without cards has one")
	}
}

func TestOpenWallet(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.topUp(5)
	b.in(b.acme, func(ctx context.Context, tx pgx.Tx) error { // again: nothing happens
		return b.service.OpenWallet(ctx, tx, b.acme, "INR")
	})
	if got := b.available(); got != 50_000 {
		t.Errorf("available: %d", got)
	}
	err := b.db.InTenant(b.ctx, b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.service.OpenWallet(ctx, tx, b.acme, "XYZ")
	})
	if fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a wallet without prices: %v", err)
	}
}

func TestHomeMarket(t *testing.T) {
	t.Parallel()
	for country, want := range map[string]string{
		"IN": "India", "AE": "UAE", "KZ": "Kazakhstan", "RU": "Russia", "US": "North America",
		"PR": "Rest of Latin America", "BS": "Other", "KE": "Rest of Africa", "??": "Other", "": "Other",
	} {
		if got := homeMarket(country); got != want {
			t.Errorf("homeMarket(%s) = %s, want %s", country, got, want)
		}
	}
}
