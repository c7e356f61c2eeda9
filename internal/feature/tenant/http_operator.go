package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

type listTenantsRequest struct {
	web.PageQuery
	Sort Order `query:"sort" enum:"name,newest" default:"newest"`
}

type listTenantsReply struct{ Body web.Page[Summary] }

// Summary is a tenant in the operator's list.
type Summary struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Slug      string    `json:"slug"`
	Currency  string    `json:"currency"`
	Country   string    `json:"country"`
	Status    Status    `json:"status" enum:"active,suspended"`
	CreatedAt time.Time `json:"createdAt"`
}

func (s *Service) listTenants(ctx context.Context, in *listTenantsRequest) (*listTenantsReply, error) {
	var after TenantCursor
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	tenants, err := s.All(ctx, in.Sort, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	items := make([]Summary, len(tenants))
	for i, t := range tenants {
		items[i] = Summary{
			ID: t.ID, Name: t.Name, Slug: t.Slug, Currency: string(t.Currency), Country: t.Country,
			Status: t.Status, CreatedAt: t.CreatedAt,
		}
	}
	return &listTenantsReply{Body: web.PageOf(items, in.Limit, func(last Summary) any {
		return TenantCursor{Name: last.Name, CreatedAt: last.CreatedAt, ID: last.ID}
	})}, nil
}
