package consent_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme with the contact Asha, and Lotus beside it.
type bundle struct {
	*consent.Service
	t           *testing.T
	db          *db.DB
	clock       *clock.Fake
	contacts    *contact.Service
	acme, lotus uuid.UUID
	asha        contact.Contact
	handler     http.Handler
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d := dbtest.New(t)
	b := &bundle{t: t, db: d, clock: clock.NewFake(time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)),
		acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus")}
	log := slog.New(slog.DiscardHandler)
	var err error
	b.Service, err = consent.New(consent.Deps{DB: d, Clock: b.clock, Logger: log, Secrets: secret.NewKey("k1"), PublicURL: "http://acme.test"})
	b.must(err)
	b.Service.Hooks = consent.Hooks{Change: contact.ChangeConsent}
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: b.clock, Logger: log})
	b.must(err)
	blobs, err := blob.NewDir(t.TempDir(), 0)
	b.must(err)
	b.contacts = contact.New(contact.Deps{DB: d, Clock: b.clock, Queue: jobs, Blobs: blobs, Logger: log})
	name, phone := "आशा 🌸", "+919812345678"
	b.asha, err = b.contacts.Create(b.ann(), contact.Change{Name: &name, Phone: &phone}, nil)
	b.must(err)
	b.handler = b.api().Handler()
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) ann() context.Context { return b.as(b.acme, "ann@acme.test") }

func (b *bundle) as(tenant uuid.UUID, email string) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, Role: "owner", Email: email})
}

func (b *bundle) api() *web.API {
	api := web.New(web.Config{Clock: b.clock, LimitsOff: true,
		Authenticate: func(_ context.Context, r *http.Request) (actor.Actor, error) {
			who := map[string]context.Context{"ann": b.ann(), "bob": b.as(b.lotus, "bob@lotus.test")}[r.Header.Get("Authorization")]
			if who == nil {
				return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
			}
			return actor.Must(who), nil
		},
		Allows: func(actor.Actor, actor.Permission) bool { return true }})
	b.Routes(api)
	b.contacts.Routes(api)
	return api
}

func (b *bundle) look() contact.Contact {
	b.t.Helper()
	c, err := b.contacts.Get(b.ann(), b.asha.ID)
	b.must(err)
	return c
}

func (b *bundle) history() []consent.Record {
	b.t.Helper()
	page, err := b.History(b.ann(), b.asha.ID, web.PageQuery{Limit: 50})
	b.must(err)
	return page.Items
}

func (b *bundle) hear(text string) (reply string) {
	b.t.Helper()
	b.clock.Advance(time.Minute)
	b.must(b.db.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) (err error) {
		replies, err := b.Hear(ctx, tx, b.acme, []consent.Heard{{ContactID: b.asha.ID, MessageID: uuid.New(), WAMID: "wamid." + uuid.NewString(),
			Type: "text", Text: text, At: b.clock.Now()}})
		reply = strings.Join(replies, "")
		return err
	}))
	return reply
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.json", func(t *testing.T) webtest.World {
		b := setup(t)
		b.hear("I am getting too many of these, hmm stop?")
		return webtest.World{Handler: b.handler, As: map[string]string{"ann": "ann", "bob": "bob"},
			Known: map[string]string{"acme": b.acme.String(), "asha": b.asha.ID.String(), "token": b.Token(b.acme, b.asha.ID)}}
	})
}

// TestTheRecordOnlyGrows: the database itself refuses to change or remove what was recorded.
func TestTheRecordOnlyGrows(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.hear("stop")
	for _, sql := range []string{`update consent_records set state = 'in' where tenant_id = $1`, `delete from consent_records where tenant_id = $1`} {
		err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, sql, b.acme)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if len(b.history()) != 1 {
		t.Errorf("the record: %+v", b.history())
	}
}

