package app

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// walkers are who tries every route: the logins of the demo data, and nobody.
func walkers() map[string]struct {
	role     string
	platform bool
} {
	return map[string]struct {
		role     string
		platform bool
	}{
		"nobody": {}, "owner": {role: "owner"}, "admin": {role: "admin"}, "agent": {role: "agent"},
		"other_owner": {role: "owner"}, "platform": {platform: true},
	}
}

// TestEveryRouteAsEverybody walks every operation as nobody, as each role and as the operator,
// and holds the answer against the permission it declares. Places in paths get ids that do not
// exist, bodies are empty: what may be called then answers 404 or 422, but never 401 or 403.
func TestEveryRouteAsEverybody(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	for name, who := range walkers() {
		token := ""
		if name != "nobody" {
			token = w.signIn(name)
		}
		for _, op := range w.ops {
			path := fill(op.Path, func(string) string { return uuid.NewString() })
			if op.Method == http.MethodGet && strings.Contains(op.Path, "websocket") {
				continue // authenticates by its first message; platform/realtime tests that
			}
			got := w.call(op.Method, path, token, bodyFor(op))
			if want := expected(op, name == "nobody", who.role, who.platform); !want(got.status) {
				t.Errorf("%s %s (%s) as %s answers %d: %.200s", op.Method, op.Path, op.Permission, name, got.status, got.body)
			}
			if got.status >= 400 && strings.HasPrefix(op.Path, "/api") && got.kind != "application/problem+json" {
				t.Errorf("%s %s as %s answers %d as %s", op.Method, op.Path, name, got.status, got.kind)
			}
			if name != "nobody" && strings.HasPrefix(op.Path, "/api/auth/") {
				token = w.signIn(name) // it may have ended the session
			}
		}
	}
}

// expected judges a status by the operation's permission.
func expected(op web.Op, nobody bool, role string, platform bool) func(status int) bool {
	exactly := func(status int) func(int) bool { return func(got int) bool { return got == status } }
	passes := func(got int) bool {
		return got < 500 && got != http.StatusUnauthorized && got != http.StatusForbidden && got != http.StatusMethodNotAllowed
	}
	switch {
	case op.Permission == web.Public:
		// Meta's routes have their own proof, and a session that is not there cannot be refreshed.
		return func(got int) bool { return got < 500 }
	case nobody:
		return exactly(http.StatusUnauthorized)
	case op.Permission == web.SignedIn:
		return passes
	case tenant.Allows(role, platform, op.Permission):
		return passes
	default:
		return exactly(http.StatusForbidden)
	}
}

func bodyFor(op web.Op) any {
	if op.Method == http.MethodGet || op.Method == http.MethodDelete {
		return nil
	}
	if op.Path == "/api/imports" || op.Path == "/api/templates/media" {
		return formFile{"empty.csv", ""}
	}
	return map[string]any{}
}

// TestEveryRouteIsDocumented: what is served is in the OpenAPI document with its permission,
// except what no browser of ours calls.
func TestEveryRouteIsDocumented(t *testing.T) {
	t.Parallel()
	raw, err := Spec()
	must(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			Permission string `json:"x-permission"`
		}
	}
	must(t, json.Unmarshal(raw, &doc))
	for path, methods := range doc.Paths {
		for method, op := range methods {
			if op.Permission == "" {
				t.Errorf("%s %s declares no permission", method, path)
			}
		}
	}
	w := startWorld(t)
	for _, op := range w.ops {
		_, documented := doc.Paths[op.Path][strings.ToLower(op.Method)]
		if !documented && strings.HasPrefix(op.Path, "/api/") {
			t.Errorf("%s %s is served but not documented", op.Method, op.Path)
		}
	}
}

// TestAnotherTenantsOwner aims every route with an id at Acme's things as the owner of Bloom:
// all of it must be out of reach, and unchanged afterwards.
func TestAnotherTenantsOwner(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	a := w.acme()
	before := a.look()
	bloom := w.signIn("other_owner")
	tried := 0
	for _, op := range w.ops {
		if !strings.Contains(op.Path, "{") || op.Permission == web.Public {
			continue
		}
		for _, id := range a.idsFor(op.Path) {
			got := w.call(op.Method, fill(op.Path, func(string) string { return id }), bloom, a.validBody(op))
			tried++
			if got.status != http.StatusNotFound && got.status != http.StatusForbidden {
				t.Errorf("%s %s with Acme's id as Bloom's owner answers %d: %.300s", op.Method, op.Path, got.status, got.body)
			}
		}
	}
	a.tryForeignReferences(bloom)
	if diff := cmp.Diff(before, a.look()); diff != "" {
		t.Errorf("Acme's things changed:\n%s", diff)
	}
	if tried < 30 {
		t.Errorf("only %d routes with an id were tried", tried)
	}
}

