package template

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// everyKind reads the provider's golden templates: one per part that a template may have.
func everyKind(t *testing.T) map[string]whatsapp.Template {
	t.Helper()
	kinds := map[string]whatsapp.Template{}
	for _, kind := range whatsapp.Kinds() {
		raw, err := os.ReadFile(filepath.Join("..", "..", "provider", "whatsapp", "testdata", "kinds", kind+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var golden struct{ Template whatsapp.Template }
		if err := json.Unmarshal(raw, &golden); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		kinds[kind] = golden.Template
	}
	return kinds
}

func kept(t *testing.T, m whatsapp.Template) Template {
	t.Helper()
	components, err := json.Marshal(m.Components)
	if err != nil {
		t.Fatal(err)
	}
	return Template{Name: m.Name, Language: m.Language, Category: Category(m.Category), ParameterFormat: m.ParameterFormat, Components: components}
}

// A draft made of any kind of template says what the template says, and takes the same values.
func TestEveryKindCanBeEditedAndCopied(t *testing.T) {
	t.Parallel()
	for kind, m := range everyKind(t) {
		d, ok := DraftOf(kept(t, m))
		if !ok {
			t.Errorf("%s has a part that a draft has no place for", kind)
			continue
		}
		again := kept(t, d.meta())
		back, _ := DraftOf(again)
		if diff := cmp.Diff(d, back); diff != "" {
			t.Errorf("%s (-draft +draft of its template):\n%s", kind, diff)
		}
		if diff := cmp.Diff(places(m, nil), places(d.meta(), nil)); diff != "" {
			t.Errorf("%s takes other values (-template +draft):\n%s", kind, diff)
		}
		for _, finding := range Lint(d) {
			if finding.Severity == whatsapp.SeverityError {
				t.Errorf("%s: %+v", kind, finding)
			}
		}
	}
}

func TestACodeThatMetaListsIsACodeAgain(t *testing.T) {
	t.Parallel()
	listed := Template{Name: "code", Language: "en", Category: Authentication, Components: json.RawMessage(`[
		{"type":"BODY","text":"*{{1}}* is your verification code. For your security, do not share this code.","add_security_recommendation":true},
		{"type":"FOOTER","text":"This code expires in 10 minutes.","code_expiration_minutes":10},
		{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&code=otp{{1}}"}]}]`)}
	d, ok := DraftOf(listed)
	if !ok || d.Code == nil || !d.Code.Security || d.Code.ExpiresMinutes != 10 || d.Body != "" || d.Footer != "" {
		t.Fatalf("draft: %+v %+v", d, d.Code)
	}
	if b := d.Buttons[0]; b.Type != "OTP" || b.OTPType != "ONE_TAP" || b.URL != "" {
		t.Errorf("button: %+v", b)
	}
}

func TestFindingsNameTheRequestsFields(t *testing.T) {
	t.Parallel()
	for place, field := range map[string]string{
		"name": "body.name", "body": "body.body", "button 2": "body.buttons[1]", "card 1, body": "body.cards[0].body",
		"card 3, button 2": "body.cards[2].buttons[1]", "card 2": "body.cards[1]", "carousel": "body.cards",
		"time to live": "body.ttlSeconds", "offer": "body.offer",
	} {
		if got := fieldOf(place); got != field {
			t.Errorf("%s is %s, not %s", place, got, field)
		}
	}
}

func TestEditsAreLimitedAsAtMeta(t *testing.T) {
	t.Parallel()
	for status, allowed := range map[Status]bool{Approved: true, Rejected: true, Paused: true, Pending: false, Disabled: false, Deleted: false, InAppeal: false} {
		if got := (Template{Status: status}).editing(nil, noon); got.Allowed != allowed || allowed == (got.WhyNot != "") {
			t.Errorf("%s: %+v", status, got)
		}
	}
	approved := Template{Status: Approved}
	edits := times(10)
	if got := approved.editing(edits[9:], edits[9].Add(editPause-1)); got.Allowed || got.From == nil || !got.From.Equal(edits[9].Add(editPause)) || *got.Left != 9 {
		t.Errorf("within 24 hours: %+v", got)
	}
	if got := approved.editing(edits[9:], edits[9].Add(editPause)); !got.Allowed || *got.Left != 9 {
		t.Errorf("after 24 hours: %+v", got)
	}
	if got := approved.editing(edits, edits[9].Add(editPause)); got.Allowed || !got.From.Equal(edits[0].Add(editPeriod)) || *got.Left != 0 {
		t.Errorf("after ten edits: %+v", got)
	}
	if got := (Template{Status: Rejected}).editing(edits, noon); !got.Allowed {
		t.Errorf("a rejected one has no limit: %+v", got)
	}
}

func TestAnotherAddressOfASampleIsNoChange(t *testing.T) {
	t.Parallel()
	at := func(handle, text string) Template {
		return Template{Category: Marketing, Components: json.RawMessage(`[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["` + handle + `"]}},{"type":"BODY","text":"` + text + `"}]`)}
	}
	before := at("4::aW1h", "नमस्ते")
	before.ID[0] = 1
	for _, c := range []struct {
		after Template
		kinds int
	}{{at("https://cdn.example/1.jpg", "नमस्ते"), 0}, {at("4::aW1h", "नमस्ते जी"), 1}} {
		if events := (change{before: before, after: c.after}).events(); len(events) != c.kinds {
			t.Errorf("%s: %+v", c.after.Components, events)
		}
	}
}
