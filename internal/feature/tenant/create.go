package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// NewTenant is a workspace to create. ID is also the tenant of the transaction that creates it.
type NewTenant struct {
	ID       uuid.UUID
	Name     string
	Slug     string         // empty: made from the name
	Currency money.Currency // empty: INR
	Timezone string         // empty: Asia/Kolkata
	Country  string         // empty: IN
	Owner    uuid.UUID
	At       time.Time
}

// Check returns n clean and complete, or what is wrong with it.
func (n NewTenant) Check() (NewTenant, error) {
	name, err := CleanName(n.Name)
	if err != nil {
		sentence := "Enter a workspace name of 1 to 80 characters."
		return n, invalid("body.workspace", sentence)
	}
	n.Name = name
	if n.Slug != "" {
		if err := CheckSlug(n.Slug); err != nil {
			return n, err
		}
	}
	if n.Currency == "" {
		n.Currency = "INR"
	}
	if n.Country == "" {
		n.Country = "IN"
	}
	if n.Timezone == "" {
		n.Timezone = "Asia/Kolkata"
	}
	return n, CheckTimezone(n.Timezone)
}

// Create stores a checked workspace with its first owner, in a transaction of tenant n.ID. An
// address that is taken is a fault of kind conflict, code slug_taken.
func Create(ctx context.Context, tx pgx.Tx, n NewTenant) (Tenant, error) {
	slug, err := claimSlug(ctx, tx, n)
	if err != nil {
		return Tenant{}, err
	}
	t := Tenant{
		ID: n.ID, Name: n.Name, Slug: slug, Currency: n.Currency, Timezone: n.Timezone,
		Country: n.Country, Status: Active, CreatedAt: n.At,
	}
	if err := insertTenant(ctx, tx, t); err != nil {
		return Tenant{}, err
	}
	return t, AddMember(ctx, tx, Member{TenantID: n.ID, UserID: n.Owner, Role: Owner, Since: n.At})
}

func claimSlug(ctx context.Context, tx pgx.Tx, n NewTenant) (string, error) {
	candidates := slugs(n.Name)
	if n.Slug != "" {
		candidates = []string{n.Slug}
	}
	for _, slug := range candidates {
		claimed, err := insertSlug(ctx, tx, slug, n.ID, n.At)
		if err != nil || claimed {
			return slug, err
		}
	}
	return "", SlugTaken()
}

// SlugTaken is the fault for an address that another workspace has.
func SlugTaken() error {
	sentence := "Another workspace has this address. Choose another."
	return fault.Conflict(sentence).At("body.slug", sentence).WithCode("slug_taken")
}