// acme is what belongs to Acme Sarees, by the path that addresses it.
type acme struct {
	w     *world
	token string
	ids   map[string]string // "/api/contacts/{id}" → id
}

func (w *world) acme() *acme {
	a := &acme{w: w, token: w.signIn("owner"), ids: map[string]string{}}
	a.create("/api/tags/{id}", "/api/tags", map[string]string{"name": "VIP 🌟"})
	a.create("/api/segments/{id}", "/api/segments", map[string]any{"name": "In Pune", "query": map[string]any{"on": "name", "op": "set"}})
	a.create("/api/invitations/{id}", "/api/invitations", map[string]string{"email": "bob@acme.example", "role": "agent"})
	a.create("/api/imports/{id}", "/api/imports", formFile{"लोग.csv", "name,phone\nAnn,+919845099001\n"})
	week := []any{[]any{map[string]string{"from": "10:00", "to": "19:00"}}, []any{}, []any{}, []any{}, []any{}, []any{}, []any{}}
	a.create("/api/calendars/{id}", "/api/calendars", map[string]any{"name": "दुकान 🕙", "week": week})
	a.create("/api/sla/policies/{id}", "/api/sla/policies", map[string]any{"name": "सब", "active": true, "firstMinutes": 30})
	a.create("/api/goals/{id}", "/api/goals", map[string]string{"key": "purchase", "name": "ख़रीद 🛍️"})
	a.create("/api/sequences/{id}", "/api/sequences", map[string]string{"name": "स्वागत 🙏"})
	a.create("/api/link-domains/{id}", "/api/link-domains", map[string]string{"host": "go.acme.example"})
	a.first("/api/contacts/{id}", "/api/contacts", "id")
	a.first("/api/stages/{id}", "/api/stages", "id")
	a.merge()
	a.export()
	a.field()
	a.bulk()
	a.first("/api/channels/{id}", "/api/channels", "id")
	a.first("/api/members/{userId}", "/api/members", "userId")
	a.create("/api/consent/topics/{id}", "/api/consent/topics", map[string]string{"name": "साड़ियाँ"})
	a.request()
	a.template()
	a.create("/api/template-samples/{id}", "/api/templates/media", sample{a.ids["/api/channels/{id}"]})
	a.campaign()
	a.first("/api/wallet/transactions/{id}", "/api/wallet/transactions", "id")
	a.device()
	a.inbox()
	a.create("/api/workspace/holidays/{id}", "/api/workspace/holidays", map[string]any{"name": "Diwali दिवाली", "on": "2026-11-08"})
	return a
}

// device is a browser that takes pushes.
func (a *acme) device() {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	must(a.w.t, err)
	a.create("/api/notifications/devices/{id}", "/api/notifications/devices", map[string]any{"endpoint": "https://1.1.1.1/push", "name": "Chrome on Android",
		"keys": map[string]string{"p256dh": base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), "auth": "MDEyMzQ1Njc4OWFiY2RlZg"}})
}

// inbox is a conversation, and what its people work with.
func (a *acme) inbox() {
	a.w.t.Helper()
	a.create("/api/conversations/{id}", "/api/conversations", map[string]string{"contactId": a.ids["/api/contacts/{id}"], "channelId": a.ids["/api/channels/{id}"]})
	a.create("/api/labels/{id}", "/api/labels", map[string]string{"name": "ज़रूरी ❗"})
	a.create("/api/closing-reasons/{id}", "/api/closing-reasons", map[string]string{"name": "हो गया"})
	a.create("/api/teams/{id}", "/api/teams", map[string]any{"name": "वापसी", "members": []string{}})
	a.create("/api/assignment-rules/{id}", "/api/assignment-rules", map[string]any{"name": "सब", "enabled": true, "ways": []string{"round_robin"}})
	a.create("/api/uploads/{id}", "/api/uploads", formFile{"पर्चा.txt", "नमस्ते"})
	a.create("/api/canned-replies/{id}", "/api/canned-replies", map[string]string{"name": "नमस्ते", "body": "नमस्ते {{contact.first_name|जी}}"})
	a.create("/api/macros/{id}", "/api/macros", map[string]any{"name": "बंद", "steps": []map[string]string{{"kind": "resolve"}}})
	a.create("/api/conversation-views/{id}", "/api/conversation-views", map[string]any{"name": "सब", "filter": map[string]string{"status": "all"}})
	a.ids["/api/desk/members/{id}"] = a.ids["/api/members/{userId}"]
}