// TestEveryWayIsRecorded: each change of the row has its record, in the same transaction, with who,
// how and the text shown.
func TestEveryWayIsRecorded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	in := &contact.Consent{State: contact.OptInGiven, Source: "Shop", Evidence: "Signed form 17", Shown: "I want offers"}
	_, err := b.contacts.Edit(b.ann(), b.asha.ID, contact.Change{OptIn: in})
	b.must(err)
	_, err = b.contacts.Edit(b.ann(), b.asha.ID, contact.Change{OptIn: in}) // nothing new
	b.must(err)
	b.clock.Advance(time.Minute)
	b.must(b.State(b.ann(), b.asha.ID, consent.Statement{Purpose: consent.Utility, State: consent.Out, Source: "Phone", Evidence: "Call of 10:15"}))
	b.clock.Advance(time.Minute)
	_, err = b.contacts.SuppressOne(b.ann(), b.asha.ID, "asked by mail")
	b.must(err)
	b.clock.Advance(time.Minute)
	_, err = b.contacts.UnsuppressOne(b.ann(), b.asha.ID)
	b.must(err)
	b.hear("बंद करो")
	got := ""
	for _, r := range b.history() {
		got += string(r.Via) + " " + string(r.Purpose) + " " + string(r.State) + " " + r.By + " " + r.Shown + ";"
	}
	want := "word marketing out contact ;screen all in ann@acme.test ;screen all out ann@acme.test ;" +
		"screen utility out ann@acme.test ;screen marketing in ann@acme.test I want offers;"
	if got != want {
		t.Errorf("the record:\n%s\nnot\n%s", got, want)
	}
	first := b.history()[4]
	if first.WithdrawnAt == nil || first.Evidence != "Signed form 17" {
		t.Errorf("the consent that was taken back: %+v", first)
	}
	if c := b.look(); c.OptIn.State != contact.OptInRefused || !c.UtilityOut || c.Suppressed != nil {
		t.Errorf("the row: %+v", c)
	}
}

func TestAnImportRecordsWhatItGaveAndTook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	file := "name,phone,opt-in\nAsha,9812345678,no\nBob,9812345679,yes\nChandra,9812345680,\n"
	imp, err := b.contacts.Upload(b.ann(), "लोग.csv", strings.NewReader(file))
	b.must(err)
	imp, err = b.contacts.Start(b.ann(), imp.ID, contact.Options{Mapping: []contact.Target{contact.ToName, contact.ToPhone, contact.ToOptIn}, Country: "IN"})
	b.must(err)
	_, err = b.contacts.RunImport(b.ann(), b.acme, imp.ID, 0)
	b.must(err)
	rows := b.export()
	if len(rows) != 2 || rows[0]["state"]+rows[1]["state"] != "outin" && rows[0]["state"]+rows[1]["state"] != "inout" {
		t.Fatalf("the record: %v", rows)
	}
	for _, row := range rows {
		if row["via"] != "import" || row["batch_id"] != imp.ID.String() || row["evidence"] != "लोग.csv" {
			t.Errorf("a row: %v", row)
		}
	}
}

// export reads the CSV back, by column.
func (b *bundle) export() (rows []map[string]string) {
	b.t.Helper()
	var out bytes.Buffer
	b.must(b.Export(b.ann(), &out))
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	b.must(err)
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTheExportIsOneTenantsAndDisarmed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.must(b.State(b.ann(), b.asha.ID, consent.Statement{Purpose: consent.Marketing, State: consent.In, Source: "=HYPERLINK(1)", Evidence: "हाँ, \"ज़रूर\""}))
	rows := b.export()
	if len(rows) != 1 || rows[0]["source"] != "'=HYPERLINK(1)" || rows[0]["evidence"] != "हाँ, \"ज़रूर\"" || rows[0]["phone"] != "'+919812345678" {
		t.Errorf("exported: %v", rows)
	}
	var out bytes.Buffer
	b.must(b.Export(b.as(b.lotus, "bob@lotus.test"), &out))
	if lines := strings.Count(out.String(), "\r\n"); lines != 1 {
		t.Errorf("Lotus exports %d lines", lines)
	}
}

