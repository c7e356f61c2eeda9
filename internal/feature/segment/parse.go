package segment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Parse reads a query from JSON and checks its form; place names it in faults ("query.filter").
// Whether fields, tags and the like exist is checked when it is compiled.
func Parse(raw []byte, place string) (Query, error) {
	var q Query
	if len(raw) > maxBytes {
		return q, wrong(place, "It is longer than 64 KB.")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return Query{}, wrong(place, "It is not a query: "+strings.TrimPrefix(err.Error(), "json: ")+".")
	}
	if _, err := d.Token(); err != io.EOF {
		return Query{}, wrong(place, "Something follows the query.")
	}
	return q, q.Check(place)
}

// Check holds the query's form against the language: one thing per node, operators that fit what
// they compare, values that can be read, bounds.
func (q Query) Check(place string) error {
	leaves := 0
	q.leaves(func(Query) { leaves++ })
	if leaves > maxLeaves {
		return wrong(place, fmt.Sprintf("At most %d conditions.", maxLeaves))
	}
	if q.Everybody() {
		return nil
	}
	return q.check(place, 0)
}

func (q Query) check(place string, depth int) error {
	if err := q.checkForm(place, depth); err != nil {
		return err
	}
	if q.On != "" {
		return q.checkLeaf(place)
	}
	if q.Not != nil {
		return q.Not.check(place+".not", depth+1)
	}
	name, inner := "all", q.All
	if len(q.Any) > 0 {
		name, inner = "any", q.Any
	}
	for i, one := range inner {
		if err := one.check(fmt.Sprintf("%s.%s[%d]", place, name, i), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (q Query) checkForm(place string, depth int) error {
	forms := 0
	for _, set := range []bool{len(q.All) > 0, len(q.Any) > 0, q.Not != nil, q.On != ""} {
		if set {
			forms++
		}
	}
	switch {
	case depth > maxDepth:
		return wrong(place, fmt.Sprintf("Groups are at most %d deep.", maxDepth))
	case forms == 0:
		return wrong(place, "A group needs a condition.")
	case forms > 1:
		return wrong(place, "One of all, any, not and on.")
	case q.On == "" && (q.Op != "" || len(q.Values) > 0 || q.Days != 0 || q.Seed != 0):
		return wrong(place, "A group has no op, values, days or seed.")
	}
	return nil
}

func (q Query) checkLeaf(place string) error {
	for i, value := range q.Values {
		if value == "" || utf8.RuneCountInString(value) > maxValue || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
			return wrong(fmt.Sprintf("%s.values[%d]", place, i), fmt.Sprintf("Text of 1 to %d characters.", maxValue))
		}
	}
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		if key == "" {
			return wrong(place+".on", "Name the field: field:city.")
		}
		return q.checkDays(place) // its type says the rest
	}
	kind, known := kindOf(q.On)
	if !known {
		return wrong(place+".on", fmt.Sprintf("There is nothing called %q to ask about.", q.On))
	}
	return q.checkOp(place, kind)
}

func (q Query) checkDays(place string) error {
	if q.Days < 0 || q.Days > maxDays {
		return wrong(place+".days", fmt.Sprintf("0 to %d.", maxDays))
	}
	return nil
}

// checkOp holds a condition against its kind.
func (q Query) checkOp(place string, k kind) error {
	o, known := k.op(q.Op)
	if !known {
		return wrong(place+".op", fmt.Sprintf("%q cannot be asked of this.", q.Op))
	}
	if err := q.checkDays(place); err != nil {
		return err
	}
	switch {
	case len(q.Values) < o.takes.least || len(q.Values) > o.takes.most:
		return wrong(place+".values", o.takes.counted())
	case o.takes.days == daysNeeded && q.Days == 0:
		return wrong(place+".days", "Say how many days.")
	case o.takes.days == daysNever && q.Days != 0:
		return wrong(place+".days", "This has no days.")
	}
	for i, value := range q.Values {
		if sentence := o.takes.value(value); sentence != "" {
			return wrong(fmt.Sprintf("%s.values[%d]", place, i), sentence)
		}
	}
	return nil
}

func wrong(place, sentence string) error {
	return fault.Invalid("The conditions cannot be read.").WithCode("query").At(place, sentence)
}