// merge makes one contact of two.
func (a *acme) merge() {
	a.w.t.Helper()
	var one, other struct{ ID string }
	a.w.want(http.MethodPost, "/api/contacts", a.token, map[string]string{"name": "आशा", "phone": "+919845099101"}, &one)
	a.w.want(http.MethodPost, "/api/contacts", a.token, map[string]string{"name": "Asha", "phone": "+919845099102"}, &other)
	a.w.want(http.MethodPost, "/api/contacts/"+one.ID+"/merge", a.token, map[string]string{"otherId": other.ID}, nil)
	var page struct{ Items []struct{ MergeID string } }
	a.w.want(http.MethodGet, "/api/contacts/"+one.ID+"/timeline?kind=merge", a.token, nil, &page)
	a.ids["/api/merges/{id}"] = page.Items[0].MergeID
}

// export waits until everything kept about a contact is in a file.
func (a *acme) export() {
	a.w.t.Helper()
	a.create("/api/contact-requests/{id}", "/api/contacts/"+a.ids["/api/contacts/{id}"]+"/export", nil)
	eventually(a.w.t, "the export is done", func() bool {
		var r struct{ State string }
		a.w.want(http.MethodGet, "/api/contact-requests/"+a.ids["/api/contact-requests/{id}"], a.token, nil, &r)
		return r.State == "done"
	})
}

func (a *acme) create(place, path string, body any) {
	a.w.t.Helper()
	var made struct{ ID string }
	a.w.want(http.MethodPost, path, a.token, body, &made)
	a.ids[place] = made.ID
}

// first takes the first thing of a list.
func (a *acme) first(place, path, field string) {
	a.w.t.Helper()
	items := a.list(path)
	if len(items) == 0 {
		a.w.t.Fatalf("%s is empty", path)
	}
	a.ids[place], _ = items[0][field].(string)
}

func (a *acme) list(path string) []map[string]any {
	a.w.t.Helper()
	var page struct{ Items []map[string]any }
	a.w.want(http.MethodGet, path, a.token, nil, &page)
	return page.Items
}

// request has a contact of Acme's write what a person must decide on.
func (a *acme) request() {
	tenant, _, err := a.w.core.Tenants.BySlug(a.w.t.Context(), "acme")
	must(a.w.t, err)
	contact := uuid.MustParse(a.ids["/api/contacts/{id}"])
	must(a.w.t, a.w.core.DB.InTenant(a.w.t.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := a.w.core.Consents.Hear(ctx, tx, tenant, []consent.Heard{{ContactID: contact, MessageID: uuid.New(), WAMID: "wamid.1", Type: "text",
			Text: "Don't take my name off the waiting list!", At: a.w.core.Clock.Now()}})
		return err
	}))
	a.first("/api/consent/requests/{id}", "/api/consent/requests", "id")
}

// template waits for the job that reads Acme's templates.
func (a *acme) template() {
	eventually(a.w.t, "Acme's templates are read from Meta", func() bool {
		for _, item := range a.list("/api/templates") {
			if item["name"] == "diwali_offer" {
				a.ids["/api/templates/{id}"], _ = item["id"].(string)
				return true
			}
		}
		return false
	})
}

// field makes one that Bloom does not have.
func (a *acme) field() {
	a.w.want(http.MethodPost, "/api/fields", a.token, map[string]string{"label": "Acme's shoe size", "type": "number"}, nil)
	a.ids["/api/fields/{key}"] = "acme_s_shoe_size"
}

