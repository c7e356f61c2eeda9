// Package billing owns the money: wallets, the double-entry ledger, rate cards, usage events
// and daily metrics. It does not own the messages that are paid for (feature/message tells it
// their standing) nor how a top-up is paid.
//
// Every amount is in ten-thousandths of the wallet's currency (platform/money). A transaction's
// entries sum to zero, and neither transactions, entries nor usage events can be changed: the
// database refuses it. Only the available balance is stored; all others are sums of entries.
//
// Life cycle of the money of one message:
//
//	hold      available → held              when its claim batch commits, one per batch
//	charge    held → base_cost, markup      once, when it is delivered
//	release   held → available              once, when it failed, expired, stays unknown, is free
//	                                        or goes back to the queue
//	adjust    available ↔ base_cost, markup numbered; when what is owed turns out different later
//
// What is owed is a function of the merged state and the merged pricing, and each batch posts
// the difference from what is posted, so the order of events cannot matter.
package billing

import (
	"log/slog"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// ErrInsufficient says that the available balance does not cover a hold. Nothing was written.
var ErrInsufficient = fault.PaymentRequired("The wallet's balance does not cover this. Top up and try again.").
	WithCode("insufficient_balance")

// Kind says what a wallet transaction does.
type Kind string

// The kinds of wallet transaction.
const (
	KindTopup      Kind = "topup"      // funding → available
	KindHold       Kind = "hold"       // available → held
	KindRelease    Kind = "release"    // held → available
	KindCharge     Kind = "charge"     // held → base_cost, markup
	KindAdjustment Kind = "adjustment" // available ↔ base_cost, markup
)

// Account is one side of an entry.
type Account string

// The accounts every tenant has.
const (
	AccountAvailable Account = "available" // may be spent
	AccountHeld      Account = "held"      // reserved for messages on their way
	AccountBaseCost  Account = "base_cost" // what the provider takes
	AccountMarkup    Account = "markup"    // what the platform adds
	AccountFunding   Account = "funding"   // where top-ups come from
)

// Service is the use cases. Methods that take a transaction run inside the caller's.
type Service struct {
	db    *db.DB
	clock clock.Clock
	log   *slog.Logger
	cards cardCache
}

// Deps is what the service needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock  // nil: the system's
	Logger *slog.Logger // nil: discards
}

// New makes the service.
func New(d Deps) *Service {
	if d.Clock == nil {
		d.Clock = clock.System()
	}
	if d.Logger == nil {
		d.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{db: d.DB, clock: d.Clock, log: d.Logger}
}
