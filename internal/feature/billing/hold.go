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

// Wallets that do not exist read as a fault of kind not found.
var errNoWallet = fault.NotFound("This workspace has no wallet.").WithCode("no_wallet")

// Hold moves the sum of a claim batch from available to held, in one round trip, and returns the
// transaction that did, whose id is the claim's number. It locks the wallet, so it comes last in the caller's transaction.
// ErrInsufficient: the balance or the month's cap does not cover it; nothing was written and the caller's
// transaction is still good.
func (s *Service) Hold(
	ctx context.Context, tx pgx.Tx, tenant, claim uuid.UUID, at time.Time, total money.Amount, messages int,
) (uuid.UUID, error) {
	if total < 0 {
		return uuid.Nil, fmt.Errorf("hold %s: negative total %d", claim, total)
	}
	post := newPosting(KindHold, at)
	post.id = claim // known before the wallet is locked, so that rows can name it first
	post.amount, post.covered, post.messages, post.claim = total, true, messages, &claim
	post.move(AccountAvailable, AccountHeld, total)
	var p pipeline
	p.addPosting(tenant, post, ErrInsufficient)
	p.addEntries(tenant, &post.id, post)
	err := p.run(ctx, tx)
	if errors.Is(err, ErrInsufficient) {
		return uuid.Nil, ErrInsufficient
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("hold %s: %w", claim, err)
	}
	return post.id, nil
}

// Available reads the available balance without locking it: enough to trim a batch before Hold.
func (s *Service) Available(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (money.Amount, money.Currency, error) {
	w, err := readWallet(tx.QueryRow(ctx, selectWallet, tenant))
	return w.Available, w.Currency, err
}

// openingWarning is the balance at which a new wallet warns: a hundred rupees, or two of any
// other currency's units.
func openingWarning(c money.Currency) money.Amount {
	if c == "INR" {
		return 100 * money.Unit
	}
	return 2 * money.Unit
}

const openWallet = `
insert into wallets (tenant_id, currency, available, number, low_balance, created_at, updated_at)
values ($1, $2, 0, 0, $3, $4, $4)
on conflict (tenant_id) do nothing`

// OpenWallet makes the tenant's empty wallet, in the transaction that makes the tenant. A tenant
// has one wallet for ever: opening it again does nothing. A currency without a rate card is a
// fault of kind invalid.
func (s *Service) OpenWallet(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, currency money.Currency) error {
	b, err := s.book(ctx, tx)
	if err != nil {
		return err
	}
	if len(b.cards[currency]) == 0 {
		return fault.Invalid("Wallets in " + string(currency) + " are not offered yet.").WithCode("no_rate_card")
	}
	_, err = tx.Exec(ctx, openWallet, tenant, string(currency), int64(openingWarning(currency)), s.clock.Now())
	if err != nil {
		return fmt.Errorf("open wallet: %w", err)
	}
	return nil
}