// browse is a phone at the preference page.
func (b *bundle) browse(method, language string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(method, consent.PagePath+b.Token(b.acme, b.asha.ID), strings.NewReader(form.Encode()))
	r.Host, r.RemoteAddr = "acme.test", "203.0.113.9:4711"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", language)
	r.Header.Set("User-Agent", "Phone/1.0")
	for _, alter := range change {
		alter(r)
	}
	answer := httptest.NewRecorder()
	b.handler.ServeHTTP(answer, r)
	return answer
}

func (b *bundle) choose(form url.Values) {
	b.t.Helper()
	b.clock.Advance(time.Minute)
	if got := b.browse("POST", "hi-IN", form); got.Code != http.StatusSeeOther || !strings.Contains(got.Header().Get("Location"), "saved") {
		b.t.Fatalf("the form answers %d: %s", got.Code, got.Body)
	}
}

func TestThePageSpeaksTheReadersLanguageAndTellsNobody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.AddTopic(b.ann(), consent.TopicDraft{Name: "Sarees", NameHindi: "साड़ियाँ"})
	b.must(err)
	for language, wants := range map[string][]string{
		"en-GB,en;q=0.9":          {`lang="en"`, "Choose what acme may send you", "Sarees", "•••• 5678", "हिन्दी में देखें"},
		"hi-IN,hi;q=0.9,en;q=0.8": {`lang="hi"`},
		"hi":                      {`lang="hi"`, "साड़ियाँ", "मेरी पसंद सहेजें"},
		"fr, hi;q=0.8, en;q=0.3":  {`lang="hi"`},
		"":                        {`lang="en"`},
	} {
		got := b.browse("GET", language, nil)
		for _, want := range wants {
			if !strings.Contains(got.Body.String(), want) {
				t.Errorf("in %q the page lacks %q", language, want)
			}
		}
		for _, secret := range []string{"आशा", "9812345678", "<script"} {
			if strings.Contains(got.Body.String(), secret) {
				t.Errorf("the page shows %q", secret)
			}
		}
		h := got.Header()
		if got.Code != 200 || h.Get("Referrer-Policy") != "same-origin" || h.Get("X-Frame-Options") != "DENY" || h.Get("Cache-Control") != "no-store" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("the page's headers: %d %v", got.Code, h)
		}
	}
	if records := b.history(); len(records) != 0 {
		t.Errorf("looking changed something: %+v", records)
	}
}

func TestChoosingLeavingAndReturning(t *testing.T) {
	t.Parallel()
	b := setup(t)
	topic, err := b.AddTopic(b.ann(), consent.TopicDraft{Name: "Sarees", NameHindi: "साड़ियाँ"})
	b.must(err)
	b.choose(url.Values{"action": {"save"}, "lang": {"hi"}, "marketing": {"in"}, "utility": {"in"}, "days": {"7"}})
	c := b.look()
	if c.OptIn.State != contact.OptInGiven || c.MarketingDays != 7 || len(c.TopicsOut) != 1 || c.TopicsOut[0] != topic.ID || c.UtilityOut {
		t.Errorf("after choosing: %+v", c)
	}
	records := b.history()
	if len(records) != 3 {
		t.Fatalf("the record: %+v", records)
	}
	for _, r := range records {
		if r.Via != consent.ViaPage || r.By != consent.ByContact || r.Shown == "" || r.Proof["browser"] != "Phone/1.0" || len(r.Proof["address"]) != 32 ||
			strings.Contains(r.Proof["address"], "203.0.113.9") {
			t.Errorf("a record: %+v", r)
		}
	}
	b.choose(url.Values{"action": {"save"}, "lang": {"hi"}, "marketing": {"in"}, "utility": {"in"}, "days": {"7"}})
	if got := b.history(); len(got) != 3 {
		t.Errorf("saving the same again recorded %d", len(got)-3)
	}
	b.choose(url.Values{"action": {"leave"}})
	if c := b.look(); c.Suppressed == nil || c.Suppressed.By != consent.ByContact || c.OptIn.State != contact.OptInRefused {
		t.Errorf("after leaving: %+v", c)
	}
	if page := b.browse("GET", "en", nil).Body.String(); !strings.Contains(page, "You get no messages from acme") {
		t.Error("the page does not say that they left")
	}
	b.choose(url.Values{"action": {"return"}})
	if c := b.look(); c.Suppressed != nil || c.OptIn.State != contact.OptInGiven {
		t.Errorf("after returning: %+v", c)
	}
}

