package contact

import (
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// query is a statement with conditions that depend on what was asked. Its first argument, $1,
// is always the tenant.
type query struct {
	text strings.Builder
	args []any
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

func (q *query) String() string { return q.text.String() }
