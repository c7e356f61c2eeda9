package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Audience is who a campaign is for: the contacts that have any of Tags (or everybody), without
// those that have any of ExcludeTags. The zero Audience is nobody. Consent is not looked at:
// the send gate does that when a message is about to leave.
type Audience struct {
	All         bool        `json:"all,omitempty"`
	Tags        []uuid.UUID `json:"tags,omitempty" maxItems:"100"`
	ExcludeTags []uuid.UUID `json:"excludeTags,omitempty" maxItems:"100"`
}

// CountAudience counts it. One tag or everybody, without exclusions, costs the same however
// many they are; the rest is read from an index, about 0.3 s for a million.
func CountAudience(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience) (int64, error) {
	switch {
	case a.All && len(a.ExcludeTags) == 0:
		return counted(ctx, tx, tenant, everyone())
	case !a.All && len(a.Tags) == 0:
		return 0, nil
	case !a.All && len(a.Tags) == 1 && len(a.ExcludeTags) == 0:
		return counted(ctx, tx, tenant, a.Tags[0])
	}
	q := newQuery(tenant, a.Tags).add(`select count(distinct m.contact_id) from contact_tags m where m.tenant_id = $1 and m.tag_id = any($2)`)
	member := "m.contact_id"
	if a.All {
		q = newQuery(tenant).add(`select count(*) from contacts m where m.tenant_id = $1 and m.deleted_at is null`)
		member = "m.id"
	}
	a.exclude(q, member)
	var n int64
	err := tx.QueryRow(ctx, q.String(), q.args...).Scan(&n)
	return n, err
}

// AudiencePage returns up to limit members with an id greater than after, by ascending id, with
// what the values of a template are made of, as a message writes them: addresses, name, locale,
// market and fields. It reads an index from there, so page one million costs what page one does.
func AudiencePage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience, after uuid.UUID, limit int) ([]Contact, error) {
	q, some := a.query(tenant, valueColumns, span{order: "asc", op: ">", from: after}, limit)
	if !some {
		return nil, nil
	}
	rows, err := tx.Query(ctx, q.String(), q.args...)
	if err != nil {
		return nil, err
	}
	people, err := pgx.CollectRows(rows, scanValues)
	return written(ctx, tx, tenant, people, err)
}

// Sample returns up to n members, the newest first, to show a message as real people get it.
func Sample(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience, n int) ([]Contact, error) {
	q, some := a.query(tenant, columns, span{order: "desc", op: "<", from: uuid.Max}, n)
	if !some {
		return nil, nil
	}
	people, err := collect(ctx, tx, q.String(), q.args...)
	return written(ctx, tx, tenant, people, err)
}

// ByIDs returns the living contacts among ids, by ascending id, with their fields as a message
// writes them and without their tags.
func ByIDs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]Contact, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	people, err := collect(ctx, tx, sqlByIDs, tenant, ids)
	return written(ctx, tx, tenant, people, err)
}

// span is a stretch of contact ids, read one way or the other.
type span struct {
	order, op string
	from      uuid.UUID
}

// query reads columns of the next limit members; an audience of nobody asks nothing.
func (a Audience) query(tenant uuid.UUID, columns string, s span, limit int) (q *query, some bool) {
	if !a.All && len(a.Tags) == 0 {
		return nil, false
	}
	q = newQuery(tenant)
	a.page(q, columns, s, limit)
	return q, true
}

// page takes the next limit members by their ids. Both sides of the join begin at the id where
// the page does, so that the planner walks two indexes side by side and not all contacts.
func (a Audience) page(q *query, columns string, s span, limit int) {
	q.add(`select ` + columns + ` from contacts c`)
	if !a.All {
		a.tagged(q, s, limit)
	}
	q.add(` where c.tenant_id = $1 and c.deleted_at is null and c.id `+s.op+` ?`, s.from)
	if a.All || len(a.Tags) == 1 {
		a.exclude(q, "c.id")
	}
	q.add(` order by c.id `+s.order+` limit ?`, limit)
}

// tagged joins those who have any of the tags: with one, its members; with several, the next
// limit of each, exclusions applied inside so that a page is never short.
func (a Audience) tagged(q *query, s span, limit int) {
	if len(a.Tags) == 1 {
		q.add(` join contact_tags m on m.tenant_id = $1 and m.contact_id = c.id and m.tag_id = ? and m.contact_id `+s.op+` ?`, a.Tags[0], s.from)
		return
	}
	q.add(` join (
    select distinct x.contact_id from unnest(?::uuid[]) as t(tag_id) cross join lateral (
        select m.contact_id from contact_tags m
        where m.tenant_id = $1 and m.tag_id = t.tag_id and m.contact_id `+s.op+` ?`, a.Tags, s.from)
	a.exclude(q, "m.contact_id")
	q.add(` order by m.contact_id `+s.order+` limit ?) x) m on m.contact_id = c.id`, limit)
}

func (a Audience) exclude(q *query, member string) {
	if len(a.ExcludeTags) > 0 {
		q.add(` and not exists (select 1 from contact_tags e
            where e.tenant_id = $1 and e.contact_id = `+member+` and e.tag_id = any(?))`, a.ExcludeTags)
	}
}
