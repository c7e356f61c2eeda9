package tenant

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const tenantColumns = `t.tenant_id, t.name, t.slug, t.currency, t.timezone, t.country, t.status,
	t.quiet_from, t.quiet_to, t.quiet_by_recipient, t.frequency_cap, t.frequency_days, t.zone_field, t.approval_above, t.created_at`

// ByID returns a workspace, in a transaction of its own or of the system. It is a fault of kind
// not found when there is none.
func ByID(ctx context.Context, tx pgx.Tx, id uuid.UUID) (Tenant, error) {
	rows, err := tx.Query(ctx, `select `+tenantColumns+` from tenants t where t.tenant_id = $1`, id)
	return oneTenant(rows, err)
}

func lockTenant(ctx context.Context, tx pgx.Tx, id uuid.UUID) (Tenant, error) {
	rows, err := tx.Query(ctx, `select `+tenantColumns+` from tenants t where t.tenant_id = $1 for update`, id)
	return oneTenant(rows, err)
}

func oneTenant(rows pgx.Rows, err error) (Tenant, error) {
	if err != nil {
		return Tenant{}, fmt.Errorf("read a tenant: %w", err)
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTenant)
	if errors.Is(err, pgx.ErrNoRows) {
		return Tenant{}, noTenant()
	}
	if err != nil {
		return Tenant{}, fmt.Errorf("read a tenant: %w", err)
	}
	return t, nil
}

func scanTenant(row pgx.CollectableRow) (Tenant, error) {
	var r tenantRow
	err := row.Scan(r.targets()...)
	return r.tenant(), err
}

// tenantRow reads the columns whose absence is a nil struct in Tenant.
type tenantRow struct {
	Tenant
	quietFrom, quietTo *int
	byRecipient        bool
	cap                *int
	days               int
}

func (r *tenantRow) targets() []any {
	return []any{
		&r.ID, &r.Name, &r.Slug, &r.Currency, &r.Timezone, &r.Country, &r.Status,
		&r.quietFrom, &r.quietTo, &r.byRecipient, &r.cap, &r.days, &r.ZoneField, &r.ApprovalAbove, &r.CreatedAt,
	}
}

func (r *tenantRow) tenant() Tenant {
	t := r.Tenant
	if r.quietFrom != nil && r.quietTo != nil {
		t.Quiet = &QuietHours{From: *r.quietFrom, To: *r.quietTo, ByRecipient: r.byRecipient}
	}
	if r.cap != nil {
		t.Frequency = &FrequencyCap{Messages: *r.cap, Days: r.days}
	}
	return t
}

func insertTenant(ctx context.Context, tx pgx.Tx, t Tenant) error {
	_, err := tx.Exec(ctx, `
		insert into tenants (tenant_id, name, slug, currency, timezone, country, status, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
		t.ID, t.Name, t.Slug, t.Currency, t.Timezone, t.Country, t.Status, t.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert a tenant: %w", err)
	}
	return nil
}

func updateTenant(ctx context.Context, tx pgx.Tx, t Tenant, at time.Time) error {
	var quietFrom, quietTo, most *int
	days, byRecipient := 7, false
	if t.Quiet != nil {
		quietFrom, quietTo, byRecipient = &t.Quiet.From, &t.Quiet.To, t.Quiet.ByRecipient
	}
	if t.Frequency != nil {
		most, days = &t.Frequency.Messages, t.Frequency.Days
	}
	_, err := tx.Exec(ctx, `
		update tenants set name = $2, timezone = $3, quiet_from = $4, quiet_to = $5,
			frequency_cap = $6, frequency_days = $7, updated_at = $8, quiet_by_recipient = $9, zone_field = $10,
			approval_above = $11
		where tenant_id = $1`, t.ID, t.Name, t.Timezone, quietFrom, quietTo, most, days, at, byRecipient, t.ZoneField, t.ApprovalAbove)
	if err != nil {
		return fmt.Errorf("update a tenant: %w", err)
	}
	return nil
}

func insertSlug(ctx context.Context, tx pgx.Tx, slug string, tenant uuid.UUID, at time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `
		insert into tenant_slugs (slug, tenant_id, created_at) values ($1, $2, $3)
		on conflict (slug) do nothing`, slug, tenant, at)
	if err != nil {
		return false, fmt.Errorf("claim a slug: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func insertHost(ctx context.Context, tx pgx.Tx, host string, tenant uuid.UUID, at time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `
		insert into tenant_hosts (host, tenant_id, created_at) values ($1, $2, $3)
		on conflict (host) do nothing`, host, tenant, at)
	if err != nil {
		return false, fmt.Errorf("claim a host: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func tenantOfSlug(ctx context.Context, tx pgx.Tx, slug string) (uuid.UUID, bool, error) {
	var id uuid.UUID
	err := tx.QueryRow(ctx, `select tenant_id from tenant_slugs where slug = $1`, slug).Scan(&id)
	return foundID(id, err, "look up a slug")
}

func tenantOfHost(ctx context.Context, tx pgx.Tx, host string) (uuid.UUID, bool, error) {
	var id uuid.UUID
	err := tx.QueryRow(ctx, `select tenant_id from tenant_hosts where host = $1`, host).Scan(&id)
	return foundID(id, err, "look up a host")
}

func foundID(id uuid.UUID, err error, operation string) (uuid.UUID, bool, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, false, nil
	}
	if err != nil {
		return uuid.Nil, false, fmt.Errorf("%s: %w", operation, err)
	}
	return id, true, nil
}

// The operator's lists cross tenants, which is why they run as the system.

func tenantsByName(ctx context.Context, tx pgx.Tx, after TenantCursor, limit int) ([]Tenant, error) {
	rows, err := tx.Query(ctx, `
		-- system
		select `+tenantColumns+` from tenants t
		where (t.name, t.tenant_id) > ($1, $2)
		order by t.name, t.tenant_id limit $3`, after.Name, after.ID, limit)
	return allTenants(rows, err)
}

func tenantsByAge(ctx context.Context, tx pgx.Tx, before TenantCursor, limit int) ([]Tenant, error) {
	rows, err := tx.Query(ctx, `
		-- system
		select `+tenantColumns+` from tenants t
		where (t.created_at, t.tenant_id) < ($1, $2)
		order by t.created_at desc, t.tenant_id desc limit $3`, before.CreatedAt, before.ID, limit)
	return allTenants(rows, err)
}

func allTenants(rows pgx.Rows, err error) ([]Tenant, error) {
	if err != nil {
		return nil, fmt.Errorf("list tenants: %w", err)
	}
	tenants, err := pgx.CollectRows(rows, scanTenant)
	if err != nil {
		return nil, fmt.Errorf("list tenants: %w", err)
	}
	return tenants, nil
}
