package template

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestTheTableNamesEveryStatusAndNoOther(t *testing.T) {
	t.Parallel()
	all := []Status{Pending, InAppeal, Approved, Rejected, Paused, Disabled, Archived, Locked,
		LimitExceeded, PendingDeletion, Deleted}
	if len(moves) != len(all) {
		t.Fatalf("the table has %d rows, there are %d statuses", len(moves), len(all))
	}
	for _, from := range all {
		for _, to := range moves[from] {
			if _, ok := moves[to]; !ok {
				t.Errorf("%s may become %s, which is no status", from, to)
			}
		}
		if from != Deleted && !from.CanBecome(Deleted) {
			t.Errorf("a %s template can be deleted at Meta", from)
		}
		if from != Approved && WhyNot(Template{Name: "diwali", Language: "hi", Status: from}) == "" {
			t.Errorf("nothing says why a %s template cannot be sent", from)
		}
	}
	if WhyNot(Template{Status: Approved}) != "" {
		t.Error("an approved template can be sent")
	}
}

func TestFollowStatusEvents(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		from  Status
		event whatsapp.TemplateStatusEvent
		want  Status
		fits  bool
	}{
		{"approved", Pending, whatsapp.TemplateStatusEvent{Status: "APPROVED"}, Approved, true},
		{"rejected", Pending, whatsapp.TemplateStatusEvent{Status: "REJECTED", Reason: "PROMOTIONAL"}, Rejected, true},
		{"flagged still sends", Approved, whatsapp.TemplateStatusEvent{Status: "FLAGGED"}, Approved, true},
		{"reinstated", Disabled, whatsapp.TemplateStatusEvent{Status: "REINSTATED"}, Approved, true},
		{"unarchived", Archived, whatsapp.TemplateStatusEvent{Status: "UNARCHIVED"}, Approved, true},
		{"twice", Approved, whatsapp.TemplateStatusEvent{Status: "APPROVED"}, Approved, true},
		{"pause of one never approved", Pending, whatsapp.TemplateStatusEvent{Status: "PAUSED"}, Pending, false},
		{"news of a deleted one", Deleted, whatsapp.TemplateStatusEvent{Status: "APPROVED"}, Deleted, false},
		{"a word we do not know", Approved, whatsapp.TemplateStatusEvent{Status: "BLESSED"}, Approved, false},
	}
	for _, c := range cases {
		got := Template{Status: c.from}
		if fits := got.follow(c.event, noon); fits != c.fits || got.Status != c.want {
			t.Errorf("%s: %s fits %t, want %s %t", c.name, got.Status, fits, c.want, c.fits)
		}
	}
}

func TestPauseEnds(t *testing.T) {
	t.Parallel()
	cases := map[string]time.Duration{"FIRST_PAUSE": 3 * time.Hour, "SECOND_PAUSE": 6 * time.Hour}
	for title, length := range cases {
		got := Template{Status: Approved}
		got.follow(whatsapp.TemplateStatusEvent{Status: "PAUSED", Title: title}, noon)
		if got.PausedUntil == nil || !got.PausedUntil.Equal(noon.Add(length)) {
			t.Errorf("%s ends %v", title, got.PausedUntil)
		}
		got.follow(whatsapp.TemplateStatusEvent{Status: "APPROVED", Title: "UNPAUSE"}, noon)
		if got.PausedUntil != nil {
			t.Errorf("after %s and its end it is still paused until %v", title, got.PausedUntil)
		}
	}
	got := Template{Status: Approved}
	got.follow(whatsapp.TemplateStatusEvent{Status: "PAUSED", Title: "RATE_LIMITING_PAUSE"}, noon)
	if got.PausedUntil != nil {
		t.Error("a pacing pause has no end of its own")
	}
}

func TestApprovalInAnotherCategoryIsRecorded(t *testing.T) {
	t.Parallel()
	got := Template{Status: Pending, Category: Utility, NextCategory: Marketing}
	got.follow(whatsapp.TemplateStatusEvent{Status: "APPROVED", Category: "MARKETING"}, noon)
	if got.Category != Marketing || got.PreviousCategory != Utility || got.NextCategory != "" {
		t.Fatalf("category %s, before %s, next %s", got.Category, got.PreviousCategory, got.NextCategory)
	}
}

