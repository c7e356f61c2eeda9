package auth_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/feature/auth"
)

// step is one request of a golden case with its answer and the jobs it queued. As is who asks:
// ann and bob sign in first, "" is nobody. {token} in path and body is the last mail's.
type step struct {
	Name   string          `json:"name"`
	As     string          `json:"as,omitempty"`
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body,omitempty"`
	Status int             `json:"status"`
	Reply  json.RawMessage `json:"reply,omitempty"`
	Jobs   []string        `json:"jobs,omitempty"`
}

// TestGolden runs testdata/*.json: requests in order against one installation in which Ann owns
// Acme, Bob owns Globex, and Olga operates the platform. AEROSTIC_GOLDEN=write rewrites the
// answers, for review to read.
func TestGolden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("golden cases: %v, %v", paths, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	b := setup(t)
	b.acme()
	b.workspace("Globex", "globex", b.person("Bob Iyer", bobEmail, bobPassword))
	_, err := b.auth.CreatePerson(t.Context(), auth.Person{Name: "Olga Petrov", Email: "olga@aerostic.example", Password: annPassword, Platform: true})
	b.must(err)
	raw, err := os.ReadFile(path)
	b.must(err)
	var want []step
	b.must(json.Unmarshal(raw, &want))
	got := (&cast{b: b, people: map[string]*browser{}}).play(want)
	text := render(t, got)
	if os.Getenv("AEROSTIC_GOLDEN") == "write" {
		b.must(os.WriteFile(path, text, 0o644))
		return
	}
	if diff := cmp.Diff(string(render(t, want)), string(text)); diff != "" {
		t.Errorf("answers differ (-want +got):\n%s", diff)
	}
}

// cast is who acts in a case.
type cast struct {
	b      *bundle
	people map[string]*browser
	token  string
}

func (c *cast) play(steps []step) []step {
	c.b.t.Helper()
	played := make([]step, len(steps))
	for i, s := range steps {
		played[i] = c.request(s)
	}
	return played
}

func (c *cast) request(s step) step {
	c.b.t.Helper()
	var body any
	if s.Body != nil {
		body = json.RawMessage(strings.ReplaceAll(string(s.Body), "{token}", c.token))
	}
	got := c.who(s.As).call(s.Method, strings.ReplaceAll(s.Path, "{token}", c.token), body)
	s.Status, s.Reply, s.Jobs = got.status, mask(got.raw), nil
	c.b.box.sent = nil
	for _, job := range c.b.jobs() {
		s.Jobs = append(s.Jobs, job.Kind)
		c.b.must(c.b.work(job))
	}
	for _, m := range c.b.box.sent {
		if found := linkToken.FindStringSubmatch(m.Text); found != nil {
			c.token = found[1]
		}
	}
	return s
}

func (c *cast) who(name string) *browser {
	c.b.t.Helper()
	if name == "" {
		return c.b.browser()
	}
	if c.people[name] == nil {
		passwords := map[string][2]string{
			"ann": {annEmail, annPassword}, "bob": {bobEmail, bobPassword}, "olga": {"olga@aerostic.example", annPassword},
		}
		c.people[name] = c.b.login(passwords[name][0], passwords[name][1])
	}
	return c.people[name]
}

var (
	anyID    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	anyToken = regexp.MustCompile(`"(accessToken|token|challenge|requestId|next)":"[^"]+"`)
)

// mask replaces what is random.
func mask(raw string) json.RawMessage {
	if raw == "" {
		return nil
	}
	return json.RawMessage(anyToken.ReplaceAllString(anyID.ReplaceAllString(raw, "<id>"), `"$1":"<$1>"`))
}

func render(t *testing.T, steps []step) []byte {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(steps); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
