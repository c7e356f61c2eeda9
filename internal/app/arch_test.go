package app_test

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func itoa(n int) string { return strconv.Itoa(n) }

// layers are the law: imports point only to the right.
func layers() []string { return []string{"cmd", "app", "feature", "provider", "platform"} }

// layer is a package's place in the law. Migrations belong to platform/db, the built web app
// to app.
func layer(dir string) int {
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "cmd":
		return 0
	case parts[0] == "migrations":
		return slices.Index(layers(), "platform")
	case parts[0] == "web":
		return slices.Index(layers(), "app")
	default:
		return slices.Index(layers(), parts[1])
	}
}

// edge is a feature that may import another. A new one is an architectural decision: its own
// commit, here and in ARCHITECTURE.md.
type edge struct{ from, to, why string }

func featureMap() []edge {
	return []edge{
		{"auth", "user", "proves who somebody is by their credentials"},
		{"auth", "tenant", "a session acts in a workspace, with the role its member has there"},
		{"channel", "billing", "a number's country prices its messages"},
		{"contact", "segment", "a list's filter and an audience are queries, compiled in one place"},
		{"contact", "consent", "its rows follow what the consent record says"},
		{"contact", "billing", "a phone number's market is a price list's market"},
		{"template", "channel", "templates belong to a number's account and are read with its token"},
		{"upload", "channel", "a file is given to Meta for a number, with its token"},
		{"message", "upload", "shows files, by Meta's ids of them"},
		{"message", "channel", "is sent through a number, within its rate and limits"},
		{"message", "contact", "goes to a person, whose consent the gate asks for"},
		{"message", "consent", "asks whether it may go, and tells what a person said"},
		{"message", "template", "carries an approved template"},
		{"message", "billing", "is held, charged and counted"},
		{"link", "tenant", "a tracked link stands on a host of the workspace"},
		{"goal", "contact", "a conversion is a person's, named by any of their addresses"},
		{"mapping", "contact", "a slot's value is a field of a person"},
		{"mapping", "link", "or a tracked link of their own"},
		{"mapping", "template", "fills a template's slots, in the person's language"},
		{"campaign", "mapping", "fills its template for each recipient"},
		{"campaign", "link", "makes places of a template tracked links, and counts who clicked"},
		{"campaign", "message", "hands its recipients to the lane and counts their outcomes"},
		{"campaign", "contact", "freezes an audience"},
		{"campaign", "template", "maps fields to a template's places"},
		{"sequence", "message", "queues a step's message and ends what must not go"},
		{"sequence", "contact", "people come in, and move from stage to stage"},
		{"sequence", "mapping", "fills a step's template, with an event's values too"},
		{"sequence", "template", "a step is an approved template"},
		{"sequence", "consent", "an opt-out ends it"},
		{"sequence", "goal", "reaching a goal ends it"},
		{"campaign", "billing", "shows the cost before the start"},
		{"conversation", "message", "its thread is messages in and out"},
		{"conversation", "upload", "members send files in it"},
		{"conversation", "contact", "it is one person's"},
		{"conversation", "channel", "on one number"},
		{"desk", "conversation", "gives conversations to people"},
		{"desk", "hours", "whom it chooses is there within hours"},
		{"reply", "conversation", "its macros do what members do with conversations"},
		{"reply", "contact", "a canned reply's places are filled with what is known of the person"},
		{"reply", "upload", "files go with it"},
		{"hours", "tenant", "a calendar's zone is one that a workspace may have"},
		{"sla", "conversation", "its clocks follow conversations, and breaches are told in their threads"},
		{"sla", "hours", "a promise counts business time"},
		{"csat", "conversation", "asks about a case, and tells the rating in its thread"},
		{"csat", "message", "hears the answer in what customers write"},
		{"paymentrequest", "message", "is asked with a message, and written with it"},
		{"paymentrequest", "conversation", "tells in the thread what was paid"},
		{"paymentrequest", "channel", "asks Meta for a number's configurations and payments, with its token"},
		{"support", "conversation", "counts what happens in conversations"},
		{"support", "hours", "in business time, on the workspace's days"},
		{"support", "sla", "and which promises were kept"},
		{"support", "csat", "and how people rated"},
		{"notification", "tenant", "the people of a workspace are told, by its clock"},
	}
}

