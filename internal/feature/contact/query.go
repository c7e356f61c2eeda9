package contact

import (
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/segment"
)

// query is a statement with conditions that depend on what was asked. Its first argument, $1,
// is always the tenant.
type query struct {
	text strings.Builder
	args []any
	once bool // its plan is made for these values alone
}

// newQuery begins a statement whose $1 is the tenant, and $2 … are args.
func newQuery(tenant uuid.UUID, args ...any) *query {
	return &query{args: append([]any{tenant}, args...)}
}

// add appends text in which each ? is the next of args.
func (q *query) add(text string, args ...any) *query {
	for _, arg := range args {
		before, after, _ := strings.Cut(text, "?")
		q.args = append(q.args, arg)
		q.text.WriteString(before + "$" + strconv.Itoa(len(q.args)))
		text = after
	}
	q.text.WriteString(text)
	return q
}

// only says that a segment's conditions stand in the statement. Their plan is made for their very
// values: one for any values takes a tag of ten people for one of a million.
func (q *query) only(c segment.Compiled) *query {
	q.once = q.once || c.Where.Text != ""
	return q
}

// arguments are what pgx is given.
func (q *query) arguments() []any {
	if q.once {
		return append([]any{pgx.QueryExecModeCacheDescribe}, q.args...)
	}
	return q.args
}

func (q *query) String() string { return q.text.String() }
