package link

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme with a campaign of two tracked links, and Lotus with nothing.
type bundle struct {
	t           *testing.T
	spec        string // of the installation's keys
	s           *Service
	clock       *clock.Fake
	acme, lotus uuid.UUID
	campaign    uuid.UUID
	firstClicks map[uuid.UUID]int64 // what the hook heard
}

const shop = "https://shop.example.com/diwali?utm_source=whatsapp"

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Now())
	spec := secret.NewKey("k1")
	keys, err := secret.ParseKeys(spec)
	b := &bundle{t: t, spec: spec, clock: now, acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus"), firstClicks: map[uuid.UUID]int64{}}
	b.must(err)
	tenants := tenant.New(tenant.Deps{DB: d, Clock: now, PublicURL: "http://localhost:8080"})
	b.s = New(Deps{DB: d, Clock: now, Logger: slog.New(slog.DiscardHandler), Keys: keys, Tenants: tenants})
	b.s.Clicked = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, people map[uuid.UUID][]uuid.UUID) error {
		for id, of := range people {
			b.firstClicks[id] += int64(len(of))
		}
		return nil
	}
	b.campaign = b.newCampaign()
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) inAcme(fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.t.Context(), b.acme, fn))
}

func (b *bundle) ann() context.Context { return b.as(b.acme) }

func (b *bundle) as(id uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: id, UserID: id, Role: "owner"})
}

func (b *bundle) placed() []Placed {
	return []Placed{
		{Slot: "body.1", Target: Target{URL: "https://shop.example.com/diwali", UTM: &UTM{Source: "whatsapp"}}},
		{Slot: "button.0", Target: Target{URL: "https://shop.example.com/cart"}, Before: "http://acme.localhost:8080/l/"},
	}
}

func (b *bundle) newCampaign() uuid.UUID {
	b.t.Helper()
	id := ident.New()
	b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into campaigns (tenant_id, id, name, status, created_at, updated_at) values ($1, $2, 'दिवाली', 'running', $3, $3)`, b.acme, id, b.clock.Now())
		if err != nil {
			return err
		}
		return b.s.Sync(ctx, tx, b.acme, id, b.placed())
	})
	return id
}

// person is somebody the campaign was sent to, with the tokens of their two links.
type person struct {
	contact, message uuid.UUID
	tokens           [2]string
}

func (b *bundle) person() (p person) {
	b.t.Helper()
	p.contact, p.message = ident.New(), ident.New()
	b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, created_at)
			values ($1, $2, $2, $3, $4, 'campaign', 'template', 'delivered', $5)`, b.acme, p.message, p.contact, b.campaign, b.clock.Now())
		return err
	})
	p.tokens = b.tokens(p.message)
	return p
}

func (b *bundle) tokens(of uuid.UUID) (tokens [2]string) {
	b.t.Helper()
	b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		tracker, err := b.s.Tracker(ctx, tx, b.acme, b.placed())
		if err != nil {
			return err
		}
		first := tracker.Value("body.1", of)
		tokens = [2]string{first[strings.LastIndex(first, "/")+1:], tracker.Value("button.0", of)}
		return nil
	})
	return tokens
}

// serve answers on one more process: links over real HTTP, clicks recorded.
func (b *bundle) serve() *httptest.Server {
	b.t.Helper()
	clicks := NewClicks(b.s)
	ctx, stop := context.WithCancel(context.WithoutCancel(b.t.Context()))
	done := make(chan error, 1)
	go func() { done <- clicks.Run(ctx) }()
	b.t.Cleanup(func() { stop(); b.must(<-done) })
	return b.listen(clicks)
}

func (b *bundle) listen(clicks *Clicks) *httptest.Server {
	api := web.New(web.Config{})
	clicks.ClickRoutes(api)
	server := httptest.NewServer(api.Handler())
	b.t.Cleanup(server.Close)
	return server
}

// open asks for a link as a person's browser does, unless change says otherwise. It follows nowhere.
func (b *bundle) open(server *httptest.Server, token string, change ...func(*http.Request)) *http.Response {
	b.t.Helper()
	r := opening(chrome)
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, server.URL+Path+token, nil)
	b.must(err)
	req.Header, req.Host = r.Header, "acme.localhost:8080"
	for _, f := range change {
		f(req)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	reply, err := client.Do(req)
	b.must(err)
	_, err = io.Copy(io.Discard, reply.Body)
	b.must(err)
	b.must(reply.Body.Close())
	return reply
}

// counts are people and clicks of both links, then people of the campaign as its counter heard.
func (b *bundle) counts() [5]int64 {
	b.t.Helper()
	links, err := b.s.Links(b.ann(), b.campaign)
	b.must(err)
	return [5]int64{links[0].People, links[0].Clicks, links[1].People, links[1].Clicks, b.firstClicks[b.campaign]}
}

// personOn is a person's token of the first link, whose address must begin as given.
func (b *bundle) personOn(base string) (token string) {
	b.t.Helper()
	p := b.person()
	b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		tracker, err := b.s.Tracker(ctx, tx, b.acme, b.placed()[:1])
		if err != nil {
			return err
		}
		address, found := strings.CutPrefix(tracker.Value("body.1", p.message), base)
		if !found {
			b.t.Errorf("the link is %s", address)
		}
		token = address
		return nil
	})
	return token
}

func hosted(host string) func(*http.Request) { return func(r *http.Request) { r.Host = host } }

// rotatedKeys is the bundle's ring behind a new first key.
func rotatedKeys(b *bundle) *secret.Keyring {
	ring, err := secret.ParseKeys(secret.NewKey("k2") + "," + b.spec)
	b.must(err)
	return ring
}
