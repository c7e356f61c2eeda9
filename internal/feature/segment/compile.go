package segment

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Fragment is a piece of SQL in which each ? is the next of Args. It holds no value of a user.
type Fragment struct {
	Text string
	Args []any
}

// Compiled is a query as SQL over contacts c, where $1 is the tenant: Joins follow "from contacts
// c", and Where is true of those the query lets through. Joins never double a contact. They are
// left joins with a condition over them, which the planner makes semi and anti joins of where
// it can; a subquery in an OR would be run once per contact.
type Compiled struct {
	Joins, Where Fragment
}

// Span bounds the contacts that are looked at by their id: those Op From. What is joined is
// bounded too, so that reading from the middle costs what reading from the beginning does.
type Span struct {
	Op   string // ">" or "<"
	From uuid.UUID
	// Probe looks everything up contact by contact. For readers that go through all pages: no plan
	// of theirs may cost what all contacts do.
	Probe bool
}

// Compile turns a query into SQL for one workspace at one moment. A name it does not know there is
// a fault at its place. A nil span looks at all contacts.
func Compile(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Query, now time.Time, s *Span, place string) (Compiled, error) {
	if q.Everybody() {
		return Compiled{Where: Fragment{Text: "true"}}, nil
	}
	if err := q.check(place, composed); err != nil {
		return Compiled{}, err
	}
	v, err := learn(ctx, tx, tenant, q, now)
	if err != nil {
		return Compiled{}, err
	}
	return compile(v, q, s, place)
}

// composed is the depth at which a query that was put together of others begins: each of them has
// been held against the bounds.
const composed = -2 * maxDepth

// Expand puts the queries of the saved segments in place of their names.
func Expand(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Query, now time.Time, place string) (Query, error) {
	v, err := learn(ctx, tx, tenant, q, now)
	if err != nil {
		return Query{}, err
	}
	if err := v.check(q, place); err != nil {
		return Query{}, err
	}
	return v.expand(q), nil
}

func (v *vocabulary) expand(q Query) Query {
	switch {
	case q.On == "segment":
		inner := Query{}
		for _, id := range q.ids("segment") {
			inner.Any = append(inner.Any, v.segments[id])
		}
		if q.Op == "isnt" {
			return Query{Not: &inner}
		}
		return inner
	case q.Not != nil:
		inner := v.expand(*q.Not)
		return Query{Not: &inner}
	}
	q.All, q.Any = v.expandAll(q.All), v.expandAll(q.Any)
	return q
}

func (v *vocabulary) expandAll(list []Query) []Query {
	var out []Query
	for _, one := range list {
		out = append(out, v.expand(one))
	}
	return out
}

func compile(v *vocabulary, q Query, s *Span, place string) (Compiled, error) {
	if err := v.check(q, place); err != nil {
		return Compiled{}, err
	}
	b := &builder{vocabulary: v, span: s}
	where := b.condition(q, false)
	return Compiled{Joins: b.joins, Where: where}, nil
}

// builder compiles one query.
type builder struct {
	*vocabulary
	span   *Span
	joins  Fragment
	joined map[string]string // alias by the text and arguments of what was joined
}

func write(text string, args ...any) Fragment { return Fragment{text, args} }