// features lists those of the map, with what each owns.
func features() map[string]string {
	return map[string]string{
		"tenant":         "workspaces, members, roles, settings, hosts",
		"user":           "people, credentials, second factor",
		"auth":           "sessions; token → actor",
		"billing":        "wallet, ledger, usage events, rate cards",
		"channel":        "connected WhatsApp numbers, tokens, quality, limits",
		"segment":        "the query language over contacts, saved segments, contacts' activity",
		"desk":           "teams, who is there, assignment rules, the queue, handing on",
		"conversation":   "conversations, their cases, notes and events, labels, drafts, what was read",
		"reply":          "canned replies, macros",
		"hours":          "calendars of business hours, arithmetic of business time, away messages",
		"sla":            "SLA policies, clocks, breaches and escalation",
		"csat":           "ratings after a case: settings, questions, answers",
		"support":        "the inbox's reports by day, person, team and number",
		"consent":        "the consent record, the decision, STOP words, confirmations, the preference page",
		"contact":        "contacts, identities, tags, imports, present consent",
		"template":       "templates and their approval",
		"upload":         "files that people send, and Meta's ids of them",
		"message":        "every message, its state, its price, the send gate",
		"link":           "tracked links, their tokens, clicks and domains",
		"mapping":        "where each slot of a template gets its value; no table",
		"campaign":       "one-to-many sends",
		"sequence":       "steps that follow each other by time, enrolments, events",
		"notification":   "what people are told of, how, and the browsers that take pushes",
		"paymentrequest": "what people were asked to pay inside WhatsApp, and what became of it",
		"goal":           "goals, conversions and which campaign they count for",
	}
}

func TestImportsPointRight(t *testing.T) {
	t.Parallel()
	for _, f := range readSource(t) {
		from := layer(f.dir)
		if from < 0 {
			t.Errorf("%s: %s is in no layer (%s)", f.path, f.dir, strings.Join(layers(), " → "))
		}
		for _, to := range f.imports {
			if layer(to) < from {
				t.Errorf("%s imports %s: imports point only right (%s)", f.path, to, strings.Join(layers(), " → "))
			}
		}
	}
}

// TestFeatureMap holds features, tests included, against the map.
func TestFeatureMap(t *testing.T) {
	t.Parallel()
	allowed := map[[2]string]bool{}
	for _, e := range featureMap() {
		allowed[[2]string{e.from, e.to}] = true
		if e.why == "" || features()[e.from] == "" || features()[e.to] == "" {
			t.Errorf("the edge %s → %s lacks its reason or names a feature that is none", e.from, e.to)
		}
	}
	for _, f := range readSource(t) {
		from, isFeature := feature(f.dir)
		if !isFeature {
			continue
		}
		if features()[from] == "" {
			t.Errorf("%s: the feature %s is not in the map", f.path, from)
		}
		for _, imported := range f.imports {
			to, ok := feature(imported)
			if ok && to != from && !allowed[[2]string{from, to}] && !f.test {
				t.Errorf("%s imports feature %s: the map has no edge %s → %s; see ARCHITECTURE.md on avoiding it", f.path, to, from, to)
			}
		}
	}
}

// TestFeatureMapHasNoCycle includes the edges that no import uses yet.
func TestFeatureMapHasNoCycle(t *testing.T) {
	t.Parallel()
	after := map[string][]string{}
	for _, e := range featureMap() {
		after[e.from] = append(after[e.from], e.to)
	}
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		if slices.Contains(way, name) {
			t.Fatalf("features import in a circle: %s", strings.Join(append(way, name), " → "))
		}
		for _, next := range after[name] {
			visit(next, append(slices.Clone(way), name))
		}
	}
	for name := range features() {
		visit(name, nil)
	}
}

func feature(dir string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(dir, "internal/feature/")
	name, _, _ = strings.Cut(rest, "/")
	return name, ok
}

// TestProvidersKnowNoDatabase: a provider is somebody else's API, true without our tables.
func TestProvidersKnowNoDatabase(t *testing.T) {
	t.Parallel()
	for _, f := range readSource(t) {
		if !strings.HasPrefix(f.dir, "internal/provider/") || f.test {
			continue
		}
		for _, imported := range f.imports {
			if strings.HasPrefix(imported, "internal/platform/db") || strings.HasPrefix(imported, "internal/platform/queue") {
				t.Errorf("%s imports %s: providers keep nothing in the database", f.path, imported)
			}
		}
	}
}

// TestPackageNames: a package is named for a noun. Names that fit anything collect everything.
func TestPackageNames(t *testing.T) {
	t.Parallel()
	vague := []string{"common", "types", "models", "model", "utils", "util", "helpers", "helper", "misc", "shared", "base", "lib"}
	for _, f := range readSource(t) {
		for _, part := range strings.Split(f.dir, "/") {
			if slices.Contains(vague, part) {
				t.Errorf("%s: %q says nothing about what belongs there; name the noun", f.path, part)
			}
		}
		if slices.Contains(vague, strings.TrimSuffix(path.Base(f.path), ".go")) {
			t.Errorf("%s: the file's name says nothing about what belongs there", f.path)
		}
	}
}

// TestPackageDocs: each package says what it owns.
func TestPackageDocs(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	for _, f := range readSource(t) {
		documented[f.dir] = documented[f.dir] || f.tree.Doc != nil && !f.test
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s has no package doc", dir)
		}
	}
}

// TestFileLength: a file that needs scrolling for minutes has more than one story.
func TestFileLength(t *testing.T) {
	t.Parallel()
	for _, f := range readSource(t) {
		if f.lines > 500 && !ast.IsGenerated(f.tree) {
			t.Errorf("%s has %d lines: split it by noun or by verb (most files have about 100)", f.path, f.lines)
		}
	}
}
