package bench

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/app"
)

// noSequence is why the pages of one sequence are left out.
const noSequence = "the bench seeds no sequence"

// byInboxBench is why the pages of one conversation are left out.
const byInboxBench = "the inbox has a bench of its own, with conversations"

// notWalked are reads that no page waits for.
var notWalked = map[string]string{
	"/api/campaigns/{}/recipients.csv":        "a file of any length, streamed as it is read",
	"/api/consent/export.csv":                 "a file of any length, streamed as it is read",
	"/api/imports/{}/errors.csv":              "a file that the import has written",
	"/api/imports/{}/undo.csv":                "a file that the undoing has written",
	"/api/contact-requests/{}/export.zip":     "a file that a job has written",
	"/api/messages/{}/media":                  "a file that a customer sent",
	"/api/channels/{}/payment-configurations": "WhatsApp is asked, when somebody asks for money",
	"/api/sequences/{}":                       noSequence,
	"/api/sequences/{}/intakes":               noSequence,
	"/api/sequences/{}/people":                noSequence,
	"/api/sequences/{}/versions":              noSequence,
	"/api/template-samples/{}":                "a file that was uploaded",
	"/api/uploads/{}/file":                    "a file that was uploaded",
	"/api/support/report.csv":                 "a file of any length, streamed as it is read",
	"/api/conversations/{}":                   byInboxBench,
	"/api/conversations/{}/thread":            byInboxBench,
	"/api/conversations/{}/cases":             byInboxBench,
}

// asksNothing are routes of the web app that read nothing when they open, or nothing that is there.
var asksNothing = map[string]string{
	"__root": "the frame of every page", "index": "leads to another", "_auth": "the frame of the pages of sign-in",
	"_auth/login": "a form", "_auth/signup": "a form", "_auth/forgot": "a form", "_auth/reset": "a form", "_auth/verify": "a form",
	"_app/sequences/$id/index": noSequence, "_app/sequences/$id/edit": noSequence, "_app/sequences/$id/people": noSequence,
	"_app/inbox/$conversationId": byInboxBench, "_app/inbox/index": "the route above it shows the list",
	"_app/components": "a catalogue of parts, with examples in the browser",
}

// TestEveryReadIsWalked holds the pages against the API's document: a new read is opened by a page
// of the bench, or named here with its reason.
func TestEveryReadIsWalked(t *testing.T) {
	t.Parallel()
	raw, err := app.Spec()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	reads := map[string]bool{}
	for path, operations := range doc.Paths {
		if operations["get"] != nil {
			reads[shape(path)] = true
		}
	}
	walked := map[string]bool{}
	for _, p := range appPages() {
		for _, c := range p.calls {
			if c.body == "" {
				walked[shape(c.path)] = true
			}
		}
	}
	compare(t, "read", reads, walked, notWalked)
}

// TestEveryPageIsWalked holds them against the web app's routes.
func TestEveryPageIsWalked(t *testing.T) {
	t.Parallel()
	routes, walked := map[string]bool{}, map[string]bool{}
	err := fs.WalkDir(os.DirFS("../../../web/apps/app/src/routes"), ".", func(path string, d fs.DirEntry, err error) error {
		if name, isRoute := strings.CutSuffix(path, ".tsx"); isRoute {
			routes[name] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range appPages() {
		walked[p.route] = true
	}
	compare(t, "page", routes, walked, asksNothing)
}

// shape is a path with its places emptied.
func shape(path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}

func compare(t *testing.T, what string, there, walked map[string]bool, exempt map[string]string) {
	t.Helper()
	for one := range there {
		if _, excused := exempt[one]; walked[one] == excused {
			t.Errorf("%s %s is walked: %v, and exempt: %v; it must be one of them", what, one, walked[one], excused)
		}
	}
	for one := range walked {
		if !there[one] {
			t.Errorf("the bench walks the %s %s, which is not there", what, one)
		}
	}
	for one := range exempt {
		if !there[one] {
			t.Errorf("the %s %s is exempt, but not there", what, one)
		}
	}
	if len(there) < 20 {
		t.Errorf("only %d of kind %s were found: the test is blind", len(there), what)
	}
}
