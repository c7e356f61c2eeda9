package auth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	annEmail    = "ann@acme.example"
	annPassword = "correct horse battery"
	bobEmail    = "bob@globex.example"
	bobPassword = "staple नमस्ते 🐎 again"
)

// bundle is an installation with its API, a clock that stands still and a mailbox.
type bundle struct {
	t       *testing.T
	db      *db.DB
	clock   *clock.Fake
	users   *user.Service
	tenants *tenant.Service
	auth    *auth.Service
	api     http.Handler
	box     *mailbox
}

func setup(t *testing.T) *bundle {
	t.Helper()
	t.Parallel()
	b := &bundle{
		t: t, db: dbtest.New(t), box: &mailbox{},
		clock: clock.NewFake(time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)),
	}
	b.wire()
	return b
}

func (b *bundle) wire() {
	spec := secret.NewKey("k1")
	ring, err := secret.ParseKeys(spec)
	b.must(err)
	keys, err := auth.ParseKeys(spec)
	b.must(err)
	jobs, err := queue.NewInserter(queue.Config{DB: b.db})
	b.must(err)
	hasher, err := user.HasherAt(argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	b.must(err)
	const public = "http://localhost:8080"
	b.users = user.New(user.Deps{Hasher: hasher, Keys: ring})
	b.tenants = tenant.New(tenant.Deps{DB: b.db, Clock: b.clock, Queue: jobs, Mail: b.box, PublicURL: public})
	b.auth = auth.New(auth.Deps{
		DB: b.db, Clock: b.clock, Queue: jobs, Mail: b.box, Logger: slog.New(slog.DiscardHandler),
		Users: b.users, Tenants: b.tenants, Keys: keys, PublicURL: public,
	})
	b.tenants.Hooks = tenant.Hooks{RoleChanged: b.auth.RoleChanged, MemberRemoved: b.auth.MemberRemoved}
	api := web.New(web.Config{
		Authenticate: b.auth.Authenticate, Clock: b.clock, LimitsOff: true,
		Allows: func(a actor.Actor, p actor.Permission) bool { return tenant.Allows(a.Role, a.Platform, p) },
	})
	b.tenants.Routes(api)
	b.auth.Routes(api)
	b.api = api.Handler()
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// person creates a verified person.
func (b *bundle) person(name, email, password string) user.User {
	b.t.Helper()
	u, err := b.auth.CreatePerson(b.t.Context(), auth.Person{Name: name, Email: email, Password: password})
	b.must(err)
	return u
}

// workspace creates a workspace owned by somebody.
func (b *bundle) workspace(name, slug string, owner user.User) tenant.Tenant {
	b.t.Helper()
	t, err := b.auth.CreateWorkspace(b.t.Context(), tenant.NewTenant{Name: name, Slug: slug, Owner: owner.ID})
	b.must(err)
	return t
}

// acme is Ann, who owns Acme.
func (b *bundle) acme() (user.User, tenant.Tenant) {
	b.t.Helper()
	ann := b.person("Ann Thomas", annEmail, annPassword)
	return ann, b.workspace("Acme आभूषण", "acme", ann)
}

// mailbox keeps what would be mailed.
type mailbox struct {
	mu   sync.Mutex
	sent []mail.Message
}

func (m *mailbox) Send(_ context.Context, message mail.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, message)
	return nil
}

// deliver works the queued mail jobs and returns the mails they send, in order.
func (b *bundle) deliver() []mail.Message {
	b.t.Helper()
	b.box.sent = nil
	for _, job := range b.jobs() {
		b.must(b.work(job))
	}
	return b.box.sent
}

type job struct {
	ID   int64
	Kind string
	Args []byte
}

// jobs takes what is queued.
func (b *bundle) jobs() (jobs []job) {
	b.t.Helper()
	err := b.db.AsSystem(b.t.Context(), "take the queued jobs", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `delete from river.river_job where state = 'available' returning id, kind, args`)
		if err != nil {
			return err
		}
		jobs, err = pgx.CollectRows(rows, pgx.RowToStructByPos[job])
		return err
	})
	b.must(err)
	return jobs
}