func TestListedTemplateDoesNotUndoANewerEvent(t *testing.T) {
	t.Parallel()
	read := noon
	listed := whatsapp.Template{ID: "7", Name: "diwali", Language: "hi", Status: "APPROVED", Category: "MARKETING"}
	paused := Template{Status: Paused, Category: Marketing, EventAt: ptr(read.Add(time.Second))}
	if after := paused.learn(listed, read); after.Status != Paused {
		t.Errorf("a list read before the pause made it %s", after.Status)
	}
	paused.EventAt = ptr(read.Add(-time.Second))
	if after := paused.learn(listed, read); after.Status != Approved {
		t.Errorf("a list read after the pause left it %s", after.Status)
	}
}

func TestUnknownComponentsAreKeptWhole(t *testing.T) {
	t.Parallel()
	raw := `{"components":[{"type":"BODY","text":"नमस्ते {{1}} 🪔"},{"type":"HOLOGRAM","beam":{"colour":"blue"}}]}`
	listed := whatsapp.Template{Name: "new_kind", Language: "hi", Status: "APPROVED", Raw: json.RawMessage(raw)}
	after := Template{}.learn(listed, noon)
	if !strings.Contains(string(after.Components), `"beam":{"colour":"blue"}`) {
		t.Fatalf("components: %s", after.Components)
	}
	shown := New(Deps{}).Show(after)
	if shown.Problem == "" || !strings.Contains(shown.Problem, "HOLOGRAM") || shown.Preview != nil {
		t.Errorf("a part we cannot fill is not named: %+v", shown)
	}
}

func TestDiffersIgnoresTheDatabasesSpacing(t *testing.T) {
	t.Parallel()
	before := Template{Components: json.RawMessage(`[{"text": "Hi", "type": "BODY"}]`)}
	after := before
	after.Components = json.RawMessage(`[{"type":"BODY","text":"Hi"}]`)
	if before.differs(after) {
		t.Error("the same components in other order differ")
	}
	after.Components = json.RawMessage(`[{"type":"BODY","text":"Hi!"}]`)
	if !before.differs(after) {
		t.Error("another text does not differ")
	}
	after = before
	after.TTLSeconds = new(int)
	if !before.differs(after) {
		t.Error("a new time to live does not differ")
	}
}

func TestDraftBecomesWhatMetaTakes(t *testing.T) {
	t.Parallel()
	draft := Draft{
		Name: " diwali_offer ", Language: "hi", Category: Marketing,
		Header:   &Header{Format: "IMAGE", Handle: "4::aW1h"},
		Body:     "{{2}} से पहले {{1}} जी, दीवाली पर छूट 🪔",
		Footer:   "रोकने के लिए STOP लिखें",
		Examples: map[string]string{"1": "आशा", "2": "रविवार"},
		Buttons: []Button{
			{Type: "QUICK_REPLY", Text: "बंद करें"},
			{Type: "URL", Text: "देखें", URL: "https://acme.example/o/{{1}}", Example: "https://acme.example/o/a1"},
			{Type: "PHONE_NUMBER", Text: "फ़ोन", PhoneNumber: "+918000000000"},
			{Type: "COPY_CODE", Example: "DIWALI20"},
		},
	}
	want := whatsapp.Template{
		Name: "diwali_offer", Language: "hi", Category: "MARKETING", ParameterFormat: "POSITIONAL",
		Components: []whatsapp.Component{
			{Type: "HEADER", Format: "IMAGE", Example: &whatsapp.Example{HeaderHandle: []string{"4::aW1h"}}},
			{Type: "BODY", Text: draft.Body, Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"आशा", "रविवार"}}}},
			{Type: "FOOTER", Text: draft.Footer},
			{Type: "BUTTONS", Buttons: []whatsapp.Button{
				{Type: "QUICK_REPLY", Text: "बंद करें"},
				{Type: "URL", Text: "देखें", URL: "https://acme.example/o/{{1}}", Example: whatsapp.Strings{"https://acme.example/o/a1"}},
				{Type: "PHONE_NUMBER", Text: "फ़ोन", PhoneNumber: "+918000000000"},
				{Type: "COPY_CODE", Example: whatsapp.Strings{"DIWALI20"}},
			}},
		},
	}
	if diff := cmp.Diff(want, draft.meta()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNamedDraft(t *testing.T) {
	t.Parallel()
	draft := Draft{
		Name: "welcome", Language: "en", Category: Utility,
		Header: &Header{Format: "TEXT", Text: "Welcome {{shop}}", Example: "Acme"},
		Body:   "Hello {{first_name}}, your order {{order_id}} is here.", Examples: map[string]string{"first_name": "Ann", "order_id": "A-17"},
	}
	m := draft.meta()
	if m.ParameterFormat != "NAMED" {
		t.Fatalf("format %s", m.ParameterFormat)
	}
	want := []whatsapp.NamedExample{{Name: "first_name", Example: "Ann"}, {Name: "order_id", Example: "A-17"}}
	if diff := cmp.Diff(want, m.Components[1].Example.BodyTextNamed); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]whatsapp.NamedExample{{Name: "shop", Example: "Acme"}}, m.Components[0].Example.HeaderTextNamed); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestShowFillsExamplesAndSampleMedia(t *testing.T) {
	t.Parallel()
	shown := New(Deps{}).Show(Template{
		ID: uuid.New(), Name: "diwali", Language: "hi", Category: Marketing, Status: Approved, ParameterFormat: "POSITIONAL",
		Components: json.RawMessage(`[
			{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://cdn.example/lamp.jpg"]}},
			{"type":"BODY","text":"नमस्ते {{1}}, {{2}} की छूट 🪔","example":{"body_text":[["आशा","20%"]]}},
			{"type":"BUTTONS","buttons":[{"type":"URL","text":"देखें","url":"https://acme.example/o/{{1}}","example":["https://acme.example/o/a1"]}]}]`),
	})
	if shown.Problem != "" || shown.Preview == nil {
		t.Fatalf("not drawn: %q", shown.Problem)
	}
	if shown.Preview.Body != "नमस्ते आशा, 20% की छूट 🪔" {
		t.Errorf("body %q", shown.Preview.Body)
	}
	if shown.Preview.Header.Media != "https://cdn.example/lamp.jpg" {
		t.Errorf("header %+v", shown.Preview.Header)
	}
	if url := shown.Preview.Buttons[0].URL; url != "https://acme.example/o/a1" {
		t.Errorf("button %q", url)
	}
	var keys []string
	for _, slot := range shown.Slots {
		keys = append(keys, slot.Key)
	}
	if diff := cmp.Diff([]string{"header.media", "body.1", "body.2", "button.0"}, keys); diff != "" {
		t.Errorf("slots (-want +got)\n%s", diff)
	}
}

