package segment

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Every refusal names the place.
func TestParseNamesThePlace(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"not":`, 9) + `{"on":"suppressed","op":"yes"}` + strings.Repeat(`}`, 9)
	many := `{"all":[` + strings.Repeat(`{"on":"suppressed","op":"yes"},`, 50) + `{"on":"suppressed","op":"yes"}]}`
	cases := []struct{ raw, place, says string }{
		{`{"al":[]}`, "q", `unknown field "al"`},
		{`{"on":"suppressed","op":"yes"} x`, "q", "follows"},
		{`[`, "q", "not a query"},
		{deep, "q.not.not.not.not.not.not.not", "deep"},
		{many, "q", "50 conditions"},
		{`{"all":[{"on":"suppressed","op":"yes"},{}]}`, "q.all[1]", "needs a condition"},
		{`{"all":[{"on":"tag","op":"is","values":["x"]}]}`, "q.all[0].values[0]", "An id"},
		{`{"any":[{"not":{"on":"tag","op":"has"}}]}`, "q.any[0].not.op", "cannot be asked"},
		{`{"on":"mood","op":"is"}`, "q.on", "mood"},
		{`{"on":"field:","op":"is"}`, "q.on", "Name the field"},
		{`{"on":"name","op":"is"}`, "q.values", "1 to 100"},
		{`{"on":"name","op":"contains","values":["a","b"]}`, "q.values", "Exactly 1"},
		{`{"on":"name","op":"is","values":[""]}`, "q.values[0]", "Text of"},
		{`{"on":"name","op":"is","values":["a\u0000"]}`, "q.values[0]", "Text of"},
		{`{"on":"created","op":"past"}`, "q.days", "how many days"},
		{`{"on":"created","op":"past","days":-1}`, "q.days", "0 to"},
		{`{"on":"name","op":"set","days":3}`, "q.days", "no days"},
		{`{"on":"created","op":"on","values":["26.11.2026"]}`, "q.values[0]", "2026-11-26"},
		{`{"on":"random","op":"share","values":["101"]}`, "q.values[0]", "at most 100"},
		{`{"on":"random","op":"share","values":["1e1"]}`, "q.values[0]", "at most 100"},
		{`{"on":"optin","op":"is","values":["maybe"]}`, "q.values[0]", "“in” or “pending”"},
		{`{"on":"suppressed","op":"yes","all":[{"on":"suppressed","op":"yes"}]}`, "q", "One of all"},
		{`{"all":[{"on":"suppressed","op":"yes"}],"days":3}`, "q", "A group has no"},
	}
	for _, c := range cases {
		_, err := Parse([]byte(c.raw), "q")
		f, ok := fault.As(err)
		if !ok || len(f.Fields) != 1 || f.Fields[0].Location != c.place || !strings.Contains(f.Fields[0].Sentence, c.says) {
			t.Errorf("%.80s: %v, want %s: %s", c.raw, err, c.place, c.says)
		}
	}
}

// FuzzParse: whatever is accepted compiles to as many arguments as places for them, holds none of
// the values in its text, and reads back as itself.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"all":[{"on":"name","op":"is","values":["आशा"]},{"not":{"any":[{"on":"tag","op":"isnt","values":["01900000-0000-7000-8000-000000000001"]}]}}]}`,
		`{"on":"field:city","op":"contains","values":["'; drop table contacts; -- ?"]}`, `{"on":"campaign","op":"unread","days":14}`,
		`{"on":"random","op":"share","values":["12.5"],"seed":-7}`, `{"on":"created","op":"between","values":["2026-01-01","2026-02-01"]}`,
		`{"all":[{}]}`, `{"not":null}`, `[1]`, `{"values":[null]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		q, err := Parse(raw, "q")
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Fatal(err)
			}
			return
		}
		again, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(again, "q"); err != nil {
			t.Fatalf("%s does not read back: %v", again, err)
		}
		c, err := compile(knowsAll(q), q, &Span{Op: ">", Probe: len(raw)%2 == 0}, "q")
		if err != nil {
			return
		}
		for _, part := range []Fragment{c.Joins, c.Where} {
			if strings.Count(part.Text, "?") != len(part.Args) {
				t.Fatalf("%s: %q has %d arguments", raw, part.Text, len(part.Args))
			}
		}
		q.leaves(func(leaf Query) {
			for _, value := range leaf.Values {
				if len(value) > 8 && strings.Contains(c.Where.Text+c.Joins.Text, value) {
					t.Fatalf("%q stands in the text", value)
				}
			}
		})
	})
}
