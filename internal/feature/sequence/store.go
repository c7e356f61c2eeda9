package sequence

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const columns = `q.id, q.name, q.status, q.pause_reason, q.draft, q.live, v.definition, q.move_to, q.created_at, q.updated_at`

const (
	sqlByID = `
select ` + columns + `
from sequences q left join sequence_versions v on v.tenant_id = $1 and v.sequence_id = q.id and v.number = q.live
where q.tenant_id = $1 and q.id = $2`
	sqlLock   = `select id from sequences where tenant_id = $1 and id = $2 for update`
	sqlShared = `select id from sequences where tenant_id = $1 and id = $2 for share`
	sqlInsert = `
insert into sequences (tenant_id, id, name, status, draft, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)`
	sqlUpdate = `
update sequences set name = $3, status = $4, pause_reason = $5, draft = $6, live = $7, move_to = $8, trigger_kind = $9, trigger_key = $10, updated_at = $11
where tenant_id = $1 and id = $2`
	sqlRemove = `delete from sequences where tenant_id = $1 and id = $2 and status = 'draft'`
)

func scan(r pgx.CollectableRow) (q Sequence, err error) {
	err = r.Scan(&q.ID, &q.Name, &q.Status, &q.PauseReason, &q.Draft, &q.Live, &q.Published, &q.MoveTo, &q.CreatedAt, &q.UpdatedAt)
	return q, err
}

func byID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Sequence, error) {
	rows, err := tx.Query(ctx, sqlByID, tenant, id)
	if err != nil {
		return Sequence{}, err
	}
	q, err := pgx.CollectExactlyOneRow(rows, scan)
	return q, notFound(err)
}

// lock takes the sequence for a change and returns it as it stands.
func lock(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Sequence, error) {
	return lockedBy(ctx, tx, sqlLock, tenant, id)
}

// share keeps the sequence as it is until the transaction ends.
func share(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Sequence, error) {
	return lockedBy(ctx, tx, sqlShared, tenant, id)
}

func lockedBy(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (Sequence, error) {
	var found uuid.UUID
	if err := tx.QueryRow(ctx, sql, tenant, id).Scan(&found); err != nil {
		return Sequence{}, notFound(err)
	}
	return byID(ctx, tx, tenant, id)
}

func insert(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Sequence, by uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlInsert, tenant, q.ID, q.Name, q.Status, q.Draft, by, q.CreatedAt)
	return err
}

func update(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Sequence) error {
	var t Trigger
	if q.Published != nil {
		t = q.Published.Trigger
	}
	_, err := tx.Exec(ctx, sqlUpdate, tenant, q.ID, q.Name, q.Status, q.PauseReason, q.Draft, q.Live, q.MoveTo, t.Kind, t.key(), q.UpdatedAt)
	return err
}

func remove(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlRemove, tenant, id)
	return err
}

const sqlList = `
select ` + columns + `,
    coalesce((select k.n from sequence_counts k where k.tenant_id = $1 and k.sequence_id = q.id
        and k.step_id = '00000000-0000-0000-0000-000000000000' and k.what = 'entered'), 0),
    coalesce((select sum(k.n) from sequence_counts k where k.tenant_id = $1 and k.sequence_id = q.id
        and (k.what = 'finished' or k.what like 'exit:%')), 0)::bigint
from sequences q left join sequence_versions v on v.tenant_id = $1 and v.sequence_id = q.id and v.number = q.live
where q.tenant_id = $1 and (q.created_at, q.id) < ($2, $3) and (cardinality($4::text[]) = 0 or q.status = any($4))
order by q.created_at desc, q.id desc limit $5`

func list(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, statuses []string, before time.Time, beforeID uuid.UUID, limit int) ([]Listed, error) {
	rows, err := tx.Query(ctx, sqlList, tenant, before, beforeID, statuses, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (q Listed, err error) {
		ended := int64(0)
		err = r.Scan(&q.ID, &q.Name, &q.Status, &q.PauseReason, &q.Draft, &q.Live, &q.Published, &q.MoveTo, &q.CreatedAt, &q.UpdatedAt, &q.Entered, &ended)
		q.Waiting = q.Entered - ended
		return q, err
	})
}

const (
	sqlInsertVersion = `
insert into sequence_versions (tenant_id, sequence_id, number, definition, published_by, published_at) values ($1, $2, $3, $4, $5, $6)`
	sqlVersion  = `select definition from sequence_versions where tenant_id = $1 and sequence_id = $2 and number = $3`
	sqlVersions = `
select v.number, v.definition, v.published_at, coalesce(u.email, '')
from sequence_versions v left join users u on u.id = v.published_by
where v.tenant_id = $1 and v.sequence_id = $2 order by v.number desc limit 100`
	sqlChannelExists = `select exists (select from channels where tenant_id = $1 and id = $2)`
	sqlStageExists   = `select exists (select from contact_stages where tenant_id = $1 and id = $2 and deleted_at is null)`
	sqlGoalsMissing  = `
select count(*) from unnest($2::uuid[]) as u(id) where not exists (
    select from goals g where g.tenant_id = $1 and g.id = u.id)`
)

func version(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, number int) (d Definition, err error) {
	return d, tx.QueryRow(ctx, sqlVersion, tenant, id, number).Scan(&d)
}

// Version is what was published, by whom and when.
type Version struct {
	Number      int        `json:"number"`
	Definition  Definition `json:"definition"`
	PublishedAt time.Time  `json:"publishedAt"`
	PublishedBy string     `json:"publishedBy,omitempty" doc:"E-mail address"`
}

func versions(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) ([]Version, error) {
	rows, err := tx.Query(ctx, sqlVersions, tenant, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Version])
}

func exists(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (found bool, err error) {
	return found, tx.QueryRow(ctx, sql, tenant, id).Scan(&found)
}