func TestWhoTheWorkspaceSuppressedCannotReturnByThemselves(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.contacts.SuppressOne(b.ann(), b.asha.ID, "threats")
	b.must(err)
	b.choose(url.Values{"action": {"return"}})
	b.hear("START")
	if c := b.look(); c.Suppressed == nil {
		t.Errorf("they returned: %+v", c)
	}
}

func TestAForeignSiteCannotPost(t *testing.T) {
	t.Parallel()
	b := setup(t)
	leave := url.Values{"action": {"leave"}}
	for name, header := range map[string][2]string{"fetch metadata": {"Sec-Fetch-Site", "cross-site"}, "origin": {"Origin", "https://evil.test"}} {
		got := b.browse("POST", "en", leave, func(r *http.Request) { r.Header.Set(header[0], header[1]) })
		if got.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	forged := func(r *http.Request) {
		other := []byte(r.URL.Path)
		other[len(other)-5] ^= 1
		r.URL.Path = string(other)
	}
	if got := b.browse("POST", "en", leave, forged); got.Code != http.StatusNotFound {
		t.Errorf("a forged token: %d", got.Code)
	}
	if got := b.browse("GET", "en", nil, forged); got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "This link does not work") {
		t.Errorf("a forged link: %d %s", got.Code, got.Body)
	}
	if len(b.history()) != 0 {
		t.Error("something was recorded")
	}
}

func TestStopAndStartAnswerOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	settings, err := b.Settings(b.ann())
	b.must(err)
	settings.StopReply, settings.StartReply = "ठीक है", "स्वागत है"
	_, err = b.SaveSettings(b.ann(), settings)
	b.must(err)
	for _, step := range []struct{ text, reply string }{
		{"hello", ""}, {"STOP", "ठीक है"}, {"stop", ""}, {"START", "स्वागत है"}, {"start", ""}, {"मुझे मैसेज मत भेजो", "ठीक है"},
	} {
		if got := b.hear(step.text); got != step.reply {
			t.Errorf("%q is answered %q, not %q", step.text, got, step.reply)
		}
	}
	settings.StopMeans = consent.All
	_, err = b.SaveSettings(b.ann(), settings)
	b.must(err)
	if got := b.hear("STOP"); got != "" || b.look().Suppressed == nil {
		t.Errorf("leaving is answered %q: %+v", got, b.look())
	}
	if got := b.hear("शुरू करें"); got != "स्वागत है" || b.look().Suppressed != nil {
		t.Errorf("coming back is answered %q: %+v", got, b.look())
	}
}

func TestWhatIsNotCertainWaitsForAPerson(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.hear("Don't take my name off the waiting list!")
	if got := b.look().OptIn.State; got != contact.OptInUnknown {
		t.Fatalf("Asha is %s", got)
	}
	page, err := b.Requests(b.ann(), true, web.PageQuery{Limit: 10})
	b.must(err)
	if len(page.Items) != 1 || page.Items[0].State != consent.RequestOpen {
		t.Fatalf("open: %+v", page.Items)
	}
	id := page.Items[0].ID
	if _, err := b.Decide(b.ann(), id, consent.DecideUndo); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("undoing what was not done: %v", err)
	}
	if _, err := b.Decide(b.as(b.lotus, "bob@lotus.test"), id, consent.DecideStop); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another workspace: %v", err)
	}
	r, err := b.Decide(b.ann(), id, consent.DecideLeave)
	b.must(err)
	if c := b.look(); r.State != consent.RequestLeft || r.DecidedBy != "ann@acme.test" || c.Suppressed == nil {
		t.Errorf("decided: %+v %+v", r, c)
	}
	if _, err := b.Decide(b.ann(), id, consent.DecideStop); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("deciding twice: %v", err)
	}
}
