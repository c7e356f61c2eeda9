package whatsapp

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inboundCase is a golden case: what Meta posts, and what is kept, read and found of it.
type inboundCase struct {
	In   json.RawMessage `json:"in"`
	Want inboundWant     `json:"want"`
}

type inboundWant struct {
	Messages []inboundSaid `json:"messages,omitempty"`
	UserIDs  []UserIDEvent `json:"userIds,omitempty"`
	Errors   []NumberError `json:"errors,omitempty"`
}

type inboundSaid struct {
	Kept       InboundMessage `json:"kept"` // without Raw, which is the item as it came
	Reads      string         `json:"reads"`
	Searchable string         `json:"searchable"`
}

// got is what is made of a body.
func got(t testing.TB, body []byte) (w inboundWant) {
	t.Helper()
	hook, err := ParseWebhook(body)
	if err != nil || len(hook.Bad)+len(hook.Unknown) > 0 {
		t.Fatalf("%v %v %v", err, hook.Bad, hook.Unknown)
	}
	for _, m := range hook.Messages {
		said := ReadSaid(m.Raw)
		m.Raw = nil
		w.Messages = append(w.Messages, inboundSaid{m, said.Reads(), said.Searchable()})
	}
	w.UserIDs, w.Errors = hook.UserIDs, hook.Errors
	return w
}

func TestEveryInboundKindHasACase(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/inbound/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []string
	for _, f := range files {
		cases = append(cases, strings.TrimSuffix(filepath.Base(f), ".json"))
	}
	for _, kind := range InboundKinds() {
		if !slices.Contains(cases, kind) {
			t.Errorf("testdata/inbound/%s.json: the kind has no case", kind)
		}
	}
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !slices.Contains(InboundKinds(), name) {
				t.Errorf("InboundKinds does not name it")
			}
			checkInbound(t, "testdata/inbound/"+name+".json")
		})
	}
}

func checkInbound(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var c inboundCase
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	c.Want = got(t, c.In)
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(c); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(raw, out.Bytes()) {
		t.Errorf("differs (UPDATE_GOLDEN=1 writes it):\n%s", out.String())
	}
}
