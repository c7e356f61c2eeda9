package whatsapp

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustTemplate(t testing.TB, raw string) *Compiled {
	t.Helper()
	var tmpl Template
	if err := json.Unmarshal([]byte(raw), &tmpl); err != nil {
		t.Fatal(err)
	}
	compiled, err := CompileTemplate(tmpl)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// kindCase is a golden case: a template of one kind, the values given, what Meta is sent and what
// the phone shows.
type kindCase struct {
	Why      string            `json:"why"`
	Template json.RawMessage   `json:"template"`
	Values   map[string]string `json:"values"`
	Sent     any               `json:"sent"`
	Preview  any               `json:"preview"`
}

func kindFile(kind string) string { return filepath.Join("testdata", "kinds", kind+".json") }

func readKind(t testing.TB, kind string) (c kindCase) {
	t.Helper()
	raw, err := os.ReadFile(kindFile(kind))
	if err != nil {
		t.Fatalf("%s has no golden case: %v", kind, err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return c
}

func TestEveryKindIsSentAsItsCaseSays(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			want := readKind(t, kind)
			compiled := mustTemplate(t, string(want.Template))
			params, err := compiled.Bind(want.Values)
			if err != nil {
				t.Fatal(err)
			}
			got := want
			got.Sent = decoded(t, compiled.AppendJSON(nil, Address{Phone: "+919800000001"}, params, "aer:msg:1"))
			preview, err := json.Marshal(compiled.Preview(params))
			if err != nil {
				t.Fatal(err)
			}
			got.Preview = decoded(t, preview)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				writeKind(t, kind, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("run with UPDATE_GOLDEN=1 if this is right (-written +made):\n%s", diff)
			}
		})
	}
}

func TestNoGoldenCaseIsLeftOver(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(kindFile("*"))
	if err != nil || len(files) != len(Kinds()) {
		t.Errorf("%d cases of %d kinds: %v", len(files), len(Kinds()), err)
	}
}

// TestEveryGoldenTemplateMayBeSubmitted: the cases are templates that Meta takes.
func TestEveryGoldenTemplateMayBeSubmitted(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds() {
		for _, finding := range lintOf(t, string(readKind(t, kind).Template)) {
			if finding.Severity == SeverityError {
				t.Errorf("%s: %+v", kind, finding)
			}
		}
	}
}

func decoded(t *testing.T, raw []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(raw, &value); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return value
}

func writeKind(t *testing.T, kind string, c kindCase) {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(c); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kindFile(kind), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWhatMayStayEmptyIsLeftOut(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, `{"name":"a","language":"en","components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"}]}]}`)
	params, err := compiled.Bind(map[string]string{"header.media": "7"})
	if err != nil {
		t.Fatal(err)
	}
	raw := string(compiled.AppendJSON(nil, Address{Phone: "+919800000001"}, params, ""))
	if want := `"components":[{"type":"header","parameters":[{"type":"document","document":{"id":"7"}}]}]`; !strings.Contains(raw, want) {
		t.Errorf("%s does not have %s", raw, want)
	}
}

func TestABusinessScopedIDGoesInRecipient(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, string(readKind(t, "footer").Template))
	raw := string(compiled.AppendJSON(nil, Address{UserID: "IN.1349"}, nil, ""))
	if !strings.Contains(raw, `"recipient":"IN.1349"`) || strings.Contains(raw, `"to"`) || strings.Contains(raw, "callback") {
		t.Error(raw)
	}
}

func TestWrongValuesNameThePlace(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, `{"name":"offer","language":"en","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Hi {{1}}, {{2}}"},
		{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"{{1}} off"}]}]}]}`)
	good := map[string]string{"header.media": "1", "body.1": "Ann", "body.2": "b", "carousel.0.body.1": "c"}
	for _, tc := range []struct {
		key, value string
		problem    ParamProblem
		words      string
	}{
		{"body.2", "", ParamMissing, "body value 2"},
		{"body.2", " \n\t ", ParamMissing, "body value 2"},
		{"header.media", "not a file", ParamInvalid, "header media"},
		{"body.3", "x", ParamUnknown, "body.3"},
		{"body.1", strings.Repeat("आ", 1024), ParamTooLong, "body"},
		{"carousel.0.body.1", strings.Repeat("x", 160), ParamTooLong, "card 1"},
	} {
		values := map[string]string{}
		for key, value := range good {
			values[key] = value
		}
		values[tc.key] = tc.value
		_, err := compiled.Bind(values)
		var wrong *ParamError
		if !errors.As(err, &wrong) || wrong.Problem != tc.problem || !strings.Contains(wrong.Sentence, tc.words) {
			t.Errorf("%s=%.10q: %v", tc.key, tc.value, err)
		}
	}
	if _, err := compiled.Bind(good); err != nil {
		t.Errorf("good values: %v", err)
	}
	if err := compiled.Check(Params{"1"}); err == nil {
		t.Error("Check accepted too few values")
	}
}

func TestSanitise(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Ann": "Ann", " Ann ": "Ann", "a\n\tb": "a b", "a    b": "a b", "": "", "नमस्ते\u00a0आशा": "नमस्ते आशा", "a\xff": "a\ufffd", "👩‍👩‍👧": "👩‍👩‍👧",
	} {
		if got := Sanitise(in); got != want {
			t.Errorf("Sanitise(%q) = %q", in, got)
		}
	}
}

func TestPreviewShowsWhatThePhoneShows(t *testing.T) {
	t.Parallel()
	compiled := mustTemplate(t, `{"name":"offer","language":"en","components":[{"type":"HEADER","format":"TEXT","text":"Hi {{1}}"},{"type":"BODY","text":"{{1}} off, {{2}}"},{"type":"FOOTER","text":"Acme"},
		{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://acme.test/{{1}}"},{"type":"COPY_CODE","text":"Copy"}]}]}`)
	got := compiled.Preview(Params{"Ann", "20%", "", "x", "ACME10"})
	want := Preview{Header: &PreviewHeader{Format: "TEXT", Text: "Hi Ann"}, Body: "20% off, {{2}}", Footer: "Acme", Buttons: []PreviewButton{
		{Type: "URL", Text: "Shop", URL: "https://acme.test/x"}, {Type: "COPY_CODE", Text: "Copy", Code: "ACME10"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
