package db

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"
)

// Objects runs a statement whose rows are one value of JSON each.
func Objects(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]json.RawMessage, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[json.RawMessage])
}
