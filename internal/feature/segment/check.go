package segment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// check holds a query against the workspace: fields with operators of their type, tags, campaigns
// and segments that exist, no segment inside a segment.
func (v *vocabulary) check(q Query, place string) error {
	if q.On != "" {
		return v.checkLeaf(q, place)
	}
	if q.Not != nil {
		return v.check(*q.Not, place+".not")
	}
	name, inner := "all", q.All
	if len(q.Any) > 0 {
		name, inner = "any", q.Any
	}
	for i, one := range inner {
		if err := v.check(one, fmt.Sprintf("%s.%s[%d]", place, name, i)); err != nil {
			return err
		}
	}
	return nil
}

func (v *vocabulary) checkLeaf(q Query, place string) error {
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		f, known := v.fields[key]
		if !known {
			return wrong(place+".on", fmt.Sprintf("There is no field %q.", key))
		}
		return q.checkOp(place, fieldKind(f.Type))
	}
	if slices.Contains([]string{"tag", "campaign", "segment", "stage", "owner", "goal"}, q.On) {
		return v.checkIDs(q, place)
	}
	return nil
}

func (v *vocabulary) checkIDs(q Query, place string) error {
	for i, value := range q.Values {
		at := fmt.Sprintf("%s.values[%d]", place, i)
		id, err := uuid.Parse(value)
		if _, known := v.names[q.On][id]; err != nil || !known {
			return wrong(at, fmt.Sprintf("There is no %s with this id.", q.On))
		}
		if q.On != "segment" {
			continue
		}
		if err := v.checkInner(id, at); err != nil {
			return err
		}
	}
	return nil
}

// checkInner holds a saved segment that a query names against the workspace of today.
func (v *vocabulary) checkInner(id uuid.UUID, place string) error {
	inner := v.segments[id]
	if len(inner.ids("segment")) > 0 {
		return wrong(place, "A segment cannot be made of segments.")
	}
	if err := v.check(inner, place); err != nil {
		return wrong(place, fmt.Sprintf("The segment “%s” names something that is gone: edit it.", v.names["segment"][id]))
	}
	return nil
}
