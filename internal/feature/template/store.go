package template

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const columns = `tenant_id, id, waba_id, meta_id, name, language, category, previous_category,
	next_category, next_category_at, status, status_note, rejected_reason, paused_until, quality,
	parameter_format, ttl_seconds, components, event_at, synced_at, created_at, updated_at, samples`

// page is one page of the list. Empty filters match everything; Status empty leaves out the
// deleted ones.
type page struct {
	WABAID, Prefix, Language string
	Category                 Category
	Status                   Status
	AfterName                string
	AfterID                  uuid.UUID
	Limit                    int
}

// prefixEnd sorts after every template name, which Meta keeps to a-z, 0-9 and the underscore.
const prefixEnd = "\uffff"

// listTemplates pages by name. The prefix is a range, which an index serves under RLS, where
// LIKE would not be.
func listTemplates(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, p page) ([]Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and name >= $2 and name < $3 and (name, id) > ($4, $5)
			and ($6 = '' or waba_id = $6) and ($7 = '' or category = $7) and ($8 = '' or language = $8)
			and (status = $9 or ($9 = '' and status <> 'DELETED'))
		order by name, id limit $10`,
		tenant, p.Prefix, p.Prefix+prefixEnd, p.AfterName, p.AfterID,
		p.WABAID, string(p.Category), p.Language, string(p.Status), p.Limit)
	return collect(rows, err)
}

// templateByID returns pgx.ErrNoRows for a template of another tenant, or none.
func templateByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and id = $2`, tenant, id)
	return collectOne(rows, err)
}

func templatesByID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and id = any($2) order by id`, tenant, ids)
	return collect(rows, err)
}

// languagesOf returns the templates of one name in one account, by language, without the deleted.
func languagesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba, name string) ([]Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and waba_id = $2 and name = $3 and status <> 'DELETED' order by language`, tenant, waba, name)
	return collect(rows, err)
}

// twinOf names a template of the account that has this text and footer under another name.
func twinOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba, name, body, footer string) (twin string, err error) {
	same := []map[string]string{{"type": "BODY", "text": body}}
	if footer != "" {
		same = append(same, map[string]string{"type": "FOOTER", "text": footer})
	}
	err = tx.QueryRow(ctx, `select coalesce(min(name), '') from templates
		where tenant_id = $1 and waba_id = $2 and name <> $3 and status not in ('DELETED', 'REJECTED') and components @> $4
			and ($5 or not components @> '[{"type": "FOOTER"}]')`,
		tenant, waba, name, same, footer != "").Scan(&twin)
	return twin, err
}

func lockTemplate(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and id = $2 for update`, tenant, id)
	return collectOne(rows, err)
}

func lockByMetaID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, metaID string) (Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and meta_id = $2 order by id limit 1 for update`, tenant, metaID)
	return collectOne(rows, err)
}

func lockByName(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba, name, language string) (Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and waba_id = $2 and name = $3 and language = $4 for update`,
		tenant, waba, name, language)
	return collectOne(rows, err)
}

// lockNamed locks the account's templates of these names, in all languages, by id.
func lockNamed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string, names []string) ([]Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and waba_id = $2 and name = any($3) order by id for update`, tenant, waba, names)
	return collect(rows, err)
}

