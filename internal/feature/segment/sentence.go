package segment

import (
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// sentence says a query in plain English: "Contacts where City is “Pune” and …".
func (v *vocabulary) sentence(q Query) string {
	if q.Everybody() {
		return "All contacts."
	}
	return "Contacts where " + v.clause(q, true) + "."
}

// clause says a node; the outermost group needs no parentheses.
func (v *vocabulary) clause(q Query, outer bool) string {
	switch {
	case q.Everybody():
		return "anything holds"
	case q.On != "":
		return v.leafClause(q)
	case q.Not != nil && q.Not.On != "":
		return "it is not so that " + v.clause(*q.Not, true)
	case q.Not != nil:
		return "not " + v.clause(*q.Not, false)
	}
	inner, word := q.All, " and "
	if len(q.Any) > 0 {
		inner, word = q.Any, " or "
	}
	parts := make([]string, len(inner))
	for i, one := range inner {
		parts[i] = v.clause(one, len(inner) == 1 && outer)
	}
	text := strings.Join(parts, word)
	if outer || len(inner) == 1 {
		return text
	}
	return "(" + text + ")"
}

func (v *vocabulary) leafClause(q Query) string {
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		f, known := v.fields[key]
		if !known {
			return "a field that is gone (" + key + ") is asked about"
		}
		return compared(f.Label, q, fieldKind(f.Type))
	}
	switch q.On {
	case "tag":
		return map[string]string{"is": "they have the tag ", "isnt": "they do not have the tag "}[q.Op] + v.named(q)
	case "segment":
		return map[string]string{"is": "they are in the segment ", "isnt": "they are not in the segment "}[q.Op] + v.named(q)
	case "stage", "owner":
		s, _ := subjectOf(q.On)
		if o, _ := s.kind.op(q.Op); len(q.Values) == 0 {
			return s.label + " " + o.label
		}
		return s.label + " " + labelOf(q) + " " + v.named(q)
	case "campaign", "goal":
		return v.happenedClause(q)
	case "message":
		return labelOf(q) + period(q.Days)
	case "suppressed", "reachable", "window":
		return labelOf(q)
	case "random":
		return "they are in a random " + q.Values[0] + "% (draw " + strconv.FormatInt(q.Seed, 10) + ")"
	}
	s, _ := subjectOf(q.On)
	return compared(s.label, q, s.kind)
}

func labelOf(q Query) string {
	k, _ := kindOf(q.On)
	o, _ := k.op(q.Op)
	return o.label
}

// compared says "City is “Pune” or “Delhi”", "Age is between 20 and 30".
func compared(label string, q Query, k kind) string {
	o, _ := k.op(q.Op)
	text := label + " " + o.label
	switch {
	case o.takes.days == daysNeeded:
		return text + " " + daysText(q.Days)
	case q.Op == "between":
		return text + " " + q.Values[0] + " and " + q.Values[1]
	case o.takes.of == "number" || o.takes.of == "date":
		return text + " " + strings.Join(q.Values, " or ")
	case len(q.Values) > 0:
		return text + " " + quoteAll(q.Values, "or")
	}
	return text
}

// happenedClause says what happened with campaigns or goals: "the campaign “Diwali” was clicked".
func (v *vocabulary) happenedClause(q Query) string {
	subject := "a " + q.On + " "
	if len(q.Values) > 0 {
		subject = "the " + q.On + " " + v.named(q) + " "
	} else if positive, isNegative := opposite(q); isNegative {
		subject, q = "no "+q.On+" ", positive
	}
	return subject + labelOf(q) + period(q.Days)
}

func period(days int) string {
	if days == 0 {
		return ""
	}
	return " in the last " + daysText(days)
}

func daysText(days int) string {
	if days == 1 {
		return "day"
	}
	return strconv.Itoa(days) + " days"
}

// named are the names of the ids a condition has; one that is gone is said to be.
func (v *vocabulary) named(q Query) string {
	var names []string
	for _, value := range q.Values {
		id, _ := uuid.Parse(value)
		name, known := v.names[q.On][id]
		if !known {
			name = "deleted"
		}
		names = append(names, name)
	}
	return quoteAll(names, "or")
}

func quoteAll(texts []string, word string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = "“" + text + "”"
	}
	return strings.Join(quoted, " "+word+" ")
}
