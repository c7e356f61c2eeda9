package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestEveryKindOfFaultHasItsStatus(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for kind, c := range map[string]struct {
		err    *fault.Error
		status int
	}{
		"invalid":          {fault.Invalid("x"), 422},
		"not_found":        {fault.NotFound("x"), 404},
		"conflict":         {fault.Conflict("x"), 409},
		"forbidden":        {fault.Forbidden("x"), 403},
		"unauthenticated":  {fault.Unauthenticated("x"), 401},
		"too_many":         {fault.TooMany("x"), 429},
		"payment_required": {fault.PaymentRequired("x"), 402},
		"gone":             {fault.Gone("x"), 410},
		"unavailable":      {fault.Unavailable("x"), 503},
		"too_large":        {fault.TooLarge("x"), 413},
	} {
		web.Register(b.api, web.Op{Method: "GET", Path: "/api/" + kind, Permission: web.Public},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, c.err })
		p := problem(t, call(b.api.Handler(), "GET", "/api/"+kind, ""))
		if p.Status != c.status || p.Kind != kind || p.Detail != "x" || p.Type != "about:blank" || p.Title != http.StatusText(c.status) {
			t.Errorf("%s: %+v, want status %d", kind, p, c.status)
		}
	}
}

func TestInputIsRefusedWithPlacesAndNeverEchoed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() { t.Error("a refused contact was created") })
	h := b.api.Handler()
	for name, c := range map[string]struct {
		body   string
		status int
		place  string
		words  string
	}{
		"missing":    {`{}`, 422, "body.name", "This is missing."},
		"empty":      {`{"name":""}`, 422, "body.name", "Fill this in."},
		"too long":   {`{"name":"` + strings.Repeat("अ", 41) + `"}`, 422, "body.name", "Use at most 40 characters."},
		"unknown":    {`{"name":"Ann","nick":"A"}`, 422, "body.nick", "This field is not known here."},
		"email":      {`{"name":"Ann","email":"ann"}`, 422, "body.email", "This is not an email address."},
		"enum":       {`{"name":"Ann","optIn":"maybe"}`, 422, "body.optIn", "Use one of: unknown, in, out."},
		"password":   {`{"name":"Ann","password":"hunter2hunter2"}`, 422, "body.password", "Use at most 8 characters."},
		"null":       {`{"name":null}`, 422, "body.name", "expected string"},
		"not JSON":   {`{"name":"hunter2`, 400, "body", ""},
		"no body":    {``, 400, "", ""},
		"wrong type": {`[1]`, 422, "body", "expected object"},
	} {
		w := call(h, "POST", "/api/contacts", c.body, as(ann)...)
		p := problem(t, w)
		if w.Code != c.status || p.Kind != "invalid" {
			t.Errorf("%s: status %d kind %s, want %d", name, w.Code, p.Kind, c.status)
		}
		if c.words != "" && (len(p.Errors) != 1 || p.Errors[0] != web.Place{Location: c.place, Message: c.words}) {
			t.Errorf("%s: errors %+v, want %s: %s", name, p.Errors, c.place, c.words)
		}
		if strings.Contains(w.Body.String(), "hunter2") {
			t.Errorf("%s: the reply echoes the submitted value: %s", name, w.Body)
		}
	}
}

func TestInternalErrorsAreLoggedAndNotTold(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"broken", "panic"} {
		b := setup(t, nil)
		contacts(b.api, func() {})
		w := call(b.api.Handler(), "POST", "/api/contacts", `{"name":"`+name+`"}`, append(as(ann), "X-Request-Id", "request-0001")...)
		p := problem(t, w)
		if w.Code != 500 || p.Kind != "internal" || p.RequestID != "request-0001" {
			t.Errorf("%s: %d %+v", name, w.Code, p)
		}
		for _, inside := range []string{"postgres", "db-7", "index out of range", "goroutine", ".go"} {
			if strings.Contains(w.Body.String(), inside) {
				t.Errorf("%s: the reply tells %q: %s", name, inside, w.Body)
			}
		}
		if logs := b.logs.String(); !strings.Contains(logs, "request-0001") || !strings.Contains(logs, "level=ERROR") {
			t.Errorf("%s: nothing to find it by in the log:\n%s", name, logs)
		}
	}
}

func TestFieldsAndCodesOfFaultsArrive(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	p := problem(t, call(b.api.Handler(), "POST", "/api/contacts", `{"name":"taken"}`, as(ann)...))
	if p.Code != "name_taken" || len(p.Errors) != 1 || p.Errors[0] != (web.Place{Location: "body.name", Message: "Choose another."}) {
		t.Fatalf("%+v", p)
	}
}

func TestUnknownAddressesAndMethodsAreProblems(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	b.api.Pages(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }))
	h := b.api.Handler()
	if p := problem(t, call(h, "GET", "/api/nothing", "")); p.Status != 404 {
		t.Errorf("unknown path: %+v", p)
	}
	w := call(h, "DELETE", "/api/contacts", "")
	if p := problem(t, w); p.Status != 405 || !strings.Contains(w.Header().Get("Allow"), "POST") {
		t.Errorf("unknown method: %+v, Allow %q", p, w.Header().Get("Allow"))
	}
	if w := call(h, "GET", "/contacts", ""); w.Code != 200 || w.Body.String() != "<html>" {
		t.Errorf("a page: %d %s", w.Code, w.Body)
	}
}

func TestSlowOperationsEndInAPlainSentence(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	web.Register(b.api, web.Op{Method: "GET", Path: "/api/slow", Permission: web.Public, Timeout: time.Millisecond},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
	p := problem(t, call(b.api.Handler(), "GET", "/api/slow", ""))
	if p.Status != 503 || p.Code != "timeout" {
		t.Fatalf("%+v", p)
	}
}

func TestBodiesOverTheLimitAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, func(cfg *web.Config) { cfg.BodyLimit = 1000 })
	contacts(b.api, func() {})
	h := b.api.Handler()
	fits := `{"name":"Ann"` + strings.Repeat(" ", 1000-14) + `}`
	if w := call(h, "POST", "/api/contacts", fits, as(ann)...); len(fits) != 1000 || w.Code != 201 {
		t.Errorf("a body of exactly %d bytes: %d %s", len(fits), w.Code, w.Body)
	}
	if p := problem(t, call(h, "POST", "/api/contacts", fits+" ", as(ann)...)); p.Status != 413 || p.Kind != "too_large" {
		t.Errorf("one byte more, announced: %+v", p)
	}
	chunked := func(headers ...string) web.Problem {
		r := newRequest("POST", "/api/contacts", fits+" ", append(as(ann), headers...)...)
		r.ContentLength = -1
		return problem(t, serve(h, r))
	}
	if p := chunked(); p.Status != 413 {
		t.Errorf("one byte more, not announced: %+v", p)
	}
}
