package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

type contact struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
	Tags []string  `json:"tags"`
}

type createInput struct {
	Body struct {
		Name     string `json:"name" minLength:"1" maxLength:"20"`
		Password string `json:"password,omitempty" maxLength:"8"`
	}
}

type contactOutput struct{ Body contact }

type listOutput struct{ Body web.Page[contact] }

// bundle is an API whose callers say who they are with "Authorization: Bearer ann".
func bundle(t *testing.T, change func(*web.Config)) *web.API {
	t.Helper()
	cfg := web.Config{
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			switch r.Header.Get("Authorization") {
			case "Bearer ann":
				return actor.Actor{Kind: actor.User, UserID: uuid.NameSpaceDNS, TenantID: uuid.NameSpaceURL, Role: "owner"}, nil
			case "Bearer olga":
				return actor.Actor{Kind: actor.Platform, UserID: uuid.NameSpaceOID, Platform: true}, nil
			}
			return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
		},
		Allows: func(a actor.Actor, p actor.Permission) bool { return a.Role == "owner" && p == "contact.write" },
	}
	if change != nil {
		change(&cfg)
	}
	return web.New(cfg)
}

func register(api *web.API) {
	web.Register(api, web.Op{Method: "POST", Path: "/api/contacts", Permission: "contact.write", Idempotent: true, Status: 201},
		func(_ context.Context, in *createInput) (*contactOutput, error) {
			if in.Body.Name == "taken" {
				return nil, fault.Conflict("There is a contact of that name.").WithCode("name_taken").At("body.name", "Choose another.")
			}
			if in.Body.Name == "broken" {
				return nil, errors.New("dial postgres: secret-host refused")
			}
			return &contactOutput{Body: contact{Name: in.Body.Name}}, nil
		})
	web.Register(api, web.Op{Method: "GET", Path: "/api/contacts", Permission: "contact.read"},
		func(context.Context, *web.PageQuery) (*listOutput, error) { return &listOutput{}, nil })
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

func TestSmoke(t *testing.T) {
	t.Parallel()
	api := bundle(t, nil)
	register(api)
	h := api.Handler()
	for _, c := range [][]string{
		{"POST", "/api/contacts", `{"name":"Ann"}`, "Bearer ann"},
		{"POST", "/api/contacts", `{"name":"Ann","password":"hunter2hunter2"}`, "Bearer ann"},
		{"POST", "/api/contacts", `{"nome":"Ann"}`, "Bearer ann"},
		{"POST", "/api/contacts", `{"name":"taken"}`, "Bearer ann"},
		{"POST", "/api/contacts", `{"name":"broken"}`, "Bearer ann"},
		{"POST", "/api/contacts", `{"na`, "Bearer ann"},
		{"POST", "/api/contacts", ``, "Bearer ann"},
		{"POST", "/api/contacts", `{}`, ""},
		{"GET", "/api/contacts", ``, "Bearer ann"},
		{"GET", "/api/nothing", ``, "Bearer ann"},
		{"DELETE", "/api/contacts", ``, "Bearer ann"},
		{"GET", "/openapi.json", ``, ""},
	} {
		w := call(h, c[0], c[1], c[2], "Authorization", c[3])
		t.Log(c, w.Code, w.Header(), w.Body.String())
	}
}
