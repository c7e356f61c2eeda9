package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	ann  = "Bearer ann"  // owner of Acme
	bob  = "Bearer bob"  // agent of Acme
	olga = "Bearer olga" // operator of the platform
)

type bundle struct {
	api   *web.API
	clock *clock.Fake
	logs  *bytes.Buffer
	cfg   web.Config
	acme  uuid.UUID
}

// setup makes an API whose callers are Ann, Bob and Olga.
func setup(t *testing.T, change func(*web.Config)) *bundle {
	t.Helper()
	b := &bundle{clock: clock.NewFake(time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)), logs: &bytes.Buffer{}, acme: uuid.New()}
	actors := map[string]actor.Actor{
		ann:  {Kind: actor.User, UserID: uuid.New(), TenantID: b.acme, Role: "owner", Email: "ann@acme.test"},
		bob:  {Kind: actor.User, UserID: uuid.New(), TenantID: b.acme, Role: "agent", Email: "bob@acme.test"},
		olga: {Kind: actor.Platform, UserID: uuid.New(), Platform: true, Email: "olga@aerostic.test"},
	}
	b.cfg = web.Config{
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			if a, ok := actors[r.Header.Get("Authorization")]; ok {
				return a, nil
			}
			return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
		},
		Allows: func(a actor.Actor, p actor.Permission) bool {
			return a.Role == "owner" || a.Role == "agent" && strings.HasSuffix(string(p), ".read")
		},
		Clock:  b.clock,
		Logger: slog.New(slog.NewTextHandler(b.logs, nil)),
	}
	if change != nil {
		change(&b.cfg)
	}
	b.api = web.New(b.cfg)
	return b
}

type contact struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
	Tags []string  `json:"tags"`
}

type createContact struct {
	Body struct {
		Name     string `json:"name" minLength:"1" maxLength:"40"`
		Email    string `json:"email,omitempty" format:"email"`
		Password string `json:"password,omitempty" maxLength:"8"`
		OptIn    string `json:"optIn,omitempty" enum:"unknown,in,out"`
	}
}

type contactReply struct{ Body contact }

type listReply struct{ Body web.Page[contact] }

// contacts registers a small feature. created counts the contacts made.
func contacts(api *web.API, created func()) {
	web.Register(api, web.Op{Method: "POST", Path: "/api/contacts", Permission: "contact.write", Idempotent: true, Status: 201, Tag: "contact"},
		func(_ context.Context, in *createContact) (*contactReply, error) {
			switch in.Body.Name {
			case "taken":
				return nil, fault.Conflict("There is a contact of that name.").WithCode("name_taken").At("body.name", "Choose another.")
			case "broken":
				return nil, errors.New("dial postgres: no route to host db-7")
			case "panic":
				panic("index out of range in a handler")
			}
			created()
			return &contactReply{Body: contact{ID: uuid.New(), Name: in.Body.Name}}, nil
		})
	web.Register(api, web.Op{Method: "GET", Path: "/api/contacts", Permission: "contact.read", Tag: "contact"},
		func(context.Context, *struct{ web.PageQuery }) (*listReply, error) { return &listReply{}, nil })
	web.Register(api, web.Op{Method: "GET", Path: "/api/contacts/{id}", Permission: "contact.read", Tag: "contact"},
		func(_ context.Context, in *struct {
			ID uuid.UUID `path:"id"`
		}) (*contactReply, error) {
			return &contactReply{Body: contact{ID: in.ID, Name: "सीता शर्मा"}}, nil
		})
}

func call(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func as(who string) []string { return []string{"Authorization", who} }

func problem(t *testing.T, w *httptest.ResponseRecorder) web.Problem {
	t.Helper()
	if kind := w.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Fatalf("content type %q of %d %s", kind, w.Code, w.Body)
	}
	var p web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	return p
}
