package template

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlInsertSample = `
insert into template_samples (tenant_id, id, handle, format, mime_type, filename, size, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`

func insertSample(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s Sample) error {
	_, err := tx.Exec(ctx, sqlInsertSample, tenant, s.ID, s.Handle, s.Format, s.MIMEType, s.Filename, s.Size, s.CreatedAt)
	return err
}

const sqlSamples = `
select id, handle, format, mime_type, filename, size, created_at
from template_samples where tenant_id = $1 and id = any($2)`

func samplesByID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Sample, error) {
	rows, err := tx.Query(ctx, sqlSamples, tenant, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Sample])
}
