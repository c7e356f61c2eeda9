package segment

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// kind is a type of thing that conditions ask about, with the operators it has.
type kind struct {
	name string // as the API calls it
	ops  []op
}

func (k kind) op(name string) (op, bool) {
	at := slices.IndexFunc(k.ops, func(o op) bool { return o.name == name })
	if at < 0 {
		return op{}, false
	}
	return k.ops[at], true
}

// op is an operator: its name in queries, its words on screen and in sentences, what it takes.
type op struct {
	name, label string
	takes       takes
}

// takes is what an operator is given.
type takes struct {
	of          string // "", "text", "number", "date", "id", "percent", "word"
	least, most int    // values
	days        daysRule
	words       []string // that are allowed, of "word"
}

type daysRule string

const (
	daysNever  daysRule = ""
	daysMay    daysRule = "optional"
	daysNeeded daysRule = "needed"
)

func (t takes) counted() string {
	switch {
	case t.most == 0:
		return "This has no values."
	case t.least == t.most:
		return fmt.Sprintf("Exactly %d.", t.most)
	}
	return fmt.Sprintf("%d to %d.", t.least, t.most)
}

// value says what is wrong with a value, or nothing.
func (t takes) value(value string) string {
	switch t.of {
	case "number":
		if !numberShape().MatchString(value) {
			return "A number such as 12 or -3.5."
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return "A date such as 2026-11-26."
		}
	case "id":
		if _, err := uuid.Parse(value); err != nil {
			return "An id."
		}
	case "percent":
		if n, err := strconv.ParseFloat(value, 64); err != nil || !(n > 0 && n <= 100) || !numberShape().MatchString(value) {
			return "More than 0 and at most 100."
		}
	case "word":
		if !slices.Contains(t.words, value) {
			return fmt.Sprintf("One of %s.", quoteAll(t.words, "or"))
		}
	}
	return ""
}

// numberShape is a plain decimal, as number fields keep them.
func numberShape() *regexp.Regexp { return regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,9})?$`) }

func some(of string) takes { return takes{of: of, least: 1, most: 100} }
func one(of string) takes  { return takes{of: of, least: 1, most: 1} }
func two(of string) takes  { return takes{of: of, least: 2, most: 2} }

func known() []op {
	return []op{{"set", "is known", takes{}}, {"unset", "is not known", takes{}}}
}

func isAny(t takes) []op { return []op{{"is", "is", t}, {"isnt", "is not", t}} }

func textKind() kind {
	return kind{"text", append(append(isAny(some("text")),
		op{"contains", "contains", one("text")}, op{"starts", "begins with", one("text")}), known()...)}
}

func numberKind() kind {
	return kind{"number", append([]op{
		{"is", "is", some("number")}, {"isnt", "is not", some("number")},
		{"less", "is less than", one("number")}, {"most", "is at most", one("number")},
		{"more", "is more than", one("number")}, {"least", "is at least", one("number")},
		{"between", "is between", two("number")},
	}, known()...)}
}

func dateKind() kind {
	return kind{"date", append([]op{
		{"on", "is on", one("date")}, {"before", "is before", one("date")}, {"after", "is after", one("date")},
		{"between", "is between", two("date")},
		{"past", "is in the last", takes{days: daysNeeded}}, {"next", "is in the next", takes{days: daysNeeded}},
	}, known()...)}
}

func booleanKind() kind {
	return kind{"boolean", append([]op{{"yes", "is true", takes{}}, {"no", "is false", takes{}}}, known()...)}
}

func choiceKind() kind { return kind{"choice", append(isAny(some("text")), known()...)} }

// fieldKind is the kind of a field of contacts by its type.
func fieldKind(fieldType string) kind {
	switch fieldType {
	case "number":
		return numberKind()
	case "date":
		return dateKind()
	case "boolean":
		return booleanKind()
	case "choice":
		return choiceKind()
	}
	return textKind()
}

func idKind(name string, withKnown bool) kind {
	k := kind{name, isAny(some("id"))}
	if withKnown {
		k.ops = append(k.ops, known()...)
	}
	return k
}

func yesNo(name, yes, no string) kind {
	return kind{name, []op{{"yes", yes, takes{}}, {"no", no, takes{}}}}
}

func behaviours() kind {
	given := takes{of: "id", most: 10, days: daysMay}
	named := takes{of: "id", least: 1, most: 10}
	return kind{"campaign", []op{
		{"sent", "was sent", given}, {"unsent", "was not sent", given}, {"delivered", "was delivered", given},
		{"read", "was read", given}, {"unread", "was delivered but not read", given},
		{"replied", "was replied to", given}, {"failed", "failed", given},
		{"clicked", "was clicked", given}, {"unclicked", "was not clicked", given},
		{"held", "held them out", named}, {"unheld", "did not hold them out", named},
		{"converted", "led to a conversion", named},
	}}
}

func conversions() kind {
	given := takes{of: "id", most: 10, days: daysMay}
	return kind{"goal", []op{{"reached", "was reached", given}, {"unreached", "was not reached", given}}}
}

func exchanges() kind {
	within := takes{days: daysMay}
	return kind{"message", []op{
		{"wrote", "they wrote to us", within}, {"silent", "they have not written to us", within},
		{"written", "we wrote to them", within}, {"unwritten", "we have not written to them", within},
	}}
}

// subject is something a condition may ask about besides fields.
type subject struct {
	on, label string
	kind      kind
}

// subjects are all of them, in the order they are offered.
func subjects() []subject {
	created := dateKind()
	created.ops = slices.DeleteFunc(created.ops, func(o op) bool { return o.name == "next" || o.name == "set" || o.name == "unset" })
	phone := kind{"text", append([]op{{"starts", "begins with", one("text")}}, known()...)}
	consent := takes{of: "word", least: 1, most: 4, words: []string{"in", "pending", "out", "unknown"}}
	return []subject{
		{"name", "Name", textKind()},
		{"phone", "Phone", phone},
		{"email", "E-mail", textKind()},
		{"market", "Country", kind{"market", append(isAny(some("text")), known()...)}},
		{"locale", "Language", choiceKind()},
		{"created", "Added", created},
		{"tag", "Tag or list", idKind("tag", false)},
		{"stage", "Stage", idKind("stage", true)},
		{"owner", "Owner", idKind("owner", true)},
		{"optin", "Opt-in", kind{"consent", isAny(consent)}},
		{"suppressed", "Suppressed", yesNo("state", "they are suppressed", "they are not suppressed")},
		{"reachable", "Reachable", yesNo("state", "WhatsApp reaches them", "WhatsApp could not reach them")},
		{"window", "Service window", yesNo("state", "their service window is open", "their service window is closed")},
		{"campaign", "Campaign", behaviours()},
		{"goal", "Goal", conversions()},
		{"message", "Messages", exchanges()},
		{"segment", "Segment", idKind("segment", false)},
		{"random", "Random share", kind{"random", []op{{"share", "are in a random", one("percent")}}}},
	}
}

func subjectOf(on string) (subject, bool) {
	all := subjects()
	at := slices.IndexFunc(all, func(s subject) bool { return s.on == on })
	if at < 0 {
		return subject{}, false
	}
	return all[at], true
}

func kindOf(on string) (kind, bool) {
	s, found := subjectOf(on)
	return s.kind, found
}
