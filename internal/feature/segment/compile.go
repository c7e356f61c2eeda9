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
}

// Compile turns a query into SQL for one workspace at one moment. A name it does not know there is
// a fault at its place. A nil span looks at all contacts.
func Compile(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Query, now time.Time, s *Span, place string) (Compiled, error) {
	if err := q.Check(place); err != nil {
		return Compiled{}, err
	}
	if q.Everybody() {
		return Compiled{Where: Fragment{Text: "true"}}, nil
	}
	v, err := learn(ctx, tx, tenant, q, now)
	if err != nil {
		return Compiled{}, err
	}
	return compile(v, q, s, place)
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
	if q.On == "tag" || q.On == "campaign" && len(q.Values) > 0 {
		return b.membership(q, negated)
	}
	if q.On == "segment" {
		return b.inSegments(q, negated)
	}
	f := b.plain(q)
	if negated {
		f.Text = "(" + f.Text + ") is not true"
	}
	return f
}

// opposite gives the positive form of a condition that is the negation of another.
func opposite(q Query) (Query, bool) {
	pairs := map[string]string{"isnt": "is", "unset": "set", "unsent": "sent", "silent": "wrote", "unwritten": "written"}
	if to, found := pairs[q.Op]; found {
		q.Op = to
		return q, true
	}
	return q, false
}

// plain compiles a condition on a contact's own row or its activity.
func (b *builder) plain(q Query) Fragment {
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		return b.typed(q, b.fields[key].Type, write("c.fields ->> ?::text", key))
	}
	switch q.On {
	case "name":
		return b.text(q, write("nullif(c.name, '')"))
	case "phone", "email", "locale":
		return b.text(q, write("c."+q.On))
	case "market":
		return exact(q, write("nullif(c.market, '')"))
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
	return b.behaviour(q)
}

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

// join adds rows to join by contact once and returns their alias. column is the contact's id in
// them; every contact must be there at most once.
func (b *builder) join(column, from string, args ...any) string {
	key := fmt.Sprint(column, from, args)
	if alias, found := b.joined[key]; found {
		return alias
	}
	if b.joined == nil {
		b.joined = map[string]string{}
	}
	alias := "s" + strconv.Itoa(len(b.joined)+1)
	b.joined[key] = alias
	if b.span != nil {
		from += " and " + column + " " + b.span.Op + " ?"
		args = append(args[:len(args):len(args)], b.span.From)
	}
	b.joins.Text += "\nleft join (select " + column + " as contact_id from " + from + ") " + alias + " on " + alias + ".contact_id = c.id"
	b.joins.Args = append(b.joins.Args, args...)
	return alias
}
