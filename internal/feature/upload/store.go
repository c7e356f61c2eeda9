package upload

import (
	"context"
	"path"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlInsert = `
insert into uploads (tenant_id, id, kind, mime_type, voice, filename, size, sha256, created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

func insertUpload(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, u Upload) error {
	_, err := tx.Exec(ctx, sqlInsert, tenant, u.ID, u.Kind, u.MIMEType, u.Voice, u.Filename, u.Size, u.SHA256, u.CreatedBy, u.CreatedAt)
	return err
}

const sqlByID = `
select id, kind, mime_type, voice, filename, size, sha256, created_by, created_at
from uploads where tenant_id = $1 and id = any($2)`

func uploadsByID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Upload, error) {
	rows, err := tx.Query(ctx, sqlByID, tenant, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Upload])
}

const sqlHandles = `
select upload_id, media_id from upload_handles
where tenant_id = $1 and upload_id = any($2) and channel_id = $3 and expires_at > $4`

func handles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, ids []uuid.UUID, now time.Time) (map[uuid.UUID]string, error) {
	rows, err := tx.Query(ctx, sqlHandles, tenant, ids, channel, now)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]string, len(ids))
	var id uuid.UUID
	var media string
	_, err = pgx.ForEachRow(rows, []any{&id, &media}, func() error {
		found[id] = media
		return nil
	})
	return found, err
}

const sqlKeepHandle = `
insert into upload_handles (tenant_id, upload_id, channel_id, media_id, expires_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, upload_id, channel_id) do update set media_id = excluded.media_id, expires_at = excluded.expires_at`

func keepHandle(ctx context.Context, tx pgx.Tx, tenant, id, channel uuid.UUID, media string, expires time.Time) error {
	_, err := tx.Exec(ctx, sqlKeepHandle, tenant, id, channel, media, expires)
	return err
}

const sqlForget = `delete from uploads where tenant_id = $1 and id = any($2)`

// Forget removes the uploads whose blobs go, by their keys, in the caller's transaction. Keys of other blobs
// are left alone.
func (s *Service) Forget(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, keys []string) error {
	var ids []uuid.UUID
	for _, key := range keys {
		if id, err := uuid.Parse(path.Base(key)); err == nil && IsKey(key) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlForget, tenant, ids)
	return err
}
