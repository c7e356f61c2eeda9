package campaign

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// shopping is a template whose text and button can be tracked links, and one whose button opens
// the shop itself.
func shopping(seed *whatsappsim.WABASeed) {
	template := func(name, url string) whatsapp.Template {
		return whatsapp.Template{Name: name, Language: "en_US", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "BODY", Text: "Hello {{1}}, the sale is on: {{2}} Come and see!", Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"आशा", "https://shop.example.com"}}}},
			{Type: "BUTTONS", Buttons: []whatsapp.Button{{Type: "URL", Text: "Shop", URL: url + "{{1}}", Example: whatsapp.Strings{url + "x"}}}},
		}}
	}
	seed.Templates = append(seed.Templates, template("sale", "http://acme.localhost:8080/l/"), template("own_shop", "https://shop.example.com/p/"))
}

// wire remembers the bodies that Meta was sent.
type wire struct {
	mu     sync.Mutex
	bodies []string
}

func (w *wire) listen(meta http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			w.mu.Lock()
			w.bodies = append(w.bodies, string(body))
			w.mu.Unlock()
		}
		meta.ServeHTTP(rw, r)
	})
}

// links are the two links in each body: the text's address and the button's token.
func (w *wire) links(t *testing.T) (links [][2]string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	shape := regexp.MustCompile(`http://acme\.localhost:8080/l/([A-Za-z0-9_-]{22})".*"text":"([A-Za-z0-9_-]{22})"`)
	for _, body := range w.bodies {
		found := shape.FindStringSubmatch(body)
		if found == nil {
			t.Fatalf("no tracked links in %s", body)
		}
		links = append(links, [2]string{found[1], found[2]})
	}
	return links
}

// tracked maps the sale's places to tracked links.
func tracked(c *Change) {
	c.Mapping = &[]Source{
		{Slot: "body.1", Field: "name", Fallback: "friend"},
		{Slot: "body.2", Link: &link.Target{URL: "https://shop.example.com/sale", UTM: &link.UTM{Source: "whatsapp"}}},
		{Slot: "button.0", Link: &link.Target{URL: "https://shop.example.com/cart"}},
	}
}

func (b *bundle) sale(name string) func(*Change) {
	id := b.Template(name).ID
	return func(c *Change) { c.TemplateID = &id; tracked(c) }
}

// shop answers tracked links; click opens one as a person's browser does, and says where it led.
func (b *bundle) shop() (click func(token string) string) {
	clicks := link.NewClicks(b.s.Links)
	b.Run(clicks.Run)
	api := web.New(web.Config{})
	clicks.ClickRoutes(api)
	server := httptest.NewServer(api.Handler())
	b.T.Cleanup(server.Close)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(token string) string {
		req, err := http.NewRequestWithContext(b.T.Context(), http.MethodGet, server.URL+"/l/"+token, nil)
		b.Must(err)
		req.Host = "acme.localhost:8080"
		req.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141 Mobile Safari/537.36")
		req.Header.Set("Accept", "text/html")
		req.Header.Set("Accept-Language", "hi")
		reply, err := client.Do(req)
		b.Must(err)
		b.Must(reply.Body.Close())
		return reply.Header.Get("Location")
	}
}

func TestTrackedLinksFromTheFreezeToTheReport(t *testing.T) {
	t.Parallel()
	meta := &wire{}
	b := setup(t, messagetest.Options{Seed: shopping, Wrap: meta.listen})
	b.work()
	b.people(20)
	c := b.draft(b.sale("sale"))
	b.start(c)
	b.awaitRead(c, 20)
	sent := meta.links(t)
	unique := map[string]bool{}
	for _, pair := range sent {
		unique[pair[0]], unique[pair[1]] = true, true
	}
	if len(sent) != 20 || len(unique) != 40 {
		t.Fatalf("%d messages with %d tokens", len(sent), len(unique))
	}
	click := b.shop()
	for _, pair := range sent[:5] {
		if to := click(pair[0]); to != "https://shop.example.com/sale?utm_source=whatsapp" {
			t.Errorf("the text leads to %q", to)
		}
	}
	for _, pair := range sent[3:10] {
		if to := click(pair[1]); to != "https://shop.example.com/cart" {
			t.Errorf("the button leads to %q", to)
		}
	}
	if k := b.get(c).Counts; k.Clicked != 10 || k.Read != 20 {
		t.Errorf("counts: %+v", k)
	}
	links, err := b.s.Links.Links(b.ann(), c.ID)
	b.Must(err)
	if len(links) != 2 || links[0].People != 5 || links[1].People != 7 || links[1].Slot != "button.0" {
		t.Errorf("links: %+v", links)
	}
	people, err := b.s.Links.People(b.ann(), c.ID, 0, uuid.UUID{}, 50)
	b.Must(err)
	if len(people) != 10 || people[0].Name == "" {
		t.Errorf("people: %+v", people)
	}
	b.adds(c, 20)
}

