package reply

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	cannedColumns = `c.id, c.user_id, c.name, c.shortcut, c.body, c.upload_id, c.uses, c.updated_at`

	// A workspace has a few thousand at most, so a word is looked for in each.
	sqlListCanned = `
select ` + cannedColumns + `, c.rank from (
    select ` + cannedColumns + `, case when c.shortcut = $3 then 2 when $3 <> '' and starts_with(c.shortcut, $3) then 1 else 0 end as rank
    from canned_replies c
    where c.tenant_id = $1 and (c.user_id is null or c.user_id = $2)
        and ($3 = '' or strpos(c.shortcut, $3) > 0 or strpos(lower(c.name), $3) > 0 or strpos(lower(c.body), $3) > 0)) c
where (c.rank, c.uses) < ($4, $5) or (c.rank, c.uses) = ($4, $5) and c.id > $6
order by c.rank desc, c.uses desc, c.id limit $7`
	sqlCountCanned  = `select count(*) from canned_replies where tenant_id = $1`
	sqlCannedByID   = `select ` + cannedColumns + `, 0 from canned_replies c where c.tenant_id = $1 and c.id = $2`
	sqlCannedLocked = sqlCannedByID + ` for update`
	sqlAddCanned    = `
insert into canned_replies (tenant_id, id, user_id, name, shortcut, body, upload_id, created_by, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`
	sqlSaveCanned = `
update canned_replies set user_id = $3, name = $4, shortcut = $5, body = $6, upload_id = $7, updated_at = $8 where tenant_id = $1 and id = $2`
	sqlDropCanned = `delete from canned_replies where tenant_id = $1 and id = $2`
	sqlUseCanned  = `update canned_replies set uses = uses + 1 where tenant_id = $1 and id = $2`
)

func scanCanned(row pgx.CollectableRow) (c Canned, err error) {
	err = row.Scan(&c.ID, &c.owner, &c.Name, &c.Shortcut, &c.Body, &c.UploadID, &c.Uses, &c.UpdatedAt, &c.rank)
	c.Personal = c.owner != nil
	return c, err
}

func listCanned(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, q string, from position, limit int) ([]Canned, error) {
	rows, err := tx.Query(ctx, sqlListCanned, tenant, user, q, from.Rank, from.Uses, from.ID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCanned)
}

func countCanned(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (n int, err error) {
	return n, tx.QueryRow(ctx, sqlCountCanned, tenant).Scan(&n)
}

func cannedByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Canned, error) {
	return oneCanned(ctx, tx, sqlCannedByID, tenant, id)
}

func lockCanned(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Canned, error) {
	return oneCanned(ctx, tx, sqlCannedLocked, tenant, id)
}

func oneCanned(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (Canned, error) {
	rows, err := tx.Query(ctx, sql, tenant, id)
	if err != nil {
		return Canned{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanCanned)
	return c, missingRow(err, notThere())
}

func insertCanned(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Canned, by uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlAddCanned, tenant, c.ID, c.owner, c.Name, c.Shortcut, c.Body, c.UploadID, by, c.UpdatedAt)
	return shortcutTaken(err)
}

func updateCanned(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Canned) error {
	_, err := tx.Exec(ctx, sqlSaveCanned, tenant, c.ID, c.owner, c.Name, c.Shortcut, c.Body, c.UploadID, c.UpdatedAt)
	return shortcutTaken(err)
}

func shortcutTaken(err error) error {
	if db.IsUnique(err, "canned_replies") {
		return fault.Conflict("Another canned reply has this shortcut.").At("body.shortcut", "Choose another shortcut.").WithCode("shortcut_taken")
	}
	return err
}

func deleteCanned(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlDropCanned, tenant, id)
	return err
}

func useCanned(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlUseCanned, tenant, id)
	return err
}

// missingRow puts another error in the place of no row.
func missingRow(err, instead error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return instead
	}
	return err
}
