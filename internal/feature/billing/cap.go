package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Means is what a claim may take at a moment.
type Means struct {
	Available money.Amount
	CapLeft   *money.Amount // of the month; nil: no cap
}

const selectMeans = `
select w.available, w.month_cap - case when w.taken_month >= date_trunc('month', $2::timestamptz at time zone t.timezone)::date then w.taken else 0 end
from wallets w
join tenants t on t.tenant_id = w.tenant_id and t.tenant_id = $1
where w.tenant_id = $1`

// Means reads what may be taken, without locking the wallet: enough to trim a batch before Hold.
func (s *Service) Means(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at time.Time) (m Means, err error) {
	err = tx.QueryRow(ctx, selectMeans, tenant, at).Scan(&m.Available, &m.CapLeft)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, errNoWallet
	}
	if err != nil {
		return m, fmt.Errorf("read wallet: %w", err)
	}
	return m, nil
}

// Month is what the calendar month took from the wallet, in the workspace's time zone: what was held
// or charged, less what came back.
type Month struct {
	Taken Money  `json:"taken" doc:"Held or charged in this calendar month, less what was given back"`
	Cap   *Money `json:"cap,omitempty" doc:"Nothing more is sent in a month that took so much; absent: no cap"`
}

const selectMonth = `
select w.currency, w.month_cap, case when w.taken_month >= date_trunc('month', $2::timestamptz at time zone t.timezone)::date then w.taken else 0 end
from wallets w
join tenants t on t.tenant_id = w.tenant_id and t.tenant_id = $1
where w.tenant_id = $1`

func (s *Service) month(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (Month, error) {
	var currency money.Currency
	var limit *money.Amount
	var taken money.Amount
	err := tx.QueryRow(ctx, selectMonth, tenant, s.clock.Now()).Scan(&currency, &limit, &taken)
	if errors.Is(err, pgx.ErrNoRows) {
		return Month{}, errNoWallet
	}
	if err != nil {
		return Month{}, fmt.Errorf("read month: %w", err)
	}
	m := Month{Taken: Money{max(taken, 0), currency}}
	if limit != nil {
		m.Cap = &Money{*limit, currency}
	}
	return m, nil
}

const mostCap = 1_000_000_000 * money.Unit

const setCap = `update wallets set month_cap = $2, updated_at = $3 where tenant_id = $1`

// SetCap sets the most that a calendar month may take from the actor's wallet; nil removes it.
func (s *Service) SetCap(ctx context.Context, limit *money.Amount) (m Month, err error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return m, err
	}
	if limit != nil && (*limit < 0 || *limit > mostCap) {
		return m, fault.Invalid("Enter a cap of zero to 1,000,000,000.").At("body.cap", "Zero to 1,000,000,000.")
	}
	err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, setCap, tenant, limit, s.clock.Now()); err != nil {
			return fmt.Errorf("set cap: %w", err)
		}
		m, err = s.month(ctx, tx, tenant)
		return err
	})
	return m, err
}
