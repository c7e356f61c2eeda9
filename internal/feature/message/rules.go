package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlRules = `
select t.timezone, coalesce(t.quiet_from, 0), coalesce(t.quiet_to, 0), t.quiet_by_recipient, t.zone_field,
    coalesce(t.frequency_cap, 0), t.frequency_days, coalesce(s.needs_opt_in, false)
from tenants t left join consent_settings s on s.tenant_id = $1 where t.tenant_id = $1`

// readRules reads the workspace's own limits on sending.
func (s *Service) readRules(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (rules, error) {
	return s.scanRules(tx.QueryRow(ctx, sqlRules, tenant))
}

func (s *Service) scanRules(row pgx.Row) (r rules, err error) {
	var name string
	err = row.Scan(&name, &r.quietFrom, &r.quietTo, &r.quietByRecipient, &r.zoneField, &r.frequencyCap, &r.frequencyDays, &r.needsOptIn)
	if r.zone = s.zones.Named(name); r.zone == nil {
		r.zone = time.UTC
	}
	return r, err
}