func TestCompiledIsRememberedPerContent(t *testing.T) {
	t.Parallel()
	s := New(Deps{})
	s.cache = newCache(2)
	one := Template{ID: uuid.New(), UpdatedAt: noon, Name: "one", Language: "en", Components: json.RawMessage(`[{"type":"BODY","text":"Hi {{1}}"}]`)}
	first, err := s.Compiled(one)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := s.Compiled(one); again != first {
		t.Error("the same template was compiled twice")
	}
	edited := one
	edited.UpdatedAt = noon.Add(time.Second)
	edited.Components = json.RawMessage(`[{"type":"BODY","text":"Hi {{1}} and {{2}}"}]`)
	second, err := s.Compiled(edited)
	if err != nil || len(second.Slots()) != 2 {
		t.Fatalf("the edit is not seen: %v", err)
	}
	other := Template{ID: uuid.New(), UpdatedAt: noon, Components: json.RawMessage(`[{"type":"BODY","text":"x"}]`)}
	if _, err := s.Compiled(other); err != nil {
		t.Fatal(err)
	}
	if again, _ := s.Compiled(one); again == first {
		t.Error("the cache of two kept a third")
	}
	if s.cache.order.Len() != 2 || len(s.cache.byKey) != 2 {
		t.Errorf("kept %d and %d", s.cache.order.Len(), len(s.cache.byKey))
	}
}

func TestSampleKinds(t *testing.T) {
	t.Parallel()
	png := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 100)...)
	if s, err := describe(png); err != nil || s.Format != "IMAGE" {
		t.Errorf("png: %+v %v", s, err)
	}
	if s, err := describe([]byte("%PDF-1.7 …")); err != nil || s.Format != "DOCUMENT" {
		t.Errorf("pdf: %+v %v", s, err)
	}
	if _, err := describe([]byte("<html>not a picture")); err == nil {
		t.Error("html was taken as a sample")
	}
	if _, err := describe(append(png, make([]byte, 5<<20)...)); err == nil {
		t.Error("a 5 MB image is over Meta's limit")
	}
	if _, err := describe(nil); err == nil {
		t.Error("an empty file was taken")
	}
}

func ptr[T any](value T) *T { return &value }

// times are n moments, three days apart, from noon on.
func times(n int) (list []time.Time) {
	for i := range n {
		list = append(list, noon.AddDate(0, 0, 3*i))
	}
	return list
}