// lockUnseen locks what a synchronisation that began at that time did not meet.
func lockUnseen(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string, began time.Time) ([]Template, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from templates
		where tenant_id = $1 and waba_id = $2 and synced_at < $3 and status <> 'DELETED' order by id for update`,
		tenant, waba, began)
	return collect(rows, err)
}

func collect(rows pgx.Rows, err error) ([]Template, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Template])
}

func collectOne(rows pgx.Rows, err error) (Template, error) {
	if err != nil {
		return Template{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Template])
}

// putTemplates writes new and changed templates. The caller holds the locks of those that
// exist; a row inserted meanwhile under the same name is overwritten and keeps its id.
func putTemplates(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Template) error {
	if len(list) == 0 {
		return nil
	}
	c := columnsOf(list)
	_, err := tx.Exec(ctx, `insert into templates (`+columns+`)
		select $1, t.id, t.waba_id, t.meta_id, t.name, t.language, t.category, t.previous_category,
			t.next_category, t.next_category_at, t.status, t.status_note, t.rejected_reason, t.paused_until,
			t.quality, t.parameter_format, t.ttl_seconds, t.components, t.event_at, t.synced_at,
			t.created_at, t.updated_at, t.samples
		from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
			$8::text[], $9::text[], $10::timestamptz[], $11::text[], $12::text[], $13::text[],
			$14::timestamptz[], $15::text[], $16::text[], $17::int[], $18::jsonb[], $19::timestamptz[],
			$20::timestamptz[], $21::timestamptz[], $22::timestamptz[], $23::jsonb[])
			as t (id, waba_id, meta_id, name, language, category, previous_category,
			next_category, next_category_at, status, status_note, rejected_reason, paused_until,
			quality, parameter_format, ttl_seconds, components, event_at, synced_at, created_at, updated_at, samples)
		on conflict (tenant_id, waba_id, name, language) do update set meta_id = excluded.meta_id,
			category = excluded.category, previous_category = excluded.previous_category,
			next_category = excluded.next_category, next_category_at = excluded.next_category_at,
			status = excluded.status, status_note = excluded.status_note,
			rejected_reason = excluded.rejected_reason, paused_until = excluded.paused_until,
			quality = excluded.quality, parameter_format = excluded.parameter_format,
			ttl_seconds = excluded.ttl_seconds, components = excluded.components,
			event_at = excluded.event_at, synced_at = excluded.synced_at, updated_at = excluded.updated_at,
			samples = excluded.samples`,
		append([]any{tenant}, c...)...)
	return err
}

// columnsOf turns rows into the arrays that unnest takes, in the order of columns.
func columnsOf(list []Template) []any {
	return []any{
		column(list, func(t Template) uuid.UUID { return t.ID }),
		column(list, func(t Template) string { return t.WABAID }),
		column(list, func(t Template) string { return t.MetaID }),
		column(list, func(t Template) string { return t.Name }),
		column(list, func(t Template) string { return t.Language }),
		column(list, func(t Template) string { return string(t.Category) }),
		column(list, func(t Template) string { return string(t.PreviousCategory) }),
		column(list, func(t Template) string { return string(t.NextCategory) }),
		column(list, func(t Template) *time.Time { return t.NextCategoryAt }),
		column(list, func(t Template) string { return string(t.Status) }),
		column(list, func(t Template) string { return t.StatusNote }),
		column(list, func(t Template) string { return t.RejectedReason }),
		column(list, func(t Template) *time.Time { return t.PausedUntil }),
		column(list, func(t Template) string { return t.Quality }),
		column(list, func(t Template) string { return t.ParameterFormat }),
		column(list, func(t Template) *int { return t.TTLSeconds }),
		column(list, func(t Template) string { return string(t.Components) }),
		column(list, func(t Template) *time.Time { return t.EventAt }),
		column(list, func(t Template) time.Time { return t.SyncedAt }),
		column(list, func(t Template) time.Time { return t.CreatedAt }),
		column(list, func(t Template) time.Time { return t.UpdatedAt }),
		column(list, func(t Template) string { return t.Samples.json() }),
	}
}

func column[Row, T any](list []Row, of func(Row) T) []T {
	values := make([]T, len(list))
	for i, row := range list {
		values[i] = of(row)
	}
	return values
}

// markSeen notes that a synchronisation met these templates.
func markSeen(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, `update templates set synced_at = $3 where tenant_id = $1 and id = any($2)`, tenant, ids, at)
	return err
}

// Sync is the state of an account's last synchronisation.
type Sync struct {
	WABAID     string     `db:"waba_id"`
	StartedAt  time.Time  `db:"started_at"`
	FinishedAt *time.Time `db:"finished_at"` // nil while it runs
	Seen       int        `db:"seen"`        // templates read so far
	Error      string     `db:"error"`       // why it stopped, for the user
}

func listSyncs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Sync, error) {
	rows, err := tx.Query(ctx, `select waba_id, started_at, finished_at, seen, error from template_syncs
		where tenant_id = $1 order by waba_id`, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Sync])
}

func putSync(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s Sync) error {
	_, err := tx.Exec(ctx, `insert into template_syncs (tenant_id, waba_id, started_at, finished_at, seen, error)
		values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant_id, waba_id) do update set started_at = excluded.started_at,
			finished_at = excluded.finished_at, seen = excluded.seen, error = excluded.error`,
		tenant, s.WABAID, s.StartedAt, s.FinishedAt, s.Seen, s.Error)
	return err
}
