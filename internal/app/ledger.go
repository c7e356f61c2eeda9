package app

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
)

// VerifyLedger proves that the money adds up: the ledger's own checks, and that
// campaigns count what their rows say and no message is left in the open.
func VerifyLedger(ctx context.Context, cfg Config, log *slog.Logger) (billing.Report, error) {
	c, err := Open(ctx, cfg, log)
	if err != nil {
		return billing.Report{}, err
	}
	defer c.Close()
	return c.VerifyLedger(ctx)
}

// VerifyLedger is the same on services that are open already.
func (c *Core) VerifyLedger(ctx context.Context) (billing.Report, error) {
	report, err := c.Billing.Verify(ctx)
	if err != nil {
		return report, fmt.Errorf("verify ledger: %w", err)
	}
	tenants, err := c.tenantIDs(ctx)
	if err != nil {
		return report, err
	}
	checks := []struct {
		name  string
		count func(context.Context, uuid.UUID) (int64, error)
	}{
		{"campaign_counters_are_their_messages", c.Campaigns.Miscounted},
		{"one_attempt_stands_for_each_recipient", c.Campaigns.Amiss},
		{"no_message_is_past_its_deadline", c.Messages.Overdue},
	}
	for _, check := range checks {
		wrong := int64(0)
		for _, tenant := range tenants {
			n, err := check.count(ctx, tenant)
			if err != nil {
				return report, fmt.Errorf("%s: %w", check.name, err)
			}
			wrong += n
		}
		report.Checks = append(report.Checks, billing.Check{Name: check.name, OK: wrong == 0, Count: wrong})
		report.OK = report.OK && wrong == 0
	}
	return report, nil
}

const systemTenants = `select tenant_id from tenants order by tenant_id`

func (c *Core) tenantIDs(ctx context.Context) (ids []uuid.UUID, err error) {
	err = c.DB.AsSystem(ctx, "verify every workspace's ledger", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemTenants)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	return ids, err
}
