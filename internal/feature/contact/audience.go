package contact

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/segment"
)

// Audience is who a campaign is for: the contacts that have any of Tags, are in any of Segments or
// that Filter lets through (or everybody), without those that have any of ExcludeTags, are in any of
// ExcludeSegments, or were written to in the last ExcludeRecent days. The zero Audience is nobody. Consent is not looked at: the send gate
// does that when a message is about to leave.
type Audience struct {
	All             bool           `json:"all,omitempty"`
	Tags            []uuid.UUID    `json:"tags,omitempty" maxItems:"100"`
	Segments        []uuid.UUID    `json:"segments,omitempty" maxItems:"20"`
	Filter          *segment.Query `json:"filter,omitempty" doc:"Conditions of this audience alone"`
	ExcludeTags     []uuid.UUID    `json:"excludeTags,omitempty" maxItems:"100"`
	ExcludeSegments []uuid.UUID    `json:"excludeSegments,omitempty" maxItems:"20"`
	ExcludeRecent   int            `json:"excludeRecentDays,omitempty" minimum:"0" maximum:"365" doc:"Without those to whom we wrote in so many days before the start"`
	At              time.Time      `json:"at,omitzero" doc:"Set by the start: days are counted back from then"`
	Fixed           *segment.Query `json:"fixed,omitempty" doc:"Set by the start: what all of it means since"`
}

// Open is the audience as a person chose it, without what a start fixed.
func (a Audience) Open() Audience {
	a.At, a.Fixed = time.Time{}, nil
	return a
}

// Check holds the form of an audience's own conditions against the language.
func (a Audience) Check(place string) error {
	if a.Filter == nil {
		return nil
	}
	return a.Filter.Check(place + ".filter")
}

// AsOf says from when conditions count back ("in the last 14 days"), unless the audience was
// fixed at a moment before.
func (a Audience) AsOf(now time.Time) Audience {
	if a.At.IsZero() {
		a.At = now
	}
	return a
}

// Nobody says that nothing lets anybody in.
func (a Audience) Nobody() bool {
	return !a.All && len(a.Tags) == 0 && len(a.Segments) == 0 && a.Filter == nil
}

// plain says that tags alone decide, which have reads of their own.
func (a Audience) plain() bool {
	return len(a.Segments) == 0 && a.Filter == nil && len(a.ExcludeSegments) == 0 && a.ExcludeRecent == 0 && a.Fixed == nil
}

// Fix puts the queries of its segments in their place and keeps the moment, so that people who
// were meant when a campaign started are meant until its last recipient is frozen.
func Fix(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience, now time.Time) (Audience, error) {
	if a.plain() {
		return a, nil
	}
	whole, err := segment.Expand(ctx, tx, tenant, a.asked(), now, "body.audience")
	if err != nil {
		return a, err
	}
	a.Fixed, a.At = &whole, now
	return a, nil
}

// asked is the audience as one query.
func (a Audience) asked() segment.Query {
	if a.Fixed != nil {
		return *a.Fixed
	}
	in, out := oneOf("tag", a.Tags), oneOf("tag", a.ExcludeTags)
	in, out = append(in, oneOf("segment", a.Segments)...), append(out, oneOf("segment", a.ExcludeSegments)...)
	if a.Filter != nil {
		in = append(in, *a.Filter)
	}
	if a.ExcludeRecent > 0 {
		out = append(out, segment.Query{On: "message", Op: "written", Days: a.ExcludeRecent})
	}
	parts := []segment.Query{{Any: in}}
	if a.All {
		parts = nil
	}
	if len(out) > 0 {
		parts = append(parts, segment.Query{Not: &segment.Query{Any: out}})
	}
	return segment.Query{All: parts}
}

func oneOf(on string, ids []uuid.UUID) []segment.Query {
	if len(ids) == 0 {
		return nil
	}
	values := make([]string, len(ids))
	for i, id := range ids {
		values[i] = id.String()
	}
	return []segment.Query{{On: on, Op: "is", Values: values}}
}

func (a Audience) compile(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s *segment.Span) (segment.Compiled, error) {
	if a.At.IsZero() {
		return segment.Compiled{}, errors.New("an audience with conditions is read as of no moment: use AsOf")
	}
	return segment.Compile(ctx, tx, tenant, a.asked(), a.At, s, "body.audience")
}

// CountAudience counts it. One tag or everybody, without exclusions, costs the same however
// many they are; the rest is read from indexes, well under a second for a million.
func CountAudience(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience) (int64, error) {
	switch {
	case a.Nobody():
		return 0, nil
	case !a.plain():
		c, err := a.compile(ctx, tx, tenant, nil)
		if err != nil {
			return 0, err
		}
		return c.Count(ctx, tx, tenant)
	case a.All && len(a.ExcludeTags) == 0:
		return counted(ctx, tx, tenant, everyone())
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
	q, err := a.query(ctx, tx, tenant, valueColumns, span{order: "asc", op: ">", from: after}, limit)
	if err != nil || q == nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, q.String(), q.arguments()...)
	if err != nil {
		return nil, err
	}
	people, err := pgx.CollectRows(rows, scanValues)
	return written(ctx, tx, tenant, people, err)
}

// Sample returns up to n members, the newest first, to show a message as real people get it.
func Sample(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Audience, n int) ([]Contact, error) {
	q, err := a.query(ctx, tx, tenant, columns, span{order: "desc", op: "<", from: uuid.Max}, n)
	if err != nil || q == nil {
		return nil, err
	}
	people, err := collect(ctx, tx, q.String(), q.arguments()...)
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
func (a Audience) query(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, columns string, s span, limit int) (q *query, err error) {
	if a.Nobody() {
		return nil, nil
	}
	q = newQuery(tenant)
	if a.plain() {
		a.page(q, columns, s, limit)
		return q, nil
	}
	// Probing contact by contact from where the page begins: no page reads what another has.
	c, err := a.compile(ctx, tx, tenant, &segment.Span{Op: s.op, From: s.from, Probe: true})
	if err != nil {
		return nil, err
	}
	q.only(c).add(`select ` + columns).add(` from contacts c`)
	q.add(c.Joins.Text, c.Joins.Args...)
	q.add(` where c.tenant_id = $1 and c.deleted_at is null and c.id `+s.op+` ? and `, s.from)
	q.add(c.Where.Text, c.Where.Args...)
	return q.add(` order by c.id `+s.order+` limit ?`, limit), nil
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
