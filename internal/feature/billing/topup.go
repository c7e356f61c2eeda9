package billing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// largestTopup keeps a slip of the finger from becoming a balance: a hundred million units.
const largestTopup = 100_000_000 * money.Unit

// Topup is money added to a tenant's wallet.
type Topup struct {
	Amount   money.Amount
	Currency money.Currency // must be the wallet's
	Reason   string         // for the audit; the tenant reads it too
	Key      string         // the same key is the same top-up, once
}

// Topup adds money to a tenant's wallet and returns the transaction. The same key with the same
// content returns the first one; with other content it is a fault of kind conflict.
func (s *Service) Topup(ctx context.Context, tenant uuid.UUID, t Topup) (Transaction, error) {
	t.Reason, t.Key = strings.TrimSpace(t.Reason), strings.TrimSpace(t.Key)
	if err := t.check(); err != nil {
		return Transaction{}, err
	}
	done, err := s.topUp(ctx, tenant, t)
	if db.IsUnique(err, "wallet_transactions_") {
		done, err = s.topUp(ctx, tenant, t) // its twin came first, and is now there to be read
	}
	if err != nil {
		return Transaction{}, fmt.Errorf("top up: %w", err)
	}
	s.log.InfoContext(ctx, "wallet topped up", "tenant", tenant, "transaction", done.ID, "amount", t.Amount, "currency", t.Currency)
	return done, nil
}

func (t Topup) check() error {
	invalid := fault.Invalid("This top-up cannot be made.")
	switch {
	case t.Amount <= 0:
		return invalid.At("body.amount", "Give an amount above zero.")
	case t.Amount > largestTopup:
		return invalid.At("body.amount", "This is more than one top-up may add.")
	case t.Reason == "":
		return invalid.At("body.reason", "Say why, for the audit.")
	case t.Key == "":
		return invalid.At("header.Idempotency-Key", "Send a key, so that a repeated request adds the money once.")
	}
	return nil
}

func (s *Service) topUp(ctx context.Context, tenant uuid.UUID, t Topup) (done Transaction, err error) {
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		w, err := readWallet(tx.QueryRow(ctx, selectWallet, tenant))
		if err != nil {
			return err
		}
		if t.Currency != w.Currency {
			return fault.Invalid("This top-up cannot be made.").
				At("body.currency", "This wallet is in "+string(w.Currency)+".")
		}
		done, err = readTransaction(tx.QueryRow(ctx, selectByKey, tenant, t.Key))
		if err == nil {
			return t.same(done)
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		post := s.topupPosting(ctx, t)
		var p pipeline
		p.addPosting(tenant, post, errNoWallet)
		p.addEntries(tenant, nil, post)
		if err := p.run(ctx, tx); err != nil {
			return err
		}
		done, err = readTransaction(tx.QueryRow(ctx, selectTransaction, tenant, post.id))
		return err
	})
	return done, err
}

func (s *Service) topupPosting(ctx context.Context, t Topup) *posting {
	post := newPosting(KindTopup, s.clock.Now())
	post.amount, post.reason, post.key = t.Amount, t.Reason, &t.Key
	if who, known := actor.From(ctx); known {
		post.actor, post.name = optional(who.UserID), who.Email
	}
	post.move(AccountFunding, AccountAvailable, t.Amount)
	return post
}

// same refuses a key that stands for something else.
func (t Topup) same(done Transaction) error {
	if done.Kind == KindTopup && done.Amount.Amount == t.Amount && done.Reason == t.Reason {
		return nil
	}
	return fault.Conflict("This key was used for another top-up.").WithCode("idempotency_key_reused")
}
