package campaign

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const systemTended = `
select tenant_id, id from campaigns
where status = 'running' and (retry_until is not null or experiment is not null) order by tenant_id, id`

// TendDue does what running campaigns have to do by their clock: choose a winner, try failures
// again, end when the time for that is over.
func (s *Service) TendDue(ctx context.Context) error {
	var list []due
	err := s.DB.AsSystem(ctx, "find campaigns to tend", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemTended)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		return err
	})
	if err != nil {
		return fmt.Errorf("find campaigns to tend: %w", err)
	}
	for _, d := range list {
		if err := s.tend(ctx, d.Tenant, d.ID); err != nil {
			return fmt.Errorf("tend campaign %s: %w", d.ID, err)
		}
	}
	return nil
}

func (s *Service) tend(ctx context.Context, tenant, id uuid.UUID) error {
	var c Campaign
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		c, err = byID(ctx, tx, tenant, id)
		return err
	})
	if err != nil {
		return err
	}
	if c.testSent() {
		if err := s.decideInTime(ctx, tenant, id); err != nil {
			return err
		}
	}
	if c.RetryUntil == nil {
		return nil
	}
	if c.Counts.Retrying > 0 {
		if err := s.retryDue(ctx, tenant, id); err != nil {
			return err
		}
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return s.finishIfDone(ctx, tx, tenant, id)
	})
}

// errNotRunning rolls a transaction back whose campaign stopped meanwhile.
var errNotRunning = errors.New("the campaign does not run")

// retryDue tries again whom it is time for, a bounded number ahead of the lane.
func (s *Service) retryDue(ctx context.Context, tenant, id uuid.UUID) error {
	for {
		n, err := s.retrySome(ctx, tenant, id)
		if err != nil || n == 0 {
			return err
		}
	}
}
