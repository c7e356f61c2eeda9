package segment

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// vocabulary is what the words of a query mean in one workspace at one moment.
type vocabulary struct {
	now      time.Time
	zone     *time.Location
	fields   map[string]field
	names    map[string]map[uuid.UUID]string // by subject: tag, campaign, goal, segment
	segments map[uuid.UUID]Query
	started  map[uuid.UUID]time.Time // of campaigns; those not started have none
}

type field struct{ Key, Label, Type string }

const sqlZone = `select timezone from tenants where tenant_id = $1`

const sqlFieldTypes = `select key, label, type from contact_fields where tenant_id = $1 and deleted_at is null order by label, key`

// learn reads the meaning of a query's words. Segments inside it are read with theirs.
func learn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Query, now time.Time) (*vocabulary, error) {
	v := &vocabulary{now: now, names: map[string]map[uuid.UUID]string{}, fields: map[string]field{}}
	if err := v.learnZone(ctx, tx, tenant); err != nil {
		return nil, err
	}
	fields, err := allFields(ctx, tx, tenant)
	if err != nil {
		return nil, fmt.Errorf("read fields: %w", err)
	}
	for _, f := range fields {
		v.fields[f.Key] = f
	}
	return v, v.learnNames(ctx, tx, tenant, q)
}

func (v *vocabulary) learnZone(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var name string
	if err := tx.QueryRow(ctx, sqlZone, tenant).Scan(&name); err != nil {
		return fmt.Errorf("read time zone: %w", err)
	}
	var err error
	if v.zone, err = time.LoadLocation(name); err != nil {
		v.zone = time.UTC
	}
	return nil
}

func allFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]field, error) {
	rows, err := tx.Query(ctx, sqlFieldTypes, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[field])
}

func (v *vocabulary) learnNames(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Query) error {
	if err := v.learnSegments(ctx, tx, tenant, q.ids("segment")); err != nil {
		return fmt.Errorf("read segments: %w", err)
	}
	parts := []Query{q}
	for _, inner := range v.segments {
		parts = append(parts, inner)
	}
	whole := Query{All: parts}
	for on, sql := range map[string]string{"tag": sqlTagNames, "campaign": sqlCampaignNames, "stage": sqlStageNames, "owner": sqlOwnerNames, "goal": sqlGoalNames} {
		if err := v.learnNamed(ctx, tx, tenant, on, sql, whole.ids(on)); err != nil {
			return fmt.Errorf("read names of %ss: %w", on, err)
		}
	}
	return nil
}

const sqlTagNames = `select id, name, null::timestamptz from tags where tenant_id = $1 and id = any($2) and deleted_at is null`

const sqlStageNames = `select id, name, null::timestamptz from contact_stages where tenant_id = $1 and id = any($2) and deleted_at is null`

const sqlOwnerNames = `
select u.id, u.name, null::timestamptz from members m join users u on u.id = m.user_id
where m.tenant_id = $1 and m.user_id = any($2)`

const sqlGoalNames = `select id, name, null::timestamptz from goals where tenant_id = $1 and id = any($2)`

const sqlCampaignNames = `select id, name, started_at from campaigns where tenant_id = $1 and id = any($2)`

func (v *vocabulary) learnNamed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, on, sql string, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sql, tenant, ids)
	if err != nil {
		return err
	}
	var id uuid.UUID
	var name string
	var started *time.Time
	found := map[uuid.UUID]string{}
	v.started = maps.Clone(v.started)
	_, err = pgx.ForEachRow(rows, []any{&id, &name, &started}, func() error {
		found[id] = name
		if started != nil {
			v.begin(id, *started)
		}
		return nil
	})
	v.names[on] = found
	return err
}

func (v *vocabulary) begin(id uuid.UUID, at time.Time) {
	if v.started == nil {
		v.started = map[uuid.UUID]time.Time{}
	}
	v.started[id] = at
}

const sqlSegmentQueries = `select id, name, query from segments where tenant_id = $1 and id = any($2)`

func (v *vocabulary) learnSegments(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	v.segments = map[uuid.UUID]Query{}
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlSegmentQueries, tenant, ids)
	if err != nil {
		return err
	}
	var id uuid.UUID
	var name string
	var q Query
	found := map[uuid.UUID]string{}
	_, err = pgx.ForEachRow(rows, []any{&id, &name, &q}, func() error {
		found[id], v.segments[id] = name, q
		q = Query{}
		return nil
	})
	v.names["segment"] = found
	return err
}

// today is the date of the workspace, days from now.
func (v *vocabulary) today(days int) string {
	return v.now.In(v.zone).AddDate(0, 0, days).Format(time.DateOnly)
}

// ago is the moment days before now.
func (v *vocabulary) ago(days int) time.Time { return v.now.AddDate(0, 0, -days) }

// midnight is when a date begins in the workspace, days later.
func (v *vocabulary) midnight(date string, days int) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, date, v.zone) // its shape is checked
	return at.AddDate(0, 0, days)
}
