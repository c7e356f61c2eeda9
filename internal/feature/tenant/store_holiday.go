package tenant

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlHolidays = `select id, name, on_date, yearly from holidays where tenant_id = $1 order by on_date`

func listHolidays(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Holiday, error) {
	rows, err := tx.Query(ctx, sqlHolidays, tenant)
	if err != nil {
		return nil, fmt.Errorf("list holidays: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Holiday])
}

const sqlInsertHoliday = `
insert into holidays (tenant_id, id, name, on_date, yearly, created_at) values ($1, $2, $3, $4, $5, $6)`

func insertHoliday(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, h Holiday, now time.Time) error {
	_, err := tx.Exec(ctx, sqlInsertHoliday, tenant, h.ID, h.Name, h.On, h.Yearly, now)
	return err
}

const sqlDeleteHoliday = `delete from holidays where tenant_id = $1 and id = $2`

func deleteHoliday(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (int64, error) {
	tag, err := tx.Exec(ctx, sqlDeleteHoliday, tenant, id)
	return tag.RowsAffected(), err
}
