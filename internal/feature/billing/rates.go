package billing

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// cardsKeptFor is how old the rate cards in memory may be. They are announced weeks ahead.
const cardsKeptFor = time.Minute

// cardCache keeps the rate cards, which are few, global and never changed.
type cardCache struct {
	mu     sync.Mutex
	loaded time.Time
	book   *book
}

// Rates reads the prices in force now for a tenant, in one round trip. The rate card is that of
// the tenant's calendar day.
func (s *Service) Rates(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (*Rates, error) {
	b, err := s.book(ctx, tx)
	if err != nil {
		return nil, err
	}
	w, own, err := readTenantPrices(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	r := &Rates{currency: w.Currency, card: b.inForce(w.Currency, w.day(now)), at: now, book: b, own: own}
	if r.card == nil {
		return nil, fault.Unavailable("There is no price list in " + string(w.Currency) + ".").WithCode("no_rate_card")
	}
	return r, nil
}

// book returns the rate cards, from memory while they are fresh.
func (s *Service) book(ctx context.Context, tx pgx.Tx) (*book, error) {
	s.cards.mu.Lock()
	defer s.cards.mu.Unlock()
	now := s.clock.Now()
	if age := now.Sub(s.cards.loaded); s.cards.book != nil && age >= 0 && age < cardsKeptFor {
		return s.cards.book, nil
	}
	b, err := readBook(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read rate cards: %w", err)
	}
	s.cards.book, s.cards.loaded = b, now
	return b, nil
}

const selectTenantMarkups = `
select market, category, basis_points, fixed, effective_from, effective_to
from tenant_markups
where tenant_id = $1`

const selectMarkups = `
select currency, market, category, basis_points, fixed, effective_from, effective_to
from markups`

const selectCards = `
select id, currency, source, converts, coalesce(conversion, 0), conversion_note, effective_from, effective_to
from rate_cards
order by effective_from, id`

const selectRates = `
select rate_card_id, market, category, base
from rates`

func readTenantPrices(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (w wallet, own []markup, err error) {
	var batch pgx.Batch
	batch.Queue(selectWallet, tenant)
	batch.Queue(selectTenantMarkups, tenant)
	results := tx.SendBatch(ctx, &batch)
	defer func() { err = errors.Join(err, results.Close()) }()
	if w, err = readWallet(results.QueryRow()); err != nil {
		return w, nil, err
	}
	rows, err := results.Query()
	if err != nil {
		return w, nil, fmt.Errorf("read markups: %w", err)
	}
	own, err = pgx.CollectRows(rows, scanMarkup)
	return w, own, err
}

func scanMarkup(row pgx.CollectableRow) (m markup, err error) {
	err = row.Scan(&m.market, &m.category, &m.basisPoints, &m.fixed, &m.from, &m.to)
	return m, err
}

func readBook(ctx context.Context, tx pgx.Tx) (*book, error) {
	b := &book{byID: map[uuid.UUID]*card{}, cards: map[money.Currency][]*card{}, markups: map[money.Currency][]markup{}}
	steps := []func(context.Context, pgx.Tx) error{b.readCards, b.readRates, b.readMarkups}
	for _, step := range steps {
		if err := step(ctx, tx); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *book) readCards(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, selectCards)
	if err != nil {
		return err
	}
	converts := map[uuid.UUID]uuid.UUID{}
	var c card
	var from *uuid.UUID
	scans := []any{&c.id, &c.currency, &c.source, &from, &c.conversion, &c.conversionNote, &c.effectiveFrom, &c.effectiveTo}
	_, err = pgx.ForEachRow(rows, scans, func() error {
		kept := c
		kept.rates = map[rateKey]money.Amount{}
		b.byID[kept.id] = &kept
		b.cards[kept.currency] = append(b.cards[kept.currency], &kept)
		if from != nil {
			converts[kept.id] = *from
		}
		return nil
	})
	for id, other := range converts {
		b.byID[id].converts = b.byID[other]
	}
	return err
}

func (b *book) readRates(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, selectRates)
	if err != nil {
		return err
	}
	var id uuid.UUID
	var key rateKey
	var base money.Amount
	_, err = pgx.ForEachRow(rows, []any{&id, &key.market, &key.category, &base}, func() error {
		b.byID[id].rates[key] = base
		return nil
	})
	return err
}

func (b *book) readMarkups(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, selectMarkups)
	if err != nil {
		return err
	}
	var currency money.Currency
	var m markup
	scans := []any{&currency, &m.market, &m.category, &m.basisPoints, &m.fixed, &m.from, &m.to}
	_, err = pgx.ForEachRow(rows, scans, func() error {
		b.markups[currency] = append(b.markups[currency], m)
		return nil
	})
	return err
}