func TestTheFreezeWritesNoRowForALink(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: shopping})
	b.work()
	b.people(30)
	c := b.draft(b.sale("sale"))
	b.start(c)
	b.awaitRead(c, 30)
	b.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		var links, clicks, clickers int
		err := tx.QueryRow(ctx, `select (select count(*) from links), (select count(*) from link_clicks), (select count(*) from link_clickers)`).Scan(&links, &clicks, &clickers)
		if links != 2 || clicks != 0 || clickers != 0 {
			t.Errorf("%d links, %d clicks, %d who clicked", links, clicks, clickers)
		}
		return err
	})
}

func TestAPreviewsLinkIsASample(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: shopping})
	b.people(1)
	c := b.draft(b.sale("sale"))
	previews, err := b.s.Preview(b.ann(), c.ID, 1, 1)
	b.Must(err)
	url := previews[0].Message.Buttons[0].URL
	token, ours := strings.CutPrefix(url, "http://acme.localhost:8080/l/")
	if !ours || previews[0].Problem != "" || !strings.Contains(previews[0].Message.Body, "http://acme.localhost:8080/l/") {
		t.Fatalf("%s; %+v", url, previews[0])
	}
	if to := b.shop()(token); to != "https://shop.example.com/cart" {
		t.Errorf("the sample leads to %q", to)
	}
	if k := b.get(c).Counts; k.Clicked != 0 {
		t.Errorf("a sample counted: %+v", k)
	}
	b.Must(b.s.Delete(b.ann(), c.ID))
	if to := b.shop()(token); to != "" {
		t.Errorf("the sample of a deleted draft leads to %q", to)
	}
}

func TestLinksThatCannotBeTrackedAreNamed(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: shopping})
	with := func(at int, target string) func(*Change) {
		return func(c *Change) { (*c.Mapping)[at].Link = &link.Target{URL: target} }
	}
	for name, changes := range map[string][]func(*Change){
		"the button opens the shop": {b.sale("own_shop")},
		"a script":                  {b.sale("sale"), with(2, "javascript:alert(1)")},
		"nowhere":                   {b.sale("sale"), with(1, "")},
	} {
		c := b.draft(changes...)
		_, err := b.s.Preview(b.ann(), c.ID, 1, 1)
		if fault.KindOf(err) != fault.KindInvalid {
			raw, _ := json.Marshal(c.Mapping)
			t.Errorf("%s: %v (%s)", name, err, raw)
		}
	}
}

// TestEachRunOfASeriesHasLinksOfItsOwn: a run was never a draft that somebody looked at.
func TestEachRunOfASeriesHasLinksOfItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{Seed: shopping})
	h := &hands{b, t, clock.NewFake(moment(t, "2026-11-30T09:00"))}
	b.s.Clock, b.Messages.Clock = h.clock, h.clock
	h.people(2)
	c := h.begin(h.draft(h.sale("sale")), daily("10:00", holidayRun, 6))
	for i, at := range []string{"2026-11-30T10:00", "2026-12-01T10:00"} {
		h.until(at)
		h.Must(h.s.StartDue(t.Context()))
		runs := h.occurrences(c)
		if len(runs) != i+1 || runs[0].CampaignID == nil {
			t.Fatalf("at %s: %+v", at, runs)
		}
		links, err := h.s.Links.Links(h.ann(), *runs[0].CampaignID)
		h.Must(err)
		if len(links) != 2 || links[1].URL != "https://shop.example.com/cart" {
			t.Errorf("the links of run %d: %+v", i+1, links)
		}
	}
}
