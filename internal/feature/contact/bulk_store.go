package contact

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const bulkColumns = `b.id, b.action, b.filter, b.state, b.reason, b.total, b.after, b.seen, b.changed, b.created_by, b.created_at, b.finished_at`

const (
	sqlBulk       = `select ` + bulkColumns + ` from contact_bulks b where b.tenant_id = $1 and b.id = $2`
	sqlBulkLocked = sqlBulk + ` for update`
	sqlBulks      = `select ` + bulkColumns + ` from contact_bulks b where b.tenant_id = $1 and b.id < $2 order by b.id desc limit $3`
	sqlInsertBulk = `
insert into contact_bulks (tenant_id, id, action, filter, state, created_by, created_at, claimed_until)
values ($1, $2, $3, $4, $5, $6, $7, $8)`
	// Without a claim it waits for its first worker, or its next; the sweep rings when none comes.
	sqlClaimBulk = `
update contact_bulks set claim = $3, claimed_until = $5
where tenant_id = $1 and id = $2 and state = 'running' and (claim is null or claimed_until <= $4)`
	sqlReleaseBulk = `
update contact_bulks set claim = null, claimed_until = $4 where tenant_id = $1 and id = $2 and claim = $3`
	sqlHeldBulk = `
select ` + bulkColumns + ` from contact_bulks b
where b.tenant_id = $1 and b.id = $2 and b.claim = $3 and b.state = 'running' for update`
	sqlAdvanceBulk = `
update contact_bulks set total = $3, after = $4, seen = $5, changed = $6, claimed_until = $7 where tenant_id = $1 and id = $2`
	sqlEndBulk = `
update contact_bulks set state = $3, reason = $4, finished_at = $5, claim = null, claimed_until = null
where tenant_id = $1 and id = $2`
)

func scanBulk(row pgx.CollectableRow) (Bulk, error) {
	var b Bulk
	var by *uuid.UUID
	err := row.Scan(&b.ID, &b.Action, &b.Filter, &b.State, &b.Reason, &b.Total, &b.after, &b.Seen, &b.Changed, &by, &b.CreatedAt, &b.FinishedAt)
	if by != nil {
		b.by = *by
	}
	return b, err
}

func collectBulks(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Bulk, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBulk)
}

func oneBulk(ctx context.Context, tx pgx.Tx, sql string, args ...any) (Bulk, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return Bulk{}, err
	}
	b, err := pgx.CollectExactlyOneRow(rows, scanBulk)
	if errors.Is(err, pgx.ErrNoRows) {
		return Bulk{}, errNoBulk()
	}
	return b, err
}

func insertBulk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, b Bulk) error {
	var by *uuid.UUID
	if b.by != uuid.Nil {
		by = &b.by
	}
	_, err := tx.Exec(ctx, sqlInsertBulk, tenant, b.ID, b.Action, b.Filter, b.State, by, b.CreatedAt, b.CreatedAt.Add(bulkLease))
	return err
}
