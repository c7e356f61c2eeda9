package jsonscan_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// rebuild turns a Value into what encoding/json would have decoded.
func rebuild(v jsonscan.Value) any {
	switch v.Kind() {
	case jsonscan.Object:
		m := map[string]any{}
		for key, member := range v.Fields() {
			m[string(key)] = rebuild(member)
		}
		return m
	case jsonscan.Array:
		list := []any{}
		for item := range v.Items() {
			list = append(list, rebuild(item))
		}
		return list
	case jsonscan.String:
		return v.Text()
	case jsonscan.Number:
		return json.Number(v.Text())
	case jsonscan.Bool:
		return v.True()
	default:
		return nil
	}
}

func sameAsStandard(t *testing.T, raw []byte) {
	t.Helper()
	v, err := jsonscan.Parse(raw)
	if err != nil {
		return
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var want any
	if err := decoder.Decode(&want); err != nil {
		t.Fatalf("jsonscan accepts what encoding/json refuses: %q: %v", raw, err)
	}
	if got := rebuild(v); !reflect.DeepEqual(got, want) {
		t.Fatalf("%q\n got %#v\nwant %#v", raw, got, want)
	}
}

var samples = []string{
	`{}`, `[]`, ` { "a" : [ 1 , -2.5e3, "x" ] , "b" : null } `, `"plain"`, `true`, `null`, `12`,
	`{"a\"b":"c\\","\u0061":"\ud83d\ude00","हिन्दी":"مرحبا 😀","e":""}`,
	`[[],{},[{}],"]}",{"k":"[{"}]`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `[1,2`, `{"a"}`, ``,
}

func TestReadsWhatTheStandardDecoderReads(t *testing.T) {
	t.Parallel()
	for _, raw := range samples {
		sameAsStandard(t, []byte(raw))
	}
}

func TestRefusesBadAndTooDeep(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `{"a":}`, `[1,]`, `nul`, `{} {}`, strings.Repeat("[", 70) + strings.Repeat("]", 70)} {
		if _, err := jsonscan.Parse([]byte(raw)); err == nil {
			t.Errorf("Parse(%.20q) accepted it", raw)
		}
	}
}

func TestIntReadsNumbersAndStrings(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]int64{`1763900000`: 1763900000, `"1763900000"`: 1763900000, `-7`: -7} {
		if got, ok := jsonscan.Value(raw).Int(); !ok || got != want {
			t.Errorf("Int(%s) = %d, %v", raw, got, ok)
		}
	}
	for _, raw := range []string{`"x"`, `1.5`, `null`, `[1]`, `""`} {
		if _, ok := jsonscan.Value(raw).Int(); ok {
			t.Errorf("Int(%s) read a number", raw)
		}
	}
}

func TestAppendStringSurvivesEveryText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "Asha", "नमस्ते आशा 🎉", "مرحبا", "a\"b\\c\n\t\r\x00\x1f", "bad\xffbyte", "\u2028"} {
		var got string
		if err := json.Unmarshal(jsonscan.AppendString(nil, text), &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if want := strings.ToValidUTF8(text, "\ufffd"); got != want {
			t.Errorf("AppendString(%q) reads back as %q", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, raw := range samples {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { sameAsStandard(t, raw) })
}
