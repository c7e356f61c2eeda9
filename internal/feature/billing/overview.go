package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/nyaruka/phonenumbers"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// Wallet is what the wallet screen shows first.
type Wallet struct {
	Currency     money.Currency `json:"currency"`
	Available    Money          `json:"available" doc:"May be spent; below zero only after adjustments"`
	Held         Money          `json:"held" doc:"Reserved for messages on their way"`
	SpentToday   Money          `json:"spentToday" doc:"Charged since midnight in the workspace's time zone"`
	Spent30Days  Money          `json:"spent30Days" doc:"Charged in 30 days, today included"`
	Month        Month          `json:"month"`
	LowBalance   bool           `json:"lowBalance"`
	LowBalanceAt Money          `json:"lowBalanceAt" doc:"At or below this the balance is low"`
	// DaysLeft goes by the spending of 30 days.
	DaysLeft             *int64 `json:"daysLeft,omitempty" doc:"How long the available balance lasts; absent without spending"`
	MessagesLeftEstimate int64  `json:"messagesLeftEstimate" doc:"Marketing messages to the home market that the available balance pays for"`
}

// windowDays is the time over which spending is averaged.
const windowDays = 30

const selectHeld = `
select coalesce(sum(amount), 0)::bigint
from wallet_entries
where tenant_id = $1 and account = 'held'`

// Wallet reads the wallet's standing.
func (s *Service) Wallet(ctx context.Context, tenant uuid.UUID) (view Wallet, err error) {
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rates, err := s.Rates(ctx, tx, tenant)
		if err != nil {
			return err
		}
		w, held, days, err := s.readStanding(ctx, tx, tenant)
		if err != nil {
			return fmt.Errorf("read wallet: %w", err)
		}
		home, err := rates.Price(homeMarket(w.Country), CategoryMarketing)
		if err != nil {
			return err
		}
		view = w.view(held, days, s.clock.Now(), home)
		view.Month, err = s.month(ctx, tx, tenant)
		return err
	})
	return view, err
}

func (s *Service) readStanding(
	ctx context.Context, tx pgx.Tx, tenant uuid.UUID,
) (w wallet, held money.Amount, days []Day, err error) {
	now := s.clock.Now()
	var batch pgx.Batch
	batch.Queue(selectWallet, tenant)
	batch.Queue(selectHeld, tenant)
	batch.Queue(selectMetrics, tenant, now.AddDate(0, 0, -windowDays-1), now.AddDate(0, 0, 1))
	results := tx.SendBatch(ctx, &batch)
	defer func() { err = errors.Join(err, results.Close()) }()
	if w, err = readWallet(results.QueryRow()); err != nil {
		return w, 0, nil, err
	}
	if err = results.QueryRow().Scan(&held); err != nil {
		return w, 0, nil, err
	}
	rows, err := results.Query()
	if err != nil {
		return w, 0, nil, err
	}
	days, err = pgx.CollectRows(rows, scanDay)
	return w, held, days, err
}

func (w wallet) view(held money.Amount, days []Day, now time.Time, home Price) Wallet {
	today := w.day(now)
	var spentToday, spent money.Amount
	for _, d := range days {
		if d.Day > today.AddDate(0, 0, -windowDays).Format(time.DateOnly) {
			spent += d.total()
		}
		if d.Day == today.Format(time.DateOnly) {
			spentToday = d.total()
		}
	}
	in := func(a money.Amount) Money { return Money{a, w.Currency} }
	view := Wallet{
		Currency: w.Currency, Available: in(w.Available), Held: in(held), SpentToday: in(spentToday),
		Spent30Days: in(spent), LowBalance: w.Available <= w.LowBalance, LowBalanceAt: in(w.LowBalance),
	}
	usable := max(w.Available, 0)
	if spent > 0 {
		left := int64(usable / max(spent/windowDays, 1))
		view.DaysLeft = &left
	}
	if home.Total() > 0 {
		view.MessagesLeftEstimate = int64(usable / home.Total())
	}
	return view
}

// homeMarket is where a tenant's own customers most likely are. country is ISO 3166-1 alpha-2.
func homeMarket(country string) string {
	example := phonenumbers.GetExampleNumber(country)
	if example == nil {
		return MarketOther
	}
	return Market(phonenumbers.Format(example, phonenumbers.E164))
}

// RateLine is the price of one category in one market.
type RateLine struct {
	Market    string       `json:"market"`
	Category  string       `json:"category" enum:"marketing,utility,authentication,service,authentication_international"`
	Base      money.Amount `json:"base" doc:"What WhatsApp takes"`
	Markup    money.Amount `json:"markup" doc:"What the platform adds"`
	Total     money.Amount `json:"total"`
	Converted bool         `json:"converted" doc:"WhatsApp's price in another currency, converted; see conversionNote"`
}

// RateSheet is the rate card in force for a tenant, with its markup.
type RateSheet struct {
	RateCard       uuid.UUID      `json:"rateCard"`
	Currency       money.Currency `json:"currency"`
	Source         string         `json:"source" doc:"Where the base prices come from"`
	ConversionNote string         `json:"conversionNote,omitempty"`
	EffectiveFrom  string         `json:"effectiveFrom" format:"date"`
	HomeMarket     string         `json:"homeMarket"`
	Rates          []RateLine     `json:"rates" doc:"By market, base and markup apart, in ten-thousandths"`
}

// RateSheet reads the prices in force, for the screen.
func (s *Service) RateSheet(ctx context.Context, tenant uuid.UUID) (sheet RateSheet, err error) {
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rates, err := s.Rates(ctx, tx, tenant)
		if err != nil {
			return err
		}
		w, err := readWallet(tx.QueryRow(ctx, selectWallet, tenant))
		if err != nil {
			return err
		}
		sheet = rates.sheet()
		sheet.HomeMarket = homeMarket(w.Country)
		return nil
	})
	return sheet, err
}

func (r *Rates) sheet() RateSheet {
	sheet := RateSheet{
		RateCard: r.card.id, Currency: r.currency, Source: r.card.source,
		ConversionNote: r.card.conversionNote, EffectiveFrom: r.card.effectiveFrom.Format(time.DateOnly),
	}
	for _, market := range r.card.markets() {
		for _, category := range []string{
			CategoryMarketing, CategoryUtility, CategoryAuthentication, CategoryService, CategoryAuthInternational,
		} {
			base, stated := r.card.stated(market, category)
			if !stated {
				continue
			}
			added := r.markup(r.at, market, category).on(base)
			sheet.Rates = append(sheet.Rates, RateLine{
				Market: market, Category: category, Base: base, Markup: added, Total: base + added,
				Converted: r.card.converted(market),
			})
		}
	}
	return sheet
}
