package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func newRequest(method, path, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestWhoMayCallWhat(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	permissions := []actor.Permission{web.Public, web.SignedIn, web.Platform, "contact.read", "contact.write"}
	for _, p := range permissions {
		web.Register(b.api, web.Op{Method: "GET", Path: "/api/" + string(p), Permission: p},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
		b.api.Raw("GET", "/raw/"+string(p), p, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	}
	h := b.api.Handler()
	want := map[string][]int{
		"":             {204, 401, 401, 401, 401},
		"Bearer wrong": {204, 401, 401, 401, 401},
		ann:            {204, 204, 403, 204, 204},
		bob:            {204, 204, 403, 204, 403},
		olga:           {204, 204, 204, 403, 403},
	}
	for who, statuses := range want {
		for i, p := range permissions {
			for _, prefix := range []string{"/api/", "/raw/"} {
				if w := call(h, "GET", prefix+string(p), "", as(who)...); w.Code != statuses[i] {
					t.Errorf("%q calls %s%s: %d, want %d", who, prefix, p, w.Code, statuses[i])
				}
			}
		}
	}
}

type hidden struct {
	ID string `query:"id"`
}

func TestMistakesInOperationsStopTheStart(t *testing.T) {
	t.Parallel()
	for name, register := range map[string]func(*web.API){
		"GET /api/forgotten": func(a *web.API) {
			web.Register(a, web.Op{Method: "GET", Path: "/api/forgotten"}, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
		},
		"GET /raw/forgotten": func(a *web.API) { a.Raw("GET", "/raw/forgotten", "", func(http.ResponseWriter, *http.Request) {}) },
		"embeds hidden": func(a *web.API) {
			web.Register(a, web.Op{Method: "GET", Path: "/api/x", Permission: web.Public}, func(context.Context, *struct{ hidden }) (*struct{}, error) { return nil, nil })
		},
		"no field for {id}": func(a *web.API) {
			web.Register(a, web.Op{Method: "GET", Path: "/api/x/{id}", Permission: web.Public}, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
		},
		"unknown rate limit": func(a *web.API) {
			a.Mount(web.Op{Method: "GET", Path: "/x", Permission: web.Public, Limit: "typo"}, func(http.ResponseWriter, *http.Request) {})
		},
	} {
		func() {
			defer func() {
				if message := recover(); message == nil || !strings.Contains(strings.ToLower(fmt.Sprint(message)), strings.ToLower(name)) {
					t.Errorf("%s: panic %v does not name the route", name, message)
				}
			}()
			register(setup(t, nil).api)
		}()
	}
}

func TestPublicOperationKnowsWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	web.Register(b.api, web.Op{Method: "GET", Path: "/api/who", Permission: web.Public},
		func(ctx context.Context, _ *struct{}) (*struct{ Body map[string]string }, error) {
			a, _ := actor.From(ctx)
			return &struct{ Body map[string]string }{map[string]string{"email": a.Email}}, nil
		})
	h := b.api.Handler()
	for who, email := range map[string]string{ann: "ann@acme.test", "": "", "Bearer wrong": ""} {
		if w := call(h, "GET", "/api/who", "", as(who)...); w.Code != 200 || !strings.Contains(w.Body.String(), `"email":"`+email+`"`) {
			t.Errorf("%q: %d %s", who, w.Code, w.Body)
		}
	}
}

func TestRateLimitsByClass(t *testing.T) {
	t.Parallel()
	b := setup(t, func(cfg *web.Config) {
		cfg.Limits = map[web.Limit]web.Rate{
			web.LimitActor:     {Events: 60, Per: time.Minute, Burst: 3},
			web.LimitAnonymous: {Events: 60, Per: time.Minute, Burst: 2},
			web.LimitLogin:     {Events: 6, Per: time.Minute, Burst: 1},
		}
	})
	for path, op := range map[string]web.Op{
		"/api/mine":  {Permission: web.SignedIn},
		"/api/open":  {Permission: web.Public},
		"/api/login": {Permission: web.Public, Limit: web.LimitLogin},
		"/api/free":  {Permission: web.Public, Limit: web.LimitNone},
	} {
		op.Method, op.Path = "GET", path
		web.Register(b.api, op, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	}
	h := b.api.Handler()
	passes := func(path string, headers ...string) (n int, last *httptest.ResponseRecorder) {
		for range 10 {
			if last = call(h, "GET", path, "", headers...); last.Code == http.StatusTooManyRequests {
				return n, last
			}
			n++
		}
		return n, last
	}
	for _, c := range []struct {
		path, who string
		want      int
	}{{"/api/mine", ann, 3}, {"/api/mine", bob, 3}, {"/api/open", "", 2}, {"/api/login", "", 1}, {"/api/free", "", 10}} {
		n, last := passes(c.path, as(c.who)...)
		if n != c.want {
			t.Errorf("%s as %q: %d passed, want %d", c.path, c.who, n, c.want)
		}
		if last.Code == 429 && (last.Header().Get("Retry-After") == "" || last.Header().Get("RateLimit-Remaining") != "0") {
			t.Errorf("%s: headers of the refusal: %v", c.path, last.Header())
		}
	}
	if p := problem(t, call(h, "GET", "/api/login", "")); p.Kind != "too_many" || !strings.Contains(p.Detail, "10 s") {
		t.Errorf("%+v", p)
	}
	b.clock.Advance(10 * time.Second)
	if n, _ := passes("/api/login"); n != 1 {
		t.Errorf("after the wait %d logins passed, want 1", n)
	}
	if n, _ := passes("/api/mine", as(ann)...); n != 3 {
		t.Errorf("after the wait %d requests of Ann passed, want 3", n)
	}
}

func TestCallerIsFoundBehindTrustedProxiesOnly(t *testing.T) {
	t.Parallel()
	proxied := []string{"X-Forwarded-For", "1.2.3.4, 203.0.113.9, 10.0.0.2", "X-Forwarded-Host", "ACME.example.com:443", "X-Forwarded-Proto", "https"}
	for name, c := range map[string]struct {
		trusted []netip.Prefix
		want    string
	}{
		"trusted":   {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.0/24")}, "203.0.113.9 acme.example.com https"},
		"untrusted": {nil, "192.0.2.1 example.com http"},
	} {
		b := setup(t, func(cfg *web.Config) { cfg.TrustedProxies = c.trusted })
		b.api.Raw("GET", "/raw", web.Public, func(w http.ResponseWriter, r *http.Request) {
			info := web.Request(r.Context())
			_, _ = fmt.Fprint(w, info.IP, " ", web.Host(r.Context()), " ", info.Scheme)
		})
		if got := call(b.api.Handler(), "GET", "/raw", "", proxied...).Body.String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	h := b.api.Handler()
	for sent, kept := range map[string]bool{"edge-0000-1234": true, "short": false, "new\nline-000000": false, strings.Repeat("x", 65): false, "": false} {
		got := call(h, "GET", "/api/contacts", "", append(as(ann), "X-Request-Id", sent)...).Header().Get("X-Request-Id")
		if (got == sent) != kept || len(got) < 8 {
			t.Errorf("sent %q, got %q", sent, got)
		}
	}
}

func TestSameOriginRefusesOtherSites(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	web.Register(b.api, web.Op{Method: "POST", Path: "/api/refresh", Permission: web.Public},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) { return nil, web.SameOrigin(ctx) })
	h := b.api.Handler()
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"same origin":    {[]string{"Origin", "http://example.com:8080", "Sec-Fetch-Site", "same-origin"}, 204},
		"no browser":     {nil, 204},
		"another site":   {[]string{"Origin", "https://evil.test"}, 403},
		"another tenant": {[]string{"Origin", "http://globex.example.com", "Sec-Fetch-Site", "same-site"}, 403},
		"cross-site":     {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"opaque":         {[]string{"Origin", "null"}, 403},
	} {
		if w := call(h, "POST", "/api/refresh", "", c.headers...); w.Code != c.status {
			t.Errorf("%s: %d, want %d", name, w.Code, c.status)
		}
	}
}

func TestAccessLogNamesTheOperationAndNoSecrets(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	call(b.api.Handler(), "POST", "/api/contacts?token=t0psecret", `{"name":"Priya","password":"hunter2"}`, as(ann)...)
	logs := b.logs.String()
	if !strings.Contains(logs, "operation=postContacts") || !strings.Contains(logs, "status=201") || !strings.Contains(logs, "actor=user:") {
		t.Errorf("the line does not say what happened: %s", logs)
	}
	for _, secret := range []string{"t0psecret", "hunter2", "Priya", "Bearer"} {
		if strings.Contains(logs, secret) {
			t.Errorf("the log tells %q: %s", secret, logs)
		}
	}
}

func TestRequestsAreObserved(t *testing.T) {
	t.Parallel()
	var seen []web.Observation
	b := setup(t, func(cfg *web.Config) { cfg.Observe = func(o web.Observation) { seen = append(seen, o) } })
	contacts(b.api, func() {})
	h := b.api.Handler()
	call(h, "GET", "/api/contacts", "", as(bob)...)
	call(h, "POST", "/api/contacts", `{"name":"panic"}`, as(ann)...)
	call(h, "GET", "/api/nothing", "")
	want := []web.Observation{{Operation: "getContacts", Method: "GET", Status: 200}, {Operation: "postContacts", Method: "POST", Status: 500}, {Operation: "unmatched", Method: "GET", Status: 404}}
	if fmt.Sprint(seen) != fmt.Sprint(want) {
		t.Errorf("observed %v, want %v", seen, want)
	}
}
