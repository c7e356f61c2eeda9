package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlRules = `
select timezone, coalesce(quiet_from, 0), coalesce(quiet_to, 0), quiet_by_recipient, zone_field, coalesce(frequency_cap, 0), frequency_days
from tenants where tenant_id = $1`

// readRules reads the workspace's own limits on sending.
func (s *Service) readRules(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (rules, error) {
	return s.scanRules(tx.QueryRow(ctx, sqlRules, tenant))
}

func (s *Service) scanRules(row pgx.Row) (r rules, err error) {
	var name string
	err = row.Scan(&name, &r.quietFrom, &r.quietTo, &r.quietByRecipient, &r.zoneField, &r.frequencyCap, &r.frequencyDays)
	if r.zone = s.zones.Named(name); r.zone == nil {
		r.zone = time.UTC
	}
	return r, err
}
