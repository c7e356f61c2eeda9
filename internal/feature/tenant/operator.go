package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Order is how the operator's list is sorted.
type Order string

// The orders of the operator's list.
const (
	ByName   Order = "name"
	ByNewest Order = "newest"
)

// TenantCursor is the last workspace of a page; its zero value is before the first.
type TenantCursor struct {
	Name      string    `json:"n,omitempty"`
	CreatedAt time.Time `json:"c"`
	ID        uuid.UUID `json:"i"`
}

// All lists every workspace of the installation for its operator, after the cursor, at most
// limit.
func (s *Service) All(ctx context.Context, order Order, after TenantCursor, limit int) (tenants []Tenant, err error) {
	err = s.DB.AsSystem(ctx, "the operator lists all workspaces", func(ctx context.Context, tx pgx.Tx) error {
		if order == ByName {
			tenants, err = tenantsByName(ctx, tx, after, limit)
			return err
		}
		if after.ID == uuid.Nil {
			after = TenantCursor{CreatedAt: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ID: uuid.Max}
		}
		tenants, err = tenantsByAge(ctx, tx, after, limit)
		return err
	})
	return tenants, err
}
