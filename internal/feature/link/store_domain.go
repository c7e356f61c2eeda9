package link

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const domainColumns = `id, host, proof, verified_at, in_use, checked_at, problem, created_at`

// At most ten: the list has no pages.
const sqlDomains = `select ` + domainColumns + ` from link_domains where tenant_id = $1 order by created_at, id`

const sqlDomain = `select ` + domainColumns + ` from link_domains where tenant_id = $1 and id = $2 for update`

func scanDomain(row pgx.CollectableRow) (d Domain, err error) {
	err = row.Scan(&d.ID, &d.Host, &d.Record, &d.VerifiedAt, &d.InUse, &d.CheckedAt, &d.Problem, &d.CreatedAt)
	return shown(d), err
}

func domains(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Domain, error) {
	rows, err := tx.Query(ctx, sqlDomains, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanDomain)
}

func domainByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Domain, error) {
	rows, err := tx.Query(ctx, sqlDomain, tenant, id)
	if err != nil {
		return Domain{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanDomain)
}

const sqlInsertDomain = `
insert into link_domains (tenant_id, id, host, proof, created_at) values ($1, $2, $3, $4, $5)`

func insertDomain(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Domain) error {
	_, err := tx.Exec(ctx, sqlInsertDomain, tenant, d.ID, d.Host, d.Record, d.CreatedAt)
	return err
}

const sqlUpdateDomain = `
update link_domains set verified_at = $3, in_use = $4, checked_at = $5, problem = $6 where tenant_id = $1 and id = $2`

func updateDomain(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Domain) error {
	_, err := tx.Exec(ctx, sqlUpdateDomain, tenant, d.ID, d.VerifiedAt, d.InUse, d.CheckedAt, d.Problem)
	return err
}

const sqlClearInUse = `update link_domains set in_use = false where tenant_id = $1 and in_use`

func clearInUse(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlClearInUse, tenant)
	return err
}

const sqlDeleteDomain = `delete from link_domains where tenant_id = $1 and id = $2`

func deleteDomain(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlDeleteDomain, tenant, id)
	return err
}