func combine(word string, parts []Fragment) Fragment {
	texts := make([]string, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.Text
		args = append(args, p.Args...)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return Fragment{"(" + strings.Join(texts, " "+word+" ") + ")", args}
}

// condition compiles a node. A negation is carried down to the conditions, so that a join and its
// absence stay conditions the planner knows.
func (b *builder) condition(q Query, negated bool) Fragment {
	switch {
	case q.Everybody():
		return write(map[bool]string{false: "true", true: "false"}[negated])
	case q.On != "":
		return b.leaf(q, negated)
	case q.Not != nil:
		return b.condition(*q.Not, !negated)
	}
	inner, word := q.All, "and"
	if len(q.Any) > 0 {
		inner, word = q.Any, "or"
	}
	if negated {
		word = map[string]string{"and": "or", "or": "and"}[word]
	}
	parts := make([]Fragment, len(inner))
	for i, one := range inner {
		parts[i] = b.condition(one, negated)
	}
	return combine(word, parts)
}

// leaf compiles a condition. Its negation is true also where nothing is known.
func (b *builder) leaf(q Query, negated bool) Fragment {
	if positive, isNegative := opposite(q); isNegative {
		return b.leaf(positive, !negated)
	}
	if isMembership(q) {
		return b.membership(q, negated)
	}
	if q.On == "segment" {
		return b.inSegments(q, negated)
	}
	if happened, isKept := b.happened(q); isKept {
		return write(b.join(happened) + isThere(negated))
	}
	f := b.plain(q)
	if negated {
		f.Text = "(" + f.Text + ") is not true"
	}
	return f
}

// isThere is true of a contact that was joined, or of one that was not. With nothing but this asked
// of it, the planner makes a semi join or an anti join of the join.
func isThere(negated bool) string {
	if negated {
		return ".contact_id is null"
	}
	return ".contact_id is not null"
}

// opposite gives the positive form of a condition that is the negation of another.
func opposite(q Query) (Query, bool) {
	pairs := map[string]string{"isnt": "is", "unset": "set", "unsent": "sent", "silent": "wrote", "unwritten": "written",
		"unclicked": "clicked", "unheld": "held", "unreached": "reached"}
	if to, found := pairs[q.Op]; found {
		q.Op = to
		return q, true
	}
	return q, false
}

// plain compiles a condition on a contact's own row or its activity.
func (b *builder) plain(q Query) Fragment {
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		return guessed(b.typed(q, b.fields[key].Type, write("c.fields ->> ?::text", key)))
	}
	switch q.On {
	case "name":
		return b.text(q, write("nullif(c.name, '')"))
	case "phone", "email", "locale":
		return b.text(q, write("c."+q.On))
	case "market":
		return exact(q, write("nullif(c.market, '')"))
	case "stage", "owner":
		if q.Op == "set" {
			return write("c." + q.On + "_id is not null")
		}
		return write("c."+q.On+"_id = any(?)", q.ids(q.On))
	case "created":
		return b.instant(q, "c.created_at")
	case "optin":
		return write("c.opt_in = any(?)", q.Values)
	case "suppressed":
		return yes(q, "c.suppressed_at is not null")
	case "reachable":
		return yes(q, "c.unreachable_at is null")
	case "window":
		return yes(q, "c.window_open_until > ?", b.now)
	case "random":
		return b.share(q)
	}
	return b.answered(q)
}

// guessed is a condition on a field as the planner shall take it: for half of the contacts. It knows
// nothing of what is in fields, and would take an equality for one in two hundred and look up the rest
// of the query contact by contact.
func guessed(f Fragment) Fragment { return Fragment{"coalesce(" + f.Text + ", false)", f.Args} }

func yes(q Query, text string, args ...any) Fragment {
	if q.Op == "no" {
		text = "(" + text + ") is not true"
	}
	return Fragment{text, args}
}

// share draws the same people for the same seed, and others for another.
func (b *builder) share(q Query) Fragment {
	percent, _ := strconv.ParseFloat(q.Values[0], 64) // its shape is checked
	return write("(uuid_hash_extended(c.id, ?) & 1048575) < ?", q.Seed, int64(percent*(1<<20)/100))
}

// inSegments puts the queries of saved segments in its place.
func (b *builder) inSegments(q Query, negated bool) Fragment {
	var any []Query
	for _, id := range q.ids("segment") {
		any = append(any, b.segments[id])
	}
	return b.condition(Query{Any: any}, negated)
}

// source is rows to join by contact: column is the contact's id in them, and more what else is read
// of them. Unless unique, a contact may be there many times.
type source struct {
	column, more, from string
	unique             bool
	args               []any
}

// join adds a source once and returns its alias.
func (b *builder) join(s source) string {
	key := fmt.Sprint(s)
	if alias, found := b.joined[key]; found {
		return alias
	}
	if b.joined == nil {
		b.joined = map[string]string{}
	}
	alias := "s" + strconv.Itoa(len(b.joined)+1)
	b.joined[key] = alias
	text, args := b.rows(s, alias)
	b.joins.Text += "\n" + text
	b.joins.Args = append(b.joins.Args, args...)
	return alias
}

func (b *builder) rows(s source, alias string) (string, []any) {
	args := s.args[:len(s.args):len(s.args)]
	if b.span != nil && b.span.Probe {
		return "left join lateral (select " + s.column + " as contact_id" + s.more + " from " + s.from + " and " + s.column +
			" = c.id limit 1) " + alias + " on true", args
	}
	if b.span != nil {
		s.from += " and " + s.column + " " + b.span.Op + " ?"
		args = append(args, b.span.From)
	}
	distinct := "distinct "
	if s.unique {
		distinct = ""
	}
	return "left join (select " + distinct + s.column + " as contact_id" + s.more + " from " + s.from + ") " +
		alias + " on " + alias + ".contact_id = c.id", args
}
