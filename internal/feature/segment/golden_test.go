package segment

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

var (
	diwali = uuid.MustParse("01900000-0000-7000-8000-000000000001")
	holi   = uuid.MustParse("01900000-0000-7000-8000-000000000002")
)

// knowsAll is a vocabulary in which every id a query names is called something.
func knowsAll(q Query) *vocabulary {
	zone, _ := time.LoadLocation("Asia/Kolkata")
	v := &vocabulary{now: time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC), zone: zone, names: map[string]map[uuid.UUID]string{},
		segments: map[uuid.UUID]Query{}, started: map[uuid.UUID]time.Time{diwali: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
		fields: map[string]field{"city": {"city", "City", "text"}, "spent": {"spent", "Spent", "number"}, "birthday": {"birthday", "Birthday", "date"},
			"member": {"member", "Member", "boolean"}, "size": {"size", "Size", "choice"}}}
	for _, on := range []string{"tag", "campaign", "segment", "stage", "owner", "goal"} {
		v.names[on] = map[uuid.UUID]string{}
		for _, id := range q.ids(on) {
			v.names[on][id] = map[bool]string{true: "Diwali", false: "होली"}[id == diwali]
			v.segments[id] = Query{On: "optin", Op: "is", Values: []string{"in"}}
		}
	}
	return v
}

// golden is a query with all it becomes.
type golden struct {
	Query    Query    `json:"query"`
	Sentence string   `json:"sentence"`
	Joins    string   `json:"joins,omitempty"`
	Where    string   `json:"where"`
	Args     []string `json:"args"`
}

func become(t *testing.T, q Query) golden {
	t.Helper()
	v := knowsAll(q)
	c, err := compile(v, q, nil, "query")
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	g := golden{Query: q, Sentence: v.sentence(q), Joins: strings.TrimSpace(c.Joins.Text), Where: c.Where.Text, Args: []string{}}
	if places := strings.Count(g.Joins+g.Where, "?"); places != len(c.Joins.Args)+len(c.Where.Args) {
		t.Errorf("%s has %d places for arguments", g.Sentence, places)
	}
	for _, arg := range append(c.Joins.Args, c.Where.Args...) {
		g.Args = append(g.Args, fmt.Sprint(arg))
	}
	return g
}

// examples are a condition for every operator of every subject and type of field, and groups.
func examples() []Query {
	var out []Query
	for _, s := range subjects() {
		out = append(out, examplesOf(s.on, s.kind)...)
	}
	for _, f := range []string{"city", "spent", "birthday", "member", "size"} {
		out = append(out, examplesOf("field:"+f, fieldKind(knowsAll(Query{}).fields[f].Type))...)
	}
	city := Query{On: "field:city", Op: "is", Values: []string{"पुणे"}}
	unread := Query{On: "campaign", Op: "unread", Days: 14}
	tag := Query{On: "tag", Op: "is", Values: []string{diwali.String()}}
	return append(out, Query{}, Query{All: []Query{city, {Any: []Query{unread, tag}}, {Not: &Query{All: []Query{tag, city}}}}},
		Query{Not: &Query{Any: []Query{tag, {Not: &unread}}}},
		Query{On: "tag", Op: "isnt", Values: []string{diwali.String(), holi.String(), uuid.Max.String(), "01900000-0000-7000-8000-000000000004"}})
}

func examplesOf(on string, k kind) []Query {
	values := map[string][]string{"text": {"50% 'off' ?", "नमस्ते 🙏"}, "number": {"-3.5", "20"}, "date": {"2026-11-01", "2026-11-30"},
		"id": {diwali.String(), holi.String()}, "percent": {"12.5"}, "word": {"in", "unknown"}}
	var out []Query
	for _, o := range k.ops {
		q := Query{On: on, Op: o.name, Values: values[o.takes.of]}
		q.Values = q.Values[:min(len(q.Values), o.takes.most)]
		if o.takes.days != daysNever {
			q.Days = 14
		}
		if on == "random" {
			q.Seed = 7
		}
		out = append(out, q)
		if o.takes.days == daysMay {
			out = append(out, Query{On: on, Op: o.name})
		}
	}
	return out
}

// TestGolden holds every operator's SQL, arguments and sentence against what was reviewed.
func TestGolden(t *testing.T) {
	t.Parallel()
	const file = "testdata/golden.json"
	var played []golden
	for _, q := range examples() {
		if err := q.Check("query"); err != nil {
			t.Errorf("%+v: %v", q, err)
		}
		played = append(played, become(t, q))
	}
	got, err := json.MarshalIndent(played, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("run with UPDATE_GOLDEN=1 if this is right:\n%s", diff)
	}
}
