package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// world is the whole product in this process, with the demo data: Acme Sarees and Bloom & Co.
type world struct {
	t      *testing.T
	url    string
	ops    []web.Op
	logins map[string]Login
	core   *Core
}

// startWorld runs all roles and the simulator until the test ends.
func startWorld(t *testing.T) *world {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w := &world{t: t, url: "http://" + listener.Addr().String(), logins: demoLogins()}
	cfg := w.config(listener.Addr().String())
	c, err := Open(t.Context(), cfg, slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(c.Close)
	w.core = c
	_, err = c.person(t.Context(), demoOperator(), true)
	must(t, err)
	for _, firm := range demoFirms() {
		must(t, c.seedFirm(t.Context(), firm, true))
	}
	w.cheapPasswords()
	s, err := newServer(c, listener)
	must(t, err)
	w.ops = s.api.Operations()
	w.run(s)
	return w
}

// cheapPasswords lets everybody sign in at a cost that a walk through all routes can pay some hundred times.
func (w *world) cheapPasswords() {
	hasher, err := user.HasherAt(argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(w.t, err)
	must(w.t, w.core.DB.AsSystem(w.t.Context(), "make the test's passwords cheap", func(ctx context.Context, tx pgx.Tx) error {
		for _, login := range w.logins {
			hash, err := hasher.Hash(ctx, login.Password)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `update users set password_hash = $1 where email = $2`, hash, login.Email); err != nil {
				return err
			}
		}
		return nil
	}))
}

// config is a deployment's, with a simulator as Meta.
func (w *world) config(addr string) Config {
	cfg, err := ReadConfig()
	must(w.t, err)
	cfg.Addr, cfg.PublicURL, cfg.DataDir, cfg.LimitsOff = addr, w.url, w.t.TempDir(), true
	cfg.DatabaseURL, cfg.SecretKeys = dbtest.URL(w.t), secret.NewKey("k1")
	cfg.WhatsAppAppSecret, cfg.WhatsAppVerifyToken = "app-secret", "verify-token"
	sim, err := startSimulator(simulatorConfig{webhook: w.url + "/webhooks/whatsapp", secret: cfg.WhatsAppAppSecret, accounts: demoAccounts()})
	must(w.t, err)
	w.t.Cleanup(sim.close)
	everybodyReads := sim.sim.Config()
	everybodyReads.Webhook.ReadRate = 1
	must(w.t, sim.sim.SetConfig(everybodyReads))
	cfg.WhatsAppURL = sim.url
	return cfg
}

func (w *world) run(s *server) {
	ctx, stop := context.WithCancel(context.WithoutCancel(w.t.Context()))
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- s.run(ctx, func() { close(ready) }) }()
	w.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			w.t.Errorf("stop: %v", err)
		}
	})
	<-ready
}

// answered is an answer of the API.
type answered struct {
	status int
	kind   string // content type
	body   []byte
}

// call sends a request; body is nil, an upload, or something to encode as JSON.
func (w *world) call(method, path, token string, body any) answered {
	w.t.Helper()
	var payload io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case interface{ encode() (io.Reader, string) }:
		payload, kind = b.encode()
	default:
		raw, err := json.Marshal(b)
		must(w.t, err)
		payload = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, payload)
	must(w.t, err)
	if payload != nil {
		req.Header.Set("Content-Type", kind)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	must(w.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	must(w.t, err)
	return answered{resp.StatusCode, resp.Header.Get("Content-Type"), answer}
}

// want calls and decodes a success.
func (w *world) want(method, path, token string, body, into any) {
	w.t.Helper()
	r := w.call(method, path, token, body)
	if r.status >= 300 {
		w.t.Fatalf("%s %s answers %d: %s", method, path, r.status, r.body)
	}
	if into != nil {
		must(w.t, json.Unmarshal(r.body, into))
	}
}

// signIn returns an access token of a demo login.
func (w *world) signIn(key string) string {
	w.t.Helper()
	var session struct{ AccessToken string }
	login := w.logins[key]
	w.want(http.MethodPost, "/api/auth/login", "", map[string]string{"email": login.Email, "password": login.Password}, &session)
	return session.AccessToken
}

// formFile is a file of a form.
type formFile struct{ name, content string }

func (u formFile) encode() (io.Reader, string) {
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	part, _ := form.CreateFormFile("file", u.name) // a buffer takes everything
	_, _ = io.WriteString(part, u.content)
	_ = form.Close()
	return &buf, form.FormDataContentType()
}

// sample is a picture for a template's header, uploaded through the channel it names.
type sample struct{ channel string }

func (s sample) encode() (io.Reader, string) {
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	_ = form.WriteField("channelId", s.channel)
	part, _ := form.CreateFormFile("file", "दीया.png") // a buffer takes everything
	_, _ = io.WriteString(part, "\x89PNG\r\n\x1a\n and the picture")
	_ = form.Close()
	return &buf, form.FormDataContentType()
}

// eventually polls until holds, or fails the test after a while.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill puts ids into the places of a path.
func fill(path string, id func(place string) string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			parts[i] = id(strings.Trim(part, "{}"))
		}
	}
	return strings.Join(parts, "/")
}