func (b *bundle) work(j job) error {
	switch j.Kind {
	case auth.LinkMailArgs{}.Kind():
		return run(b.t, j.Args, b.auth.MailLink)
	case auth.NoticeMailArgs{}.Kind():
		return run(b.t, j.Args, b.auth.MailNotice)
	case tenant.InvitationMailArgs{}.Kind():
		return run(b.t, j.Args, b.tenants.MailInvitation)
	}
	b.t.Fatalf("a job of kind %s was not expected", j.Kind)
	return nil
}

func run[A any](t *testing.T, raw []byte, work func(context.Context, A) error) error {
	t.Helper()
	var args A
	if err := json.Unmarshal(raw, &args); err != nil {
		t.Fatal(err)
	}
	return work(t.Context(), args)
}

var linkToken = regexp.MustCompile(`(?:token=|/invite/)(\S+)`)

// link finds the token in the only mail delivered, which must be to somebody.
func (b *bundle) link(to string) string {
	b.t.Helper()
	sent := b.deliver()
	if len(sent) != 1 || sent[0].To != to {
		b.t.Fatalf("mails = %+v, want one to %s", sent, to)
	}
	found := linkToken.FindStringSubmatch(sent[0].Text)
	if found == nil {
		b.t.Fatalf("no link in %q", sent[0].Text)
	}
	return found[1]
}

// browser is somebody's browser: it keeps the cookie and the access token.
type browser struct {
	b      *bundle
	token  string
	cookie string
	ip     string
	origin string
}

func (b *bundle) browser() *browser { return &browser{b: b, ip: "203.0.113.7"} }

type reply struct {
	status  int
	body    map[string]any
	raw     string
	cookies []*http.Cookie
}

func (r reply) code() string { code, _ := r.body["code"].(string); return code }

// call sends a request; body nil sends none. A new cookie and access token are kept.
func (br *browser) call(method, path string, body any) reply {
	br.b.t.Helper()
	var content bytes.Buffer
	if body != nil {
		br.b.must(json.NewEncoder(&content).Encode(body))
	}
	r := httptest.NewRequestWithContext(br.b.t.Context(), method, path, &content)
	r.RemoteAddr = br.ip + ":4711"
	br.headers(r, body != nil)
	w := httptest.NewRecorder()
	br.b.api.ServeHTTP(w, r)
	return br.keep(w.Result(), w.Body.Bytes())
}

func (br *browser) headers(r *http.Request, hasBody bool) {
	r.Host = "localhost:8080"
	if hasBody {
		r.Header.Set("Content-Type", "application/json")
	}
	if br.token != "" {
		r.Header.Set("Authorization", "Bearer "+br.token)
	}
	if br.origin != "" {
		r.Header.Set("Origin", br.origin)
	}
	if br.cookie != "" && strings.HasPrefix(r.URL.Path, "/api/auth") {
		r.AddCookie(&http.Cookie{Name: "aerostic_refresh", Value: br.cookie})
	}
}

func (br *browser) keep(res *http.Response, raw []byte) reply {
	got := reply{status: res.StatusCode, raw: string(raw), cookies: res.Cookies()}
	_ = json.Unmarshal(raw, &got.body) // a list or an empty body has no fields to look at
	for _, c := range got.cookies {
		br.cookie = c.Value
	}
	if token, ok := got.body["accessToken"].(string); ok && token != "" {
		br.token = token
	}
	return got
}

// want calls and demands a status.
func (br *browser) want(status int, method, path string, body any) reply {
	br.b.t.Helper()
	got := br.call(method, path, body)
	if got.status != status {
		br.b.t.Fatalf("%s %s = %d %s, want %d", method, path, got.status, got.raw, status)
	}
	return got
}

// login signs in and demands success.
func (b *bundle) login(email, password string) *browser {
	b.t.Helper()
	br := b.browser()
	br.want(http.StatusOK, "POST", "/api/auth/login", credentials(email, password))
	if br.token == "" || br.cookie == "" {
		b.t.Fatal("login gave no token or no cookie")
	}
	return br
}

func credentials(email, password string) map[string]string {
	return map[string]string{"email": email, "password": password}
}
