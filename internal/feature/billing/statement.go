package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Money is an amount with its currency, as every reply writes it.
type Money struct {
	Amount   money.Amount   `json:"amount" doc:"In ten-thousandths: ₹0.8631 is 8631"`
	Currency money.Currency `json:"currency" doc:"ISO 4217"`
}

// Transaction is one wallet transaction as the statement lists it.
type Transaction struct {
	ID              uuid.UUID     `json:"id"`
	Kind            Kind          `json:"kind" enum:"topup,hold,release,charge,adjustment"`
	Amount          Money         `json:"amount" doc:"Topped up, held, released or charged; an adjustment's net, below zero when given back"`
	AvailableChange money.Amount  `json:"availableChange" doc:"What it did to the available balance"`
	AvailableAfter  *money.Amount `json:"availableAfter,omitempty" doc:"The available balance after it; absent when it changed nothing there"`
	Number          *int64        `json:"number,omitempty" doc:"Its place among the changes of the available balance, from 1 without gaps"`
	Messages        int           `json:"messages" doc:"How many messages it is about"`
	Reason          string        `json:"reason,omitempty"`
	By              string        `json:"by,omitempty" doc:"Who did it; absent for Aerostic itself"`
	CreatedAt       time.Time     `json:"createdAt"`
}

// Entry is one side of a transaction. The entries of a transaction sum to zero.
type Entry struct {
	Account Account      `json:"account" enum:"available,held,base_cost,markup,funding"`
	Amount  money.Amount `json:"amount" doc:"Signed, in ten-thousandths"`
}

// Charge is what a transaction did for one message.
type Charge struct {
	MessageID  uuid.UUID    `json:"messageId"`
	Kind       UsageKind    `json:"kind" enum:"message_charged,message_released,message_adjusted"`
	Number     int          `json:"number" doc:"Among the postings of the message"`
	Category   string       `json:"category,omitempty"`
	Market     string       `json:"market,omitempty"`
	CampaignID *uuid.UUID   `json:"campaignId,omitempty"`
	Base       money.Amount `json:"base"`
	Markup     money.Amount `json:"markup"`
	Hold       money.Amount `json:"hold" doc:"The part of a hold it closed"`
	OccurredAt time.Time    `json:"occurredAt"`
}

const transactionColumns = `id, kind, amount, currency, available_change, available_after, number, messages,
    reason, actor_name, created_at`

const selectTransaction = `
select ` + transactionColumns + `
from wallet_transactions
where tenant_id = $1 and id = $2`

const selectByKey = `
select ` + transactionColumns + `
from wallet_transactions
where tenant_id = $1 and idempotency_key = $2`

// Newest first: ids are made of the time.
const selectTransactions = `
select ` + transactionColumns + `
from wallet_transactions
where tenant_id = $1 and id < $2
order by id desc
limit $3`

const selectTransactionsOfKind = `
select ` + transactionColumns + `
from wallet_transactions
where tenant_id = $1 and kind = $4 and id < $2
order by id desc
limit $3`

const selectEntries = `
select account, amount
from wallet_entries
where tenant_id = $1 and transaction_id = $2
order by account`

const chargeColumns = `source_id, kind, seq, category, market, campaign_id, base, markup, hold, occurred_at`

const selectCharges = `
select ` + chargeColumns + `
from usage_events
where tenant_id = $1 and transaction_id = $2 and source_id > $3
order by source_id
limit $4`

// The messages of a hold are known to the ledger once it closed for them.
const selectClosings = `
select ` + chargeColumns + `
from usage_events
where tenant_id = $1 and hold_transaction = $2 and source_id > $3
order by source_id
limit $4`

func scanTransaction(row pgx.CollectableRow) (Transaction, error) { return readTransaction(row) }

func readTransaction(row pgx.Row) (t Transaction, err error) {
	err = row.Scan(&t.ID, &t.Kind, &t.Amount.Amount, &t.Amount.Currency, &t.AvailableChange, &t.AvailableAfter,
		&t.Number, &t.Messages, &t.Reason, &t.By, &t.CreatedAt)
	return t, err
}

func scanEntry(row pgx.CollectableRow) (e Entry, err error) {
	err = row.Scan(&e.Account, &e.Amount)
	return e, err
}

func scanCharge(row pgx.CollectableRow) (c Charge, err error) {
	err = row.Scan(&c.MessageID, &c.Kind, &c.Number, &c.Category, &c.Market, &c.CampaignID, &c.Base, &c.Markup,
		&c.Hold, &c.OccurredAt)
	return c, err
}

// Transactions lists the statement, newest first, at most limit. kind "" is all; before is the
// last transaction of the page before, or nil.
func (s *Service) Transactions(
	ctx context.Context, tenant uuid.UUID, kind Kind, before *uuid.UUID, limit int,
) (list []Transaction, err error) {
	below := uuid.Max // above every UUIDv7
	if before != nil {
		below = *before
	}
	sql, args := selectTransactions, []any{tenant, below, limit}
	if kind != "" {
		sql, args = selectTransactionsOfKind, append(args, string(kind))
	}
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, args...)
		if err != nil {
			return fmt.Errorf("list transactions: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanTransaction)
		return err
	})
	return list, err
}

// Details is a transaction with its entries and, from after on, the messages behind it.
type Details struct {
	Transaction Transaction
	Entries     []Entry
	Charges     []Charge
}

// Transaction reads one with at most limit messages whose ids are above after.
func (s *Service) Transaction(ctx context.Context, tenant, id, after uuid.UUID, limit int) (d Details, err error) {
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		d.Transaction, err = readTransaction(tx.QueryRow(ctx, selectTransaction, tenant, id))
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.NotFound("There is no such transaction.")
		}
		if err != nil {
			return fmt.Errorf("read transaction: %w", err)
		}
		rows, err := tx.Query(ctx, selectEntries, tenant, id)
		if err != nil {
			return fmt.Errorf("read entries: %w", err)
		}
		if d.Entries, err = pgx.CollectRows(rows, scanEntry); err != nil {
			return fmt.Errorf("read entries: %w", err)
		}
		d.Charges, err = readCharges(ctx, tx, tenant, d.Transaction, after, limit)
		return err
	})
	return d, err
}

func readCharges(
	ctx context.Context, tx pgx.Tx, tenant uuid.UUID, t Transaction, after uuid.UUID, limit int,
) ([]Charge, error) {
	sql := selectCharges
	if t.Kind == KindHold {
		sql = selectClosings
	}
	rows, err := tx.Query(ctx, sql, tenant, t.ID, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read messages of a transaction: %w", err)
	}
	charges, err := pgx.CollectRows(rows, scanCharge)
	if err != nil {
		return nil, fmt.Errorf("read messages of a transaction: %w", err)
	}
	return charges, nil
}
