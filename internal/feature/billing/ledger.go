package billing

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// posting is one wallet transaction with its entries, before it is written.
type posting struct {
	id       uuid.UUID
	kind     Kind
	amount   money.Amount // the headline, see wallet_transactions.amount
	entries  map[Account]money.Amount
	covered  bool // refuse to take more than is available
	messages int
	claim    *uuid.UUID
	reason   string
	actor    *uuid.UUID
	name     string
	key      *string
	at       time.Time
}

// newPosting starts a transaction whose id carries the time it is about: the markup in force at
// a hold is found by it.
func newPosting(kind Kind, at time.Time) *posting {
	id, stamp := ident.New(), ident.At(at)
	copy(id[:6], stamp[:6])
	return &posting{id: id, kind: kind, at: at, entries: map[Account]money.Amount{}}
}

// move takes an amount from one account to another.
func (p *posting) move(from, to Account, a money.Amount) {
	p.entries[from] -= a
	p.entries[to] += a
}

// balanced is the check before every write: the database may not have it as a trigger.
func (p *posting) balanced() error {
	var sum money.Amount
	for _, a := range p.entries {
		sum += a
	}
	if sum != 0 {
		return fmt.Errorf("entries of %s %s sum to %d", p.kind, p.id, sum)
	}
	return nil
}

// change is what it does to the available balance.
func (p *posting) change() money.Amount { return p.entries[AccountAvailable] }

// pipeline is statements that go to the server in one round trip, each with the check of what
// it answered.
type pipeline struct {
	batch  pgx.Batch
	checks []func(rows int64) error
}

func (p *pipeline) add(check func(rows int64) error, sql string, args ...any) {
	p.batch.Queue(sql, args...)
	p.checks = append(p.checks, check)
}

// exactly expects one answer of n rows.
func exactly(n int, what string) func(int64) error {
	return func(rows int64) error {
		if rows != int64(n) {
			return fmt.Errorf("%s: wrote %d of %d rows", what, rows, n)
		}
		return nil
	}
}
