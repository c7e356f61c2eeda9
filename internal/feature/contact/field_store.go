package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const fieldColumns = `f.key, f.label, f.type, f.options, f.becomes`

const (
	sqlFields = `select ` + fieldColumns + ` from contact_fields f
where f.tenant_id = $1 and f.deleted_at is null order by f.label, f.key`
	sqlCountFields = `select count(*) from contact_fields where tenant_id = $1`
	// Whoever writes a value keeps the definition it was checked against: a change of type waits
	// for them, and they for it.
	sqlHoldFields = `select ` + fieldColumns + ` from contact_fields f
where f.tenant_id = $1 and f.key = any($2) and f.deleted_at is null order by f.key for share`
	sqlFieldLocked = `select ` + fieldColumns + ` from contact_fields f
where f.tenant_id = $1 and f.key = $2 and f.deleted_at is null for update`
	sqlDefineFields = `
insert into contact_fields (tenant_id, key, label, created_at)
select $1, u.key, u.label, $4 from unnest($2::text[], $3::text[]) as u(key, label)
on conflict do nothing`
	sqlInsertField = `
insert into contact_fields (tenant_id, key, label, type, options, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict do nothing returning key`
	sqlUpdateField = `update contact_fields set label = $3, type = $4, options = $5, becomes = $6 where tenant_id = $1 and key = $2`
	sqlHideField   = `update contact_fields set deleted_at = $3 where tenant_id = $1 and key = $2`
	sqlDropField   = `delete from contact_fields where tenant_id = $1 and key = $2 and deleted_at is not null`

	// The values of one field, in pages by contact.
	sqlFieldValues = `select c.id, c.fields->>$2 from contacts c
where c.tenant_id = $1 and c.id > $3 and c.deleted_at is null and c.fields ? $2 order by c.id limit $4`
)

func collectFields(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Field, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Field])
}

func allFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Field, error) {
	return collectFields(ctx, tx, sqlFields, tenant)
}

func byKey(fields []Field) map[string]Field {
	found := make(map[string]Field, len(fields))
	for _, f := range fields {
		found[f.Key] = f
	}
	return found
}

// holdFields returns those of keys that exist and keeps their definitions until the transaction ends.
func holdFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, keys []string) (map[string]Field, error) {
	fields, err := collectFields(ctx, tx, sqlHoldFields, tenant, keys)
	return byKey(fields), err
}

func lockField(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key string) (Field, error) {
	found, err := collectFields(ctx, tx, sqlFieldLocked, tenant, key)
	if err != nil || len(found) == 1 {
		return append(found, Field{})[0], err
	}
	return Field{}, errNoField()
}

// countFields counts those being deleted too: their keys are still taken.
func countFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (int, error) {
	var n int
	err := tx.QueryRow(ctx, sqlCountFields, tenant).Scan(&n)
	return n, err
}

func insertField(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Field, now time.Time) error {
	var key string
	err := tx.QueryRow(ctx, sqlInsertField, tenant, f.Key, f.Label, f.Type, f.Options, now).Scan(&key)
	if errors.Is(err, pgx.ErrNoRows) {
		return errFieldExists()
	}
	return err
}

func updateField(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Field) error {
	_, err := tx.Exec(ctx, sqlUpdateField, tenant, f.Key, f.Label, f.Type, f.Options, f.Becomes)
	return err
}
