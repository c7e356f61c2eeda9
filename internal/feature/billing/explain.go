package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Posting is one thing the ledger did for a message.
type Posting struct {
	Kind            UsageKind
	Number          int       // among the message's postings
	Transaction     uuid.UUID // of the wallet
	HoldTransaction uuid.UUID // whose hold it closed; zero: none
	Base, Markup    money.Amount
	Hold            money.Amount // the part of the hold it closed
	At              time.Time
}

const selectPostings = `
select kind, seq, transaction_id, hold_transaction, base, markup, hold, occurred_at
from usage_events
where tenant_id = $1 and source_id = $2 and kind in ('message_charged', 'message_released', 'message_adjusted')
order by seq`

// Postings lists what the ledger did for a message, in order.
func (s *Service) Postings(ctx context.Context, tx pgx.Tx, tenant, message uuid.UUID) ([]Posting, error) {
	rows, err := tx.Query(ctx, selectPostings, tenant, message)
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Posting, err error) {
		var posted, held pgtype.UUID
		err = row.Scan(&p.Kind, &p.Number, &posted, &held, &p.Base, &p.Markup, &p.Hold, &p.At)
		p.Transaction, p.HoldTransaction = posted.Bytes, held.Bytes
		return p, err
	})
}

// PriceReason is where the price of a message comes from.
type PriceReason struct {
	Card       uuid.UUID    `json:"card" doc:"The rate card"`
	Source     string       `json:"source" doc:"Where the card's numbers come from"`
	From       string       `json:"from" format:"date" doc:"The first day of the card"`
	To         string       `json:"to,omitempty" format:"date" doc:"Not that day any more; absent: until further notice"`
	Market     string       `json:"market" doc:"The market by the number's calling code"`
	Listed     string       `json:"listed" doc:"The market whose rate it is: Other, where the card lists none for the market"`
	Category   string       `json:"category"`
	Base       money.Amount `json:"base" doc:"The card's rate, in ten-thousandths"`
	Conversion string       `json:"conversion,omitempty" doc:"How a rate in another currency became this one"`
	Points     int64        `json:"markupPoints" doc:"Of the markup, in basis points of the rate"`
	Fixed      money.Amount `json:"markupFixed" doc:"Of the markup, per message"`
	Own        bool         `json:"markupOwn" doc:"The markup is this workspace's own, not the installation's"`
}

// Reason says where the price came from of a message that was held on a card by a hold: the card,
// its rate and the markup in force at the hold. false: the card or the rate is none.
func (r *Rates) Reason(card, hold uuid.UUID, market, category string) (PriceReason, bool) {
	c, known := r.book.byID[card]
	name := Category(category)
	if !known || name == "" {
		return PriceReason{}, false
	}
	base, stated := c.rate(market, name)
	if !stated {
		return PriceReason{}, false
	}
	at := ident.Time(hold)
	added := r.markup(at, market, name)
	_, own := closest(r.own, at, market, name)
	reason := PriceReason{Card: c.id, Source: c.source, From: c.effectiveFrom.Format(time.DateOnly), Market: market, Listed: c.listed(market, name),
		Category: name, Base: base, Points: added.basisPoints, Fixed: added.fixed, Own: own}
	if c.effectiveTo != nil {
		reason.To = c.effectiveTo.Format(time.DateOnly)
	}
	if c.converted(reason.Listed) {
		reason.Conversion = c.conversionNote
	}
	return reason, true
}

// listed is the market whose rate a market's messages have.
func (c *card) listed(market, category string) string {
	if _, stated := c.stated(market, category); stated || market == MarketOther {
		return market
	}
	if category == CategoryAuthInternational {
		return c.listed(market, CategoryAuthentication)
	}
	return MarketOther
}