// bulk changes nobody, and is waited for.
func (a *acme) bulk() {
	a.create("/api/bulks/{id}", "/api/bulks", map[string]any{"filter": map[string]string{"q": "nobody is called this"}, "action": map[string]string{"kind": "delete"}})
	eventually(a.w.t, "the bulk is done", func() bool {
		var b struct{ State string }
		a.w.want(http.MethodGet, "/api/bulks/"+a.ids["/api/bulks/{id}"], a.token, nil, &b)
		return b.State == "done"
	})
}

// campaign sends one to everybody, and remembers a message of it.
func (a *acme) campaign() {
	a.create("/api/campaigns/{id}", "/api/campaigns", map[string]any{
		"name": "दिवाली", "channelId": a.ids["/api/channels/{id}"], "templateId": a.ids["/api/templates/{id}"],
		"audience": map[string]bool{"all": true},
		"mapping":  []map[string]string{{"slot": "body.1", "field": "name", "fallback": "friend"}, {"slot": "body.2", "text": "10%"}},
	})
	at := "/api/campaigns/" + a.ids["/api/campaigns/{id}"]
	a.w.want(http.MethodPost, at+"/start", a.token, map[string]any{}, nil)
	eventually(a.w.t, "everybody of the campaign read the message", func() bool {
		var c struct{ Counts struct{ Total, Read int } }
		a.w.want(http.MethodGet, at, a.token, nil, &c)
		return c.Counts.Total == len(demoContacts())+1 && c.Counts.Read == c.Counts.Total
	})
	a.first("/api/messages/{id}", at+"/recipients", "messageId")
}

