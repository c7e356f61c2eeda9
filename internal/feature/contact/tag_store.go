package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

const tagColumns = `t.id, t.name, t.kind, t.created_at,
    (select coalesce(sum(y.delta), 0)::bigint from contact_tallies y where y.tenant_id = $1 and y.tag_id = t.id)`

const (
	sqlTags      = `select ` + tagColumns + ` from tags t where t.tenant_id = $1 and t.deleted_at is null order by t.name_key, t.id`
	sqlTagByID   = `select ` + tagColumns + ` from tags t where t.tenant_id = $1 and t.id = $2 and t.deleted_at is null`
	sqlTagByName = `select ` + tagColumns + ` from tags t where t.tenant_id = $1 and t.kind = $2 and t.name_key = $3 and t.deleted_at is null`
	sqlCountTags = `select count(*) from tags where tenant_id = $1 and deleted_at is null`
	sqlInsertTag = `insert into tags (tenant_id, id, kind, name, name_key, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $6) on conflict do nothing returning id`
	sqlRenameTag = `update tags set name = $3, name_key = $4, updated_at = $5 where tenant_id = $1 and id = $2 and deleted_at is null`
	sqlHideTag   = `update tags set deleted_at = $3, updated_at = $3 where tenant_id = $1 and id = $2 and deleted_at is null`
	// Keeps the tags from being deleted until the transaction ends.
	sqlHoldTags = `select id from tags where tenant_id = $1 and id = any($2) and deleted_at is null order by id for key share`
)

func scanTag(row pgx.CollectableRow) (Tag, error) {
	var t Tag
	err := row.Scan(&t.ID, &t.Name, &t.Kind, &t.CreatedAt, &t.Contacts)
	return t, err
}

func allTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Tag, error) {
	rows, err := tx.Query(ctx, sqlTags, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTag)
}

func oneTag(ctx context.Context, tx pgx.Tx, sql string, args ...any) (Tag, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return Tag{}, err
	}
	tag, err := pgx.CollectExactlyOneRow(rows, scanTag)
	if errors.Is(err, pgx.ErrNoRows) {
		return Tag{}, errNoTag()
	}
	return tag, err
}

func tagByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Tag, error) {
	return oneTag(ctx, tx, sqlTagByID, tenant, id)
}

func tagByName(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, name string, kind TagKind) (Tag, error) {
	return oneTag(ctx, tx, sqlTagByName, tenant, kind, nameKey(name))
}

func countTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (int, error) {
	var n int
	err := tx.QueryRow(ctx, sqlCountTags, tenant).Scan(&n)
	return n, err
}

func insertTag(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, t Tag) (bool, error) {
	var id uuid.UUID
	err := tx.QueryRow(ctx, sqlInsertTag, tenant, t.ID, t.Kind, t.Name, nameKey(t.Name), t.CreatedAt).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func renameTag(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, name string, now time.Time) error {
	done, err := tx.Exec(ctx, sqlRenameTag, tenant, id, name, nameKey(name), now)
	switch {
	case db.IsUnique(err, "tags_name"):
		return errTagExists()
	case err == nil && done.RowsAffected() == 0:
		return errNoTag()
	}
	return err
}

func hideTag(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, now time.Time) error {
	done, err := tx.Exec(ctx, sqlHideTag, tenant, id, now)
	if err == nil && done.RowsAffected() == 0 {
		return errNoTag()
	}
	return err
}

// holdTags checks that all the tags exist and keeps them from being deleted meanwhile.
func holdTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	ids = sortedIDs(ids)
	if len(ids) == 0 {
		return nil
	}
	held, err := tx.Exec(ctx, sqlHoldTags, tenant, ids)
	if err == nil && int(held.RowsAffected()) != len(ids) {
		return errNoTag()
	}
	return err
}

const (
	sqlMark = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, t.id, c.id from unnest($2::uuid[]) as t(id) cross join unnest($3::uuid[]) as c(id)
on conflict do nothing returning tag_id`
	// The bounds are the first and the last of the sorted ids: they keep the read to that stretch.
	sqlUnmark = `
delete from contact_tags where tenant_id = $1 and tag_id = any($2) and contact_id = any($3)
    and contact_id >= $4 and contact_id <= $5 returning tag_id`
	sqlUnmarkAll = `
delete from contact_tags where tenant_id = $1 and contact_id = any($2)
    and contact_id >= $3 and contact_id <= $4 returning tag_id`
	// Each contact's are looked up: for an array of thousands the planner would read all there are.
	sqlTagsOf = `
select u.id, t.id, t.name, t.kind from unnest($2::uuid[]) as u(id)
cross join lateral (
    select x.tag_id from contact_tags x where x.tenant_id = $1 and x.contact_id = u.id limit 1000) x
join tags t on t.tenant_id = $1 and t.id = x.tag_id
where t.deleted_at is null order by t.name_key, t.id`
)

// countInto runs a statement that returns a tag per row changed, and adds sign for each.
func countInto(ctx context.Context, tx pgx.Tx, t tally, sign int64, sql string, args ...any) error {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	var tag uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&tag}, func() error {
		t[tag] += sign
		return nil
	})
	return err
}

// addTags fills in the tags of contacts.
func addTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []Contact) error {
	if len(contacts) == 0 {
		return nil
	}
	ids, at := make([]uuid.UUID, len(contacts)), map[uuid.UUID]*Contact{}
	for i := range contacts {
		ids[i], at[contacts[i].ID] = contacts[i].ID, &contacts[i]
	}
	rows, err := tx.Query(ctx, sqlTagsOf, tenant, ids)
	if err != nil {
		return err
	}
	var id uuid.UUID
	var tag TagName
	_, err = pgx.ForEachRow(rows, []any{&id, &tag.ID, &tag.Name, &tag.Kind}, func() error {
		at[id].Tags = append(at[id].Tags, tag)
		return nil
	})
	return err
}
