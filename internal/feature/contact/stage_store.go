package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

const stageColumns = `g.id, g.name, g.tone,
    (select coalesce(sum(y.delta), 0)::bigint from contact_tallies y where y.tenant_id = $1 and y.tag_id = g.id)`

// lastPlace puts a stage behind all others.
const lastPlace = 1_000_000

const (
	sqlStages = `select ` + stageColumns + ` from contact_stages g
where g.tenant_id = $1 and g.deleted_at is null order by g.position, g.id`
	sqlStage       = `select ` + stageColumns + ` from contact_stages g where g.tenant_id = $1 and g.id = $2 and g.deleted_at is null`
	sqlInsertStage = `
insert into contact_stages (tenant_id, id, name, name_key, position, tone, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing`
	sqlUpdateStage = `
update contact_stages set name = $3, name_key = $4, tone = $5, updated_at = $6
where tenant_id = $1 and id = $2 and deleted_at is null`
	sqlPlaceStages = `
update contact_stages g set position = u.position, updated_at = $4
from unnest($2::uuid[], $3::int[]) as u(id, position) where g.tenant_id = $1 and g.id = u.id`
	sqlHideStage = `
update contact_stages set deleted_at = $3, updated_at = $3 where tenant_id = $1 and id = $2 and deleted_at is null`
	sqlDropStage = `delete from contact_stages where tenant_id = $1 and id = $2 and deleted_at is not null`
	// Keeps the stage from being deleted until the transaction ends.
	sqlHoldStage = `select id from contact_stages where tenant_id = $1 and id = $2 and deleted_at is null for share`
	// Keeps the member from being removed until the transaction ends.
	sqlHoldOwner = `select user_id from members where tenant_id = $1 and user_id = $2 for key share`
)

func collectStages(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Stage, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Stage])
}

func allStages(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Stage, error) {
	return collectStages(ctx, tx, sqlStages, tenant)
}

func oneStage(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Stage, error) {
	found, err := collectStages(ctx, tx, sqlStage, tenant, id)
	if err != nil || len(found) == 1 {
		return append(found, Stage{})[0], err
	}
	return Stage{}, errNoStage()
}

func insertStage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, stage Stage, place int, now time.Time) error {
	_, err := tx.Exec(ctx, sqlInsertStage, tenant, stage.ID, stage.Name, nameKey(stage.Name), place, stage.Tone, now)
	return err
}

func updateStage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, stage Stage, now time.Time) error {
	_, err := tx.Exec(ctx, sqlUpdateStage, tenant, stage.ID, stage.Name, nameKey(stage.Name), stage.Tone, now)
	if db.IsUnique(err, "contact_stages_name") {
		return errStageExists()
	}
	return err
}

func placeStages(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, now time.Time) error {
	places := make([]int32, len(ids))
	for i := range places {
		places[i] = int32(i + 1)
	}
	_, err := tx.Exec(ctx, sqlPlaceStages, tenant, ids, places, now)
	return err
}

func hideStage(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, now time.Time) error {
	done, err := tx.Exec(ctx, sqlHideStage, tenant, id, now)
	if err == nil && done.RowsAffected() == 0 {
		return errNoStage()
	}
	return err
}

// holdStage checks that a stage exists, and keeps it; nil is none.
func holdStage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id *uuid.UUID) error {
	return holdOne(ctx, tx, sqlHoldStage, tenant, id, errNoStage())
}

// holdOwner does the same for a member.
func holdOwner(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, user *uuid.UUID) error {
	return holdOne(ctx, tx, sqlHoldOwner, tenant, user, errNoOwner())
}

func holdOne(ctx context.Context, tx pgx.Tx, sql string, tenant uuid.UUID, id *uuid.UUID, missing error) error {
	if id == nil {
		return nil
	}
	var held uuid.UUID
	err := tx.QueryRow(ctx, sql, tenant, *id).Scan(&held)
	if errors.Is(err, pgx.ErrNoRows) {
		return missing
	}
	return err
}