// idsFor are Acme's ids that fit a path; operators' routes take any.
func (a *acme) idsFor(path string) []string {
	var ids []string
	for place, id := range a.ids {
		if path == place || strings.HasPrefix(path, place+"/") || strings.HasPrefix(path, "/api/platform/") {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		a.w.t.Errorf("%s: the test makes nothing of Acme's that fits; add it to acme()", path)
	}
	return ids
}

// validBody is one that passes validation, so that only the tenant is left to refuse.
func (a *acme) validBody(op web.Op) any {
	bodies := map[string]any{
		"POST /api/sequences/{id}/intakes": map[string]any{"audience": map[string]any{"all": true}},
		"PUT /api/calendars/{id}": map[string]any{"name": "Mallory's", "week": []any{[]any{map[string]string{"from": "00:00", "to": "00:00"}},
			[]any{}, []any{}, []any{}, []any{}, []any{}, []any{}}},
		"PUT /api/sla/policies/{id}":              map[string]any{"name": "Mallory's", "active": false, "firstMinutes": 1},
		"PATCH /api/channels/{id}":                map[string]string{"accessToken": "EAASIM000002"},
		"POST /api/channels/{id}/pause":           map[string]string{"reason": "mine now"},
		"PATCH /api/contacts/{id}":                map[string]string{"name": "Mallory"},
		"POST /api/contacts/{id}/suppress":        map[string]string{"reason": "mine now"},
		"POST /api/contacts/{id}/merge":           map[string]string{"otherId": uuid.NewString()},
		"POST /api/duplicates/dismiss":            map[string]string{"contactId": a.ids["/api/contacts/{id}"], "otherId": a.ids["/api/tags/{id}"]},
		"POST /api/contacts/{id}/notes":           map[string]string{"body": "mine now"},
		"PATCH /api/contacts/{id}/notes/{noteId}": map[string]string{"body": "mine now"},
		"PATCH /api/members/{userId}":             map[string]string{"role": "agent"},
		"PATCH /api/tags/{id}":                    map[string]string{"name": "Mallory's"},
		"PATCH /api/stages/{id}":                  map[string]string{"name": "Mallory's"},
		"PATCH /api/fields/{key}":                 map[string]string{"label": "Mallory's"},
		"POST /api/fields/{key}/try":              map[string]string{"type": "text"},
		"PUT /api/templates/{id}": map[string]any{"channelId": a.ids["/api/channels/{id}"], "name": "diwali_offer", "language": "en_US",
			"category": "MARKETING", "body": "Mallory was here, everybody."},
		"PATCH /api/link-domains/{id}":                             map[string]bool{"inUse": false},
		"PATCH /api/segments/{id}":                                 map[string]string{"name": "Mallory's"},
		"POST /api/contacts/{id}/consents":                         map[string]string{"purpose": "all", "state": "out", "source": "mine"},
		"POST /api/consent/requests/{id}/decide":                   map[string]string{"decision": "leave"},
		"PUT /api/consent/topics/{id}":                             map[string]string{"name": "Mallory's"},
		"PATCH /api/campaigns/{id}":                                map[string]string{"name": "Mallory's"},
		"POST /api/campaigns/{id}/test":                            map[string]string{"contactId": a.ids["/api/contacts/{id}"]},
		"POST /api/campaigns/{id}/cap":                             map[string]any{"override": true, "reason": "mine now"},
		"POST /api/campaigns/{id}/approval":                        map[string]any{"schedule": map[string]any{}},
		"POST /api/campaigns/{id}/sample-size":                     map[string]any{"metric": "read", "effect": 0.05},
		"POST /api/campaigns/{id}/winner":                          map[string]int{"variant": 1},
		"POST /api/campaigns/{id}/retarget":                        map[string]string{"result": "not_read"},
		"POST /api/imports/{id}/start":                             map[string]any{"mapping": []string{"name", "phone"}},
		"POST /api/platform/tenants/{id}/topup":                    map[string]any{"amount": 10000, "currency": "INR", "reason": "mine"},
		"POST /api/platform/set-asides/{id}/retry":                 nil,
		"POST /api/conversations/{id}/messages":                    map[string]any{"id": ident.New(), "content": map[string]any{"type": "text", "text": map[string]string{"body": "mine now"}}},
		"POST /api/conversations/{id}/messages/{messageId}/resend": map[string]any{"id": ident.New()},
		"POST /api/conversations/{id}/notes":                       map[string]any{"id": ident.New(), "body": "mine now"},
		"PATCH /api/conversations/{id}/notes/{noteId}":             map[string]string{"body": "mine now"},
		"POST /api/conversations/{id}/presence":                    map[string]string{"doing": "typing"},
		"PUT /api/canned-replies/{id}":                             map[string]string{"name": "Mallory's", "body": "mine now"},
		"POST /api/canned-replies/{id}/render":                     map[string]string{"conversationId": a.ids["/api/conversations/{id}"]},
		"PUT /api/macros/{id}":                                     map[string]any{"name": "Mallory's", "steps": []map[string]string{{"kind": "open"}}},
		"POST /api/macros/{id}/run":                                map[string]any{"runId": ident.New(), "ids": []string{a.ids["/api/conversations/{id}"]}},
		"PUT /api/conversation-views/{id}":                         map[string]any{"name": "Mallory's", "filter": map[string]string{}},
		"PATCH /api/labels/{id}":                                   map[string]string{"name": "Mallory's"},
		"PATCH /api/closing-reasons/{id}":                          map[string]string{"name": "Mallory's"},
		"PUT /api/teams/{id}":                                      map[string]any{"name": "Mallory's", "members": []string{}},
		"PUT /api/assignment-rules/{id}":                           map[string]any{"name": "Mallory's", "enabled": true, "ways": []string{}},
		"PUT /api/desk/members/{id}":                               map[string]any{"away": true, "capacity": 1},
	}
	if body, ok := bodies[op.Method+" "+op.Path]; ok {
		return body
	}
	return bodyFor(op)
}

// look reads everything of Acme's by its id; each must be there for its owner.
func (a *acme) look() map[string]string {
	a.w.t.Helper()
	seen := map[string]string{}
	for _, op := range a.w.ops {
		id, ok := a.ids[op.Path]
		if !ok || op.Method != http.MethodGet {
			continue
		}
		got := a.w.call(op.Method, fill(op.Path, func(string) string { return id }), a.token, nil)
		if got.status != http.StatusOK {
			a.w.t.Errorf("%s as its owner answers %d: %.300s", op.Path, got.status, got.body)
		}
		seen[op.Path] = string(got.body)
	}
	for _, list := range []string{"/api/tags", "/api/fields", "/api/stages", "/api/members", "/api/invitations", "/api/wallet", "/api/link-domains", "/api/goals", "/api/consent/topics", "/api/consent/requests", "/api/canned-replies", "/api/macros", "/api/conversation-views"} {
		seen[list] = string(a.w.call(http.MethodGet, list, a.token, nil).body)
	}
	return seen
}

// tryForeignReferences puts Acme's ids into the bodies of Bloom's own things.
func (a *acme) tryForeignReferences(bloom string) {
	a.w.t.Helper()
	segment := a.ids["/api/segments/{id}"]
	contact, tag, channel, template := a.ids["/api/contacts/{id}"], a.ids["/api/tags/{id}"], a.ids["/api/channels/{id}"], a.ids["/api/templates/{id}"]
	own, all := a.templateOf(bloom), map[string]bool{"all": true}
	attempts := []struct {
		path string
		body any
	}{
		{"/api/contacts", map[string]any{"name": "Zoya", "phone": "+919845055555", "tags": []string{tag}}},
		{"/api/contacts", map[string]any{"phone": "+919845055556", "stageId": a.ids["/api/stages/{id}"]}},
		{"/api/contacts", map[string]any{"phone": "+919845055557", "ownerId": a.ids["/api/members/{userId}"]}},
		{"/api/bulks", map[string]any{"ids": []string{contact}, "action": map[string]any{"kind": "tags", "add": []string{tag}}}},
		{"/api/bulks", map[string]any{"ids": []string{contact}, "action": map[string]any{"kind": "stage", "stage": a.ids["/api/stages/{id}"]}}},
		{"/api/bulks", map[string]any{"ids": []string{contact}, "action": map[string]any{"kind": "owner", "owner": a.ids["/api/members/{userId}"]}}},
		{"/api/templates", map[string]any{"channelId": channel, "name": "theirs", "language": "en_US", "category": "MARKETING", "body": "Hello there, everybody."}},
		{a.draft(bloom, map[string]any{"channelId": channel, "templateId": own, "audience": all}) + "/start", map[string]any{}},
		{a.draft(bloom, map[string]any{"channelId": channel, "templateId": own, "audience": all}) + "/estimate", nil},
		{a.draft(bloom, map[string]any{"templateId": template, "audience": all}) + "/estimate", nil},
		{a.draft(bloom, map[string]any{"channelId": channel, "templateId": own, "audience": map[string]any{"segments": []string{segment}}}) + "/estimate", nil},
		{"/api/segments/preview", map[string]any{"query": map[string]any{"on": "segment", "op": "is", "values": []string{segment}}}},
		{"/api/segments/preview", map[string]any{"query": map[string]any{"on": "tag", "op": "is", "values": []string{tag}}}},
		{a.draft(bloom, map[string]any{"channelId": channel, "templateId": template, "audience": map[string]any{"tags": []string{tag}}}) + "/start", map[string]any{}},
	}
	for _, try := range attempts {
		got := a.w.call(http.MethodPost, try.path, bloom, try.body)
		if got.status < 400 || got.status >= 500 {
			a.w.t.Errorf("POST %s with Acme's ids in it answers %d: %.300s", try.path, got.status, got.body)
		}
	}
	for _, filter := range []string{"/api/contacts?tag=" + tag, "/api/contacts?q=Asha%20Sharma&tag=" + tag} {
		var page struct{ Items []struct{ ID string } }
		a.w.want(http.MethodGet, filter, bloom, nil, &page)
		if len(page.Items) > 0 {
			a.w.t.Errorf("GET %s finds people by another tenant's tag", filter)
		}
	}
}

// templateOf is a template without places of Bloom's own.
func (a *acme) templateOf(bloom string) (id string) {
	a.w.t.Helper()
	eventually(a.w.t, "Bloom's templates are read from Meta", func() bool {
		var page struct{ Items []struct{ ID, Name string } }
		a.w.want(http.MethodGet, "/api/templates", bloom, nil, &page)
		for _, item := range page.Items {
			if item.Name == "welcome" {
				id = item.ID
			}
		}
		return id != ""
	})
	return id
}

// draft makes a campaign of Bloom's and returns its path. Ids in a draft are only wishes; a
// draft that is refused at once cannot be started either.
func (a *acme) draft(bloom string, wishes map[string]any) string {
	a.w.t.Helper()
	wishes["name"] = "theirs"
	made := a.w.call(http.MethodPost, "/api/campaigns", bloom, wishes)
	var c struct{ ID string }
	if made.status != http.StatusCreated || json.Unmarshal(made.body, &c) != nil {
		c.ID = uuid.NewString()
	}
	return "/api/campaigns/" + c.ID
}
