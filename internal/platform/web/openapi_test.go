package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/web"
)

type document struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string              `json:"operationId"`
		Permission  string              `json:"x-permission"`
		Idempotent  bool                `json:"x-idempotent"`
		Security    []map[string]any    `json:"security"`
		Responses   map[string]struct { // status → content
			Content map[string]any `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Properties map[string]map[string]any `json:"properties"`
			Required   []string                  `json:"required"`
		} `json:"schemas"`
	} `json:"components"`
}

func readDocument(t *testing.T, api *web.API) (document, string) {
	t.Helper()
	w := call(api.Handler(), "GET", "/openapi.json", "")
	var doc document
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc, w.Body.String()
}

func TestDocumentDescribesEveryOperation(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	b.api.Raw("GET", "/webhooks/whatsapp", web.Public, func(http.ResponseWriter, *http.Request) {})
	doc, _ := readDocument(t, b.api)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("version %q", doc.OpenAPI)
	}
	for _, op := range b.api.Operations() {
		described, ok := doc.Paths[op.Path][strings.ToLower(op.Method)]
		if !ok || described.Permission != string(op.Permission) || described.OperationID != op.ID {
			t.Errorf("%s %s is described as %+v", op.Method, op.Path, described)
		}
		if (len(described.Security) == 0) != (op.Permission == web.Public) {
			t.Errorf("%s %s has security %v", op.Method, op.Path, described.Security)
		}
		if described.Idempotent != op.Idempotent {
			t.Errorf("%s %s: x-idempotent %v", op.Method, op.Path, described.Idempotent)
		}
	}
	if len(b.api.Operations()) != 4 {
		t.Errorf("%d operations, want 4", len(b.api.Operations()))
	}
	if _, ok := doc.Paths["/api/contacts"]["post"].Responses["default"].Content["application/problem+json"]; !ok {
		t.Error("errors are not described as problem+json")
	}
}

func TestDocumentSaysWhatTheServerSends(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	doc, text := readDocument(t, b.api)
	if strings.Contains(text, "ErrorModel") || strings.Contains(text, "$schema") {
		t.Error("the document still has huma's own models")
	}
	page := doc.Components.Schemas["Web_testContactPage"]
	if page.Properties["items"]["type"] != "array" {
		t.Errorf("items is %v, want an array that is never null", page.Properties["items"])
	}
	if id := doc.Components.Schemas["Web_testContact"].Properties["id"]; id["format"] != "uuid" {
		t.Errorf("id is %v", id)
	}
	for path, want := range map[string]string{"/api/contacts": `{"items":[]}`, "/api/contacts/0198c2f0-0000-7000-8000-000000000000": `"tags":[]`} {
		if w := call(b.api.Handler(), "GET", path, "", as(bob)...); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %s, want %s in it", path, w.Body, want)
		}
	}
	p := problem(t, call(b.api.Handler(), "GET", "/api/contacts/7", "", as(bob)...))
	if p.Status != 422 || len(p.Errors) != 1 || p.Errors[0].Location != "path.id" {
		t.Errorf("a path that is no id: %+v", p)
	}
}

func TestIDsAreUnique(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	defer func() {
		if recover() == nil {
			t.Fatal("two operations share an id")
		}
	}()
	web.Register(b.api, web.Op{Method: "GET", Path: "/api/other", ID: "getContacts", Permission: web.Public},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
}

func TestSpecIsWhatIsServed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	contacts(b.api, func() {})
	spec, err := b.api.Spec()
	if err != nil {
		t.Fatal(err)
	}
	_, served := readDocument(t, b.api)
	var a, z any
	if json.Unmarshal(spec, &a) != nil || json.Unmarshal([]byte(served), &z) != nil {
		t.Fatal("not JSON")
	}
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(z)
	if string(left) != string(right) {
		t.Error("Spec and /openapi.json differ")
	}
}
