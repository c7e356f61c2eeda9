// Package webtest runs HTTP stories kept as JSON files: requests, their replies, and the jobs
// they queued. Reviewing the files is reviewing the API's behaviour.
//
// It owns the file format, the comparison and the rewriting. It does not own the world a story
// plays in: the test makes it, once per file. Run with UPDATE_GOLDEN=1 (make golden) to rewrite
// the replies, then read the diff.
package webtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// World is where one story plays.
type World struct {
	Handler http.Handler
	// As maps a name in a step ("ann") to the Authorization header it sends.
	As map[string]string
	// Known maps names to values that differ from run to run ("acme" to its tenant id). In
	// stories they are written {{acme}}.
	Known map[string]string
	// Jobs returns the jobs queued since it was last called; nil: stories without jobs.
	Jobs func() []Job
}

// Story is one file.
type Story struct {
	Why   string `json:"why,omitempty"` // what the story shows
	Steps []Step `json:"steps"`
}

// Step is one request and what followed. Ids and times that the server makes are written
// {{uuid1}} and {{time1}} by order of appearance; later steps use them in path and body.
type Step struct {
	Why     string            `json:"why,omitempty"`
	As      string            `json:"as,omitempty"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Host    string            `json:"host,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    json.RawMessage   `json:"body,omitempty"` // JSON; a string is sent as it is
	Status  int               `json:"status"`
	Reply   any               `json:"reply,omitempty"`
	Jobs    []Job             `json:"jobs,omitempty"`
}

// Job is a queued job.
type Job struct {
	Kind  string `json:"kind"`
	Queue string `json:"queue"`
	Args  any    `json:"args"`
}

// Run plays every story that matches pattern ("testdata/*.json"), each in a world of its own.
func Run(t *testing.T, pattern string, world func(t *testing.T) World) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories match %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			play(t, file, world(t))
		})
	}
}

func play(t *testing.T, file string, world World) {
	want := read(t, file)
	got := Story{Why: want.Why}
	mask := newMask(world.Known)
	for _, step := range want.Steps {
		got.Steps = append(got.Steps, world.do(t, step, mask))
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		write(t, file, got)
		return
	}
	if diff := cmp.Diff(canonical(t, want), canonical(t, got)); diff != "" {
		t.Errorf("%s plays differently (-written +played); run with UPDATE_GOLDEN=1 if that is right:\n%s", file, diff)
	}
}

// do sends a step's request and returns the step as it went.
func (w World) do(t *testing.T, step Step, mask *mask) Step {
	t.Helper()
	request := httptest.NewRequest(step.Method, mask.fill(step.Path), strings.NewReader(mask.fill(sent(step.Body))))
	if step.Host != "" {
		request.Host = step.Host
	}
	if len(step.Body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	if step.As != "" {
		authorization, ok := w.As[step.As]
		if !ok {
			t.Fatalf("nobody is called %q here", step.As)
		}
		request.Header.Set("Authorization", authorization)
	}
	for name, value := range step.Headers {
		request.Header.Set(name, mask.fill(value))
	}
	recorder := httptest.NewRecorder()
	w.Handler.ServeHTTP(recorder, request)
	step.Status, step.Reply, step.Jobs = recorder.Code, reply(t, recorder, mask), nil
	if w.Jobs != nil {
		step.Jobs = maskJobs(t, w.Jobs(), mask)
	}
	return step
}

func sent(body json.RawMessage) string {
	var text string
	if json.Unmarshal(body, &text) == nil {
		return text
	}
	return string(body)
}

// reply is the masked body: JSON as such, anything else as a string.
func reply(t *testing.T, recorder *httptest.ResponseRecorder, mask *mask) any {
	t.Helper()
	body := strings.TrimSpace(mask.hide(recorder.Body.String()))
	if body == "" {
		return nil
	}
	var value any
	if strings.Contains(recorder.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal([]byte(body), &value); err != nil {
			t.Fatalf("reply is not JSON: %v\n%s", err, body)
		}
		delete(asObject(value), "requestId")
		return value
	}
	return body
}

func asObject(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}

func maskJobs(t *testing.T, jobs []Job, mask *mask) []Job {
	t.Helper()
	for i, job := range jobs {
		raw, err := json.Marshal(job.Args)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(mask.hide(string(raw))), &jobs[i].Args); err != nil {
			t.Fatal(err)
		}
	}
	return jobs
}

func read(t *testing.T, file string) Story {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var story Story
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&story); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return story
}

func write(t *testing.T, file string, story Story) {
	t.Helper()
	if err := os.WriteFile(file, []byte(canonical(t, story)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func canonical(t *testing.T, story Story) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(story); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
