package billing

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Report is what the proof of the ledger found.
type Report struct {
	OK      bool    `json:"ok"`
	Tenants int     `json:"tenants"` // proved
	Checks  []Check `json:"checks"`
}

// Check is one claim about every tenant's money.
type Check struct {
	Name   string `json:"name"`
	Claim  string `json:"claim"` // what holds when OK
	OK     bool   `json:"ok"`
	Count  int64  `json:"count"`            // how often it does not hold
	Detail string `json:"detail,omitempty"` // the first places where it does not
}

// shownPerCheck bounds Detail.
const shownPerCheck = 5

// Verify proves the ledger of every tenant against its messages. Each tenant is read in one
// snapshot, so it may run while messages are sent.
func (s *Service) Verify(ctx context.Context) (Report, error) {
	tenants, err := s.walletsOfAll(ctx)
	if err != nil {
		return Report{}, err
	}
	proof := newProof()
	for _, tenant := range tenants {
		if err := s.prove(ctx, tenant, proof); err != nil {
			return Report{}, fmt.Errorf("verify tenant %s: %w", tenant, err)
		}
	}
	return proof.report(len(tenants)), nil
}

const systemListWallets = `
select tenant_id
from wallets
order by tenant_id`

func (s *Service) walletsOfAll(ctx context.Context) (tenants []uuid.UUID, err error) {
	err = s.db.AsSystem(ctx, "list the wallets to verify", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemListWallets)
		if err != nil {
			return err
		}
		tenants, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	return tenants, err
}

// prove runs every check on one tenant.
func (s *Service) prove(ctx context.Context, tenant uuid.UUID, p *proof) error {
	return s.db.Snapshot(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		for _, claim := range claims() {
			if err := p.check(ctx, tx, tenant, claim); err != nil {
				return fmt.Errorf("%s: %w", claim.name, err)
			}
		}
		rates, err := s.Rates(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if err := p.checkRepriced(ctx, tx, tenant, rates); err != nil {
			return fmt.Errorf("%s: %w", claimOwed, err)
		}
		return p.checkRateCards(ctx, tx, tenant, rates)
	})
}

// proof gathers what the checks find, over all tenants.
type proof struct {
	order  []string
	checks map[string]*Check
	shown  map[string][]string
}

func newProof() *proof {
	p := &proof{checks: map[string]*Check{}, shown: map[string][]string{}}
	for _, c := range claims() {
		p.expect(c.name, c.holds)
	}
	p.expect(claimRates, "The base price of every message is its rate card's.")
	return p
}

func (p *proof) expect(name, holds string) {
	p.order = append(p.order, name)
	p.checks[name] = &Check{Name: name, Claim: holds}
}

// found notes that a claim does not hold n times, and where.
func (p *proof) found(name string, tenant uuid.UUID, n int64, where ...string) {
	p.checks[name].Count += n
	for _, place := range where {
		if len(p.shown[name]) < shownPerCheck {
			p.shown[name] = append(p.shown[name], "tenant "+tenant.String()+": "+place)
		}
	}
}

// check runs a claim's statement, which returns a line per place where it does not hold.
func (p *proof) check(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c claim) error {
	rows, err := tx.Query(ctx, c.sql, tenant)
	if err != nil {
		return err
	}
	var place string
	_, err = pgx.ForEachRow(rows, []any{&place}, func() error {
		p.found(c.name, tenant, 1, place)
		return nil
	})
	return err
}

const selectRepriced = `
select id, coalesce(campaign_id, '00000000-0000-0000-0000-000000000000'), state, category, market,
    coalesce(rate_card, '00000000-0000-0000-0000-000000000000'), pricing_type, pricing_category,
    coalesce(hold_transaction, '00000000-0000-0000-0000-000000000000'), base, markup,
    posted_base, posted_markup
from messages
where tenant_id = $1 and pricing_category <> '' and pricing_category <> lower(category)`

// checkRepriced is the claim on what is owed for messages that Meta put in another category than
// they were held at: their price is worked out here, by the functions that post it.
func (p *proof) checkRepriced(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rates *Rates) error {
	rows, err := tx.Query(ctx, selectRepriced, tenant)
	if err != nil {
		return err
	}
	var s Standing
	scans := []any{
		&s.MessageID, &s.CampaignID, &s.State, &s.Category, &s.Market, &s.RateCard, &s.PricingType,
		&s.PricingCategory, &s.HoldTransaction, &s.Base, &s.Markup, &s.PostedBase, &s.PostedMarkup,
	}
	_, err = pgx.ForEachRow(rows, scans, func() error {
		owed, err := rates.Owed(s)
		if err != nil {
			return err
		}
		if owed.Base != s.PostedBase || owed.Markup != s.PostedMarkup {
			p.found(claimOwed, tenant, 1, fmt.Sprintf("message %s posted %d + %d, owes %d + %d",
				s.MessageID, s.PostedBase, s.PostedMarkup, owed.Base, owed.Markup))
		}
		return nil
	})
	return err
}

const selectPriced = `
select rate_card, market, category, base, count(*), min(id::text)
from messages
where tenant_id = $1 and rate_card is not null
group by rate_card, market, category, base`

// checkRateCards compares what messages were held at with the cards: one row per distinct price.
func (p *proof) checkRateCards(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rates *Rates) error {
	rows, err := tx.Query(ctx, selectPriced, tenant)
	if err != nil {
		return err
	}
	var card uuid.UUID
	var market, category, first string
	var base, n int64
	_, err = pgx.ForEachRow(rows, []any{&card, &market, &category, &base, &n, &first}, func() error {
		c, known := rates.book.byID[card]
		if known {
			listed, stated := c.rate(market, Category(category))
			known = stated && int64(listed) == base
		}
		if !known {
			p.found(claimRates, tenant, n, fmt.Sprintf("message %s was held at a base of %d", first, base))
		}
		return nil
	})
	return err
}

func (p *proof) report(tenants int) Report {
	r := Report{OK: true, Tenants: tenants}
	for _, name := range p.order {
		c := *p.checks[name]
		c.OK = c.Count == 0
		c.Detail = strings.Join(p.shown[name], "; ")
		r.Checks = append(r.Checks, c)
		r.OK = r.OK && c.OK
	}
	return r
}
