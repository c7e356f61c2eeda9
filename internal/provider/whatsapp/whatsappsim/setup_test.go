package whatsappsim_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

const secret = "acme-app-secret"

// bundle is a simulator on the loopback, a client of it, and a callback that keeps what it
// was sent.
type bundle struct {
	t      testing.TB
	sim    *whatsappsim.Sim
	server *httptest.Server
	client *whatsapp.Client
	acme   whatsappsim.WABASeed
	hooks  *hooks
}

// hooks is the callback.
type hooks struct {
	mu     sync.Mutex
	bodies [][]byte
	got    whatsapp.Webhook
	refuse int // how many more to answer 503
	posts  int
	errs   []string
}

func (h *hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		if r.URL.Query().Get("hub.verify_token") == "right" {
			_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
		}
		return
	}
	raw, err := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.posts++
	if err != nil || !whatsapp.VerifySignature(raw, r.Header.Get(whatsapp.SignatureHeader), secret) {
		h.errs = append(h.errs, "bad signature")
	}
	if h.refuse > 0 {
		h.refuse--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.bodies = append(h.bodies, raw)
	hook, err := whatsapp.ParseWebhook(raw)
	if err != nil || len(hook.Bad) > 0 {
		h.errs = append(h.errs, fmt.Sprintf("%v %+v in %s", err, hook, raw))
		return
	}
	h.got.Statuses = append(h.got.Statuses, hook.Statuses...)
	h.got.Payments = append(h.got.Payments, hook.Payments...)
	h.got.Messages = append(h.got.Messages, hook.Messages...)
	h.got.TemplateStatuses = append(h.got.TemplateStatuses, hook.TemplateStatuses...)
	h.got.TemplateQualities = append(h.got.TemplateQualities, hook.TemplateQualities...)
	h.got.TemplateMoves = append(h.got.TemplateMoves, hook.TemplateMoves...)
	h.got.PhoneQualities = append(h.got.PhoneQualities, hook.PhoneQualities...)
	h.got.Capabilities = append(h.got.Capabilities, hook.Capabilities...)
	h.got.Accounts = append(h.got.Accounts, hook.Accounts...)
	h.got.Preferences = append(h.got.Preferences, hook.Preferences...)
}

// statuses are those of one message so far.
func (h *hooks) statuses(wamid string) (list []whatsapp.StatusEvent) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, status := range h.got.Statuses {
		if status.ID == wamid {
			list = append(list, status)
		}
	}
	return list
}

func (h *hooks) read(look func(got *whatsapp.Webhook) bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return look(&h.got)
}

func setup(t testing.TB, edit func(*whatsappsim.Config)) *bundle {
	t.Helper()
	h := &hooks{}
	callback := httptest.NewServer(h)
	t.Cleanup(callback.Close)
	config := whatsappsim.DefaultConfig()
	config.ApprovalMS = 5
	config.Webhook.URL, config.Webhook.Secret = callback.URL, secret
	config.Webhook.DelayMS, config.Webhook.ReadRate, config.Webhook.RetryMS = [2]int{1, 10}, 1, 5
	if edit != nil {
		edit(&config)
	}
	acme := whatsappsim.Fixture(1, "Acme")
	sim := whatsappsim.New(whatsappsim.Options{Seed: 7, Config: &config, WABAs: []whatsappsim.WABASeed{acme, whatsappsim.Fixture(2, "Globex")}})
	server := httptest.NewServer(sim.Handler())
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL, Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
		if len(h.errs) > 0 {
			t.Errorf("the callback complains: %v", h.errs)
		}
	})
	return &bundle{t: t, sim: sim, server: server, client: client, acme: acme, hooks: h}
}

// send sends one of the fixture's templates.
func (b *bundle) send(to, name, language string, values map[string]string) whatsapp.Outcome {
	b.t.Helper()
	return b.client.Send(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, b.body(to, name, language, values))
}

func (b *bundle) body(to, name, language string, values map[string]string) []byte {
	b.t.Helper()
	for _, template := range b.acme.Templates {
		if template.Name != name || template.Language != language {
			continue
		}
		compiled, err := whatsapp.CompileTemplate(template)
		if err != nil {
			b.t.Fatal(err)
		}
		params, err := compiled.Bind(values)
		if err != nil {
			b.t.Fatal(err)
		}
		return compiled.AppendJSON(nil, whatsapp.Address{Phone: to}, params, "msg:"+to)
	}
	b.t.Fatalf("no template %s/%s", name, language)
	return nil
}

func (b *bundle) welcome(to string) whatsapp.Outcome { return b.send(to, "welcome", "en_US", nil) }

// raw posts a body as it is.
func (b *bundle) raw(body string) whatsapp.Outcome {
	return b.client.Send(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, []byte(body))
}

// control posts to /_sim/ and wants a 200.
func (b *bundle) control(path, body string) {
	b.t.Helper()
	resp, err := http.Post(b.server.URL+"/_sim/"+path, "application/json", strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: %s", path, answer)
	}
}

// eventually polls until the condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}
