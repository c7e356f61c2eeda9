package contact

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Address is how another system names a person: by any of these, as it knows them.
type Address struct {
	ID    uuid.UUID // ours
	BSUID string
	Phone string // as a person types it; read in the workspace's country
	Email string
}

// Each value in its place n; an e-mail may be several people's, of whom the first stands for all.
const (
	sqlFindIDs = `
select u.n, c.id from unnest($2::uuid[]) with ordinality as u(value, n)
join contacts c on c.tenant_id = $1 and c.id = u.value where c.deleted_at is null`
	sqlFindBSUIDs = `
select u.n, c.id from unnest($2::text[]) with ordinality as u(value, n)
join contacts c on c.tenant_id = $1 and c.bsuid = u.value where c.deleted_at is null`
	sqlFindPhones = `
select u.n, c.id from unnest($2::text[]) with ordinality as u(value, n)
join contacts c on c.tenant_id = $1 and c.phone = u.value where c.deleted_at is null`
	sqlFindEmails = `
select distinct on (u.n) u.n, c.id from unnest($2::text[]) with ordinality as u(value, n)
join contacts c on c.tenant_id = $1 and c.email = u.value where c.deleted_at is null order by u.n, c.id`
)

// Find returns the contact of each address, in their order; the nil id where there is none. Our
// id says more than a user id, that more than a phone, a phone more than an e-mail.
func Find(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, who []Address) ([]uuid.UUID, error) {
	region, err := country(ctx, tx, tenant)
	if err != nil {
		return nil, fmt.Errorf("find contacts: %w", err)
	}
	ids, bsuids, phones, emails := make([]*uuid.UUID, len(who)), make([]*string, len(who)), make([]*string, len(who)), make([]*string, len(who))
	for i, a := range who {
		if a.ID != uuid.Nil {
			ids[i] = &who[i].ID
		}
		bsuids[i] = orNull(strings.TrimSpace(a.BSUID))
		phone, _ := ParsePhone(a.Phone, region)
		email, _ := cleanEmail(a.Email)
		phones[i], emails[i] = orNull(phone), orNull(email)
	}
	found := make([]uuid.UUID, len(who))
	for _, by := range []struct {
		sql    string
		values any
		given  bool
	}{
		{sqlFindEmails, emails, anyGiven(emails)}, {sqlFindPhones, phones, anyGiven(phones)},
		{sqlFindBSUIDs, bsuids, anyGiven(bsuids)}, {sqlFindIDs, ids, anyGiven(ids)},
	} {
		if !by.given {
			continue
		}
		if err := findBy(ctx, tx, tenant, by.sql, by.values, found); err != nil {
			return nil, fmt.Errorf("find contacts: %w", err)
		}
	}
	return found, nil
}

func anyGiven[T any](values []*T) bool {
	for _, v := range values {
		if v != nil {
			return true
		}
	}
	return false
}

// findBy writes what is found over what was found by something that says less.
func findBy(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sql string, values any, found []uuid.UUID) error {
	rows, err := tx.Query(ctx, sql, tenant, values)
	if err != nil {
		return err
	}
	var n int64
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&n, &id}, func() error { found[n-1] = id; return nil })
	return err
}
