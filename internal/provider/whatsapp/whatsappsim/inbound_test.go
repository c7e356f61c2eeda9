package whatsappsim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// inboundCase is a golden case: what is asked of the simulator, and the webhooks it posts.
type inboundCase struct {
	Path     string          `json:"path"`
	Request  json.RawMessage `json:"request"`
	Webhooks []any           `json:"webhooks"`
}

// Every kind of thing a customer or a merchant's phone can do leaves as Meta writes it, and is
// read by our own parser without a bad item.
func TestEveryInboundKindLeavesAsMetaWritesIt(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "inbound", "*.json"))
	if err != nil || len(files) < 30 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c inboundCase
			if err := json.Unmarshal(raw, &c); err != nil {
				t.Fatal(err)
			}
			got := c.play(t)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				c.Webhooks = got
				writeCase(t, file, c)
				return
			}
			if diff := cmp.Diff(c.Webhooks, got); diff != "" {
				t.Errorf("run with UPDATE_GOLDEN=1 if this is right (-written +told):\n%s", diff)
			}
		})
	}
}

func writeCase(t *testing.T, file string, c inboundCase) {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(c); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// play asks a fresh simulator whose clock stands still, so that ids and times are always alike.
func (c inboundCase) play(t *testing.T) (webhooks []any) {
	t.Helper()
	h := &hooks{}
	callback := httptest.NewServer(h)
	defer callback.Close()
	config := whatsappsim.DefaultConfig()
	config.Webhook.URL, config.Webhook.Secret, config.Webhook.Concurrency = callback.URL, secret, 1
	sim := whatsappsim.New(whatsappsim.Options{Seed: 7, Config: &config, Clock: func() time.Time { return time.Unix(1763900000, 0) },
		WABAs: []whatsappsim.WABASeed{whatsappsim.Fixture(1, "Acme"), whatsappsim.Fixture(2, "Globex")}})
	defer sim.Close()
	server := httptest.NewServer(sim.Handler())
	defer server.Close()
	post(t, server.URL+"/_sim/media?phone_number_id=1000000000001&filename=bill.pdf", "application/pdf", "%PDF-1.7 bill")
	post(t, server.URL+"/_sim/"+c.Path, "application/json", string(c.Request))
	eventually(t, "the webhook arrives", func() bool { return sim.Stats().WebhooksPending == 0 && sim.Stats().WebhooksAcked > 0 })
	if len(h.errs) > 0 {
		t.Errorf("our parser complains: %v", h.errs)
	}
	slices.SortFunc(h.bodies, bytes.Compare)
	for _, body := range h.bodies {
		body = bytes.ReplaceAll(body, []byte(server.Listener.Addr().String()), []byte("sim.test"))
		var webhook any
		if err := json.Unmarshal(body, &webhook); err != nil {
			t.Fatal(err)
		}
		webhooks = append(webhooks, webhook)
	}
	return webhooks
}

func post(t testing.TB, url, contentType, body string) []byte {
	t.Helper()
	resp, err := http.Post(url, contentType, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", url, answer, err)
	}
	return answer
}

func TestWhatCannotHappenIsNotTold(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for path, body := range map[string]string{
		"inbound":        `{"phone_number_id":"42","from":"919812345678","text":"a"}`,
		"inbound?nobody": `{"phone_number_id":"1000000000001","from":"Ann","text":"a"}`,
		"inbound?empty":  `{"phone_number_id":"1000000000001","from":"919812345678","type":"order"}`,
		"inbound?file":   `{"phone_number_id":"1000000000001","from":"919812345678","type":"image","content":{}}`,
		"inbound?moved":  `{"phone_number_id":"1000000000001","from":"919812345678","type":"system","content":{"type":"user_changed_number"}}`,
		"echo":           `{"phone_number_id":"1000000000001","to":"919812345678","type":"image"}`,
		"history":        `{"phone_number_id":"42"}`,
		"batch":          `{"inbound":[{"phone_number_id":"1000000000001","from":"919812345678","text":"a"},{"phone_number_id":"42","from":"919812345678"}]}`,
		"batch?change":   `{"changes":[{"waba_id":"42","field":"messages","value":{}}]}`,
		"media":          "",
	} {
		resp, err := http.Post(b.server.URL+"/_sim/"+path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	if posted := b.sim.Stats().WebhooksPosted; posted != 0 {
		t.Errorf("%d webhooks were posted", posted)
	}
}

// A customer's file is there for seven days, under an address of five minutes, for its business.
func TestACustomersFileIsFetchedAsFromMeta(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	var file struct{ ID string }
	if err := json.Unmarshal(post(t, b.server.URL+"/_sim/media?phone_number_id="+b.acme.Numbers[0].ID, "image/jpeg", "a photo"), &file); err != nil {
		t.Fatal(err)
	}
	b.control("inbound", `{"phone_number_id":"`+b.acme.Numbers[0].ID+`","from":"919812345678","type":"image","content":{"id":"`+file.ID+`"}}`)
	eventually(t, "the picture arrives", func() bool { return b.hooks.read(func(got *whatsapp.Webhook) bool { return len(got.Messages) == 1 }) })
	info, err := b.client.MediaInfo(ctx, b.acme.Token, file.ID, b.acme.Numbers[0].ID)
	if err != nil || info.MIMEType != "image/jpeg" || info.Size != 7 {
		t.Fatalf("%+v %v", info, err)
	}
	globex := whatsappsim.Fixture(2, "Globex")
	if _, err := b.client.MediaInfo(ctx, globex.Token, file.ID, globex.Numbers[0].ID); err == nil {
		t.Error("another firm sees it")
	}
	for token, want := range map[string]int{"": http.StatusUnauthorized, b.acme.Token: http.StatusOK, globex.Token: http.StatusNotFound} {
		if got := fetch(t, info.URL, token); got != want {
			t.Errorf("with token %q: %d", token, got)
		}
	}
	if err := b.client.DeleteMedia(ctx, b.acme.Token, file.ID); err != nil {
		t.Fatal(err)
	}
	if got := fetch(t, info.URL, b.acme.Token); got != http.StatusNotFound {
		t.Errorf("after deletion: %d", got)
	}
}

func fetch(t *testing.T, url, token string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
