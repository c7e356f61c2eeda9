package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlRules = `
select timezone, coalesce(quiet_from, 0), coalesce(quiet_to, 0), coalesce(frequency_cap, 0), frequency_days
from tenants where tenant_id = $1`

// readRules reads the workspace's own limits on sending.
func readRules(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (rules, error) {
	var r rules
	var zone string
	err := tx.QueryRow(ctx, sqlRules, tenant).Scan(&zone, &r.quietFrom, &r.quietTo, &r.frequencyCap, &r.frequencyDays)
	if err != nil {
		return rules{}, err
	}
	if r.zone, err = time.LoadLocation(zone); err != nil {
		r.zone = time.UTC
	}
	return r, nil
}
