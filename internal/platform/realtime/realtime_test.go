package realtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const patience = 60 * time.Second

// process is one process: its listener and its websocket server.
type process struct {
	listener *realtime.Listener
	node     *realtime.Node
	url      string
}

type bundle struct {
	db           *db.DB
	url          string // as the database's owner
	acme, globex uuid.UUID
	ann, hans    uuid.UUID // Ann of Acme, Hans of Globex; tokens "ann" and "hans"
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{url: dbtest.URL(t), ann: uuid.New(), hans: uuid.New()}
	opened, err := db.Open(t.Context(), db.Config{URL: b.url, MaxConns: 4, SystemMaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(opened.Close)
	b.db = opened
	b.acme, b.globex = dbtest.Tenant(t, b.db, "acme"), dbtest.Tenant(t, b.db, "globex")
	return b
}

func (b *bundle) authenticate(_ context.Context, token string) (actor.Actor, error) {
	switch token {
	case "ann":
		return actor.Actor{Kind: actor.User, UserID: b.ann, TenantID: b.acme}, nil
	case "hans":
		return actor.Actor{Kind: actor.User, UserID: b.hans, TenantID: b.globex}, nil
	case "olga":
		return actor.Actor{Kind: actor.Platform, UserID: uuid.New(), Platform: true}, nil
	case "outage":
		return actor.Actor{}, errors.New("dial postgres: refused")
	}
	return actor.Actor{}, fault.Unauthenticated("Sign in to continue.")
}

// process starts one that relays news, and waits until it listens.
func (b *bundle) process(t *testing.T, bells map[string]func(string)) *process {
	t.Helper()
	node, err := realtime.New(realtime.Config{Authenticate: b.authenticate, Topics: []string{"wallet"}})
	if err != nil {
		t.Fatal(err)
	}
	p := &process{listener: realtime.NewListener(b.db, nil, nil), node: node}
	for bell, fn := range bells {
		p.listener.Bell(bell, fn)
	}
	p.listener.Relay(node)
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	wait.Go(func() { _ = node.Run(ctx) })
	wait.Go(func() { p.listener.Run(ctx) })
	api := web.New(web.Config{})
	api.Raw("GET", "/connection/websocket", web.Public, node.Handler().ServeHTTP)
	server := httptest.NewServer(api.Handler())
	p.url = "ws" + strings.TrimPrefix(server.URL, "http") + "/connection/websocket"
	t.Cleanup(func() {
		cancel()
		wait.Wait()
		server.Close()
	})
	until(t, "the process listens", p.listener.Live)
	return p
}

func (b *bundle) publish(t *testing.T, tenant uuid.UUID, topic string, payload any) {
	t.Helper()
	err := b.db.InTenant(t.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		return realtime.Publish(ctx, tx, tenant, topic, payload)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func until(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !condition(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited too long until %s", what)
		}
	}
}

// browser speaks centrifuge's JSON protocol: one command or reply per line.
type browser struct {
	t    *testing.T
	conn *websocket.Conn
	next int
	rest []string // lines of the last frame not read yet
}

type reply struct {
	ID      int                               `json:"id"`
	Error   *struct{ Code int }               `json:"error"`
	Connect *struct{ Subs map[string]stream } `json:"connect"`
	Sub     *stream                           `json:"subscribe"`
	Push    *struct {
		Channel    string              `json:"channel"`
		Pub        *publication        `json:"pub"`
		Disconnect *struct{ Code int } `json:"disconnect"`
	} `json:"push"`
}

type stream struct {
	Epoch        string
	Offset       uint64
	Recovered    bool
	Publications []publication
}

type publication struct {
	Data   json.RawMessage
	Offset uint64
}

func (p *process) dial(t *testing.T) *browser {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), p.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &browser{t: t, conn: conn}
}

// connect opens a connection with a token that must hold.
func (p *process) connect(t *testing.T, token string) (*browser, *reply) {
	t.Helper()
	br := p.dial(t)
	r := br.command("connect", map[string]any{"token": token})
	if r.Error != nil || r.Connect == nil {
		t.Fatalf("connect as %s: %+v", token, r)
	}
	return br, r
}

// command sends one and returns its reply, passing over pushes.
func (br *browser) command(name string, body map[string]any) *reply {
	br.t.Helper()
	br.send(name, body)
	for {
		if r := br.read(); r.ID == br.next {
			return r
		}
	}
}

func (br *browser) send(name string, body map[string]any) {
	br.t.Helper()
	br.next++
	raw, _ := json.Marshal(map[string]any{"id": br.next, name: body})
	if err := br.conn.Write(br.t.Context(), websocket.MessageText, raw); err != nil {
		br.t.Fatal(err)
	}
}

func (br *browser) read() *reply {
	br.t.Helper()
	r, err := br.tryRead()
	if err != nil {
		br.t.Fatal(err)
	}
	return r
}

func (br *browser) tryRead() (*reply, error) {
	if len(br.rest) == 0 {
		ctx, cancel := context.WithTimeout(br.t.Context(), patience)
		defer cancel()
		_, raw, err := br.conn.Read(ctx)
		if err != nil {
			return nil, err
		}
		br.rest = strings.Split(strings.TrimSpace(string(raw)), "\n")
	}
	var r reply
	first := br.rest[0]
	br.rest = br.rest[1:]
	return &r, json.Unmarshal([]byte(first), &r)
}

// news returns the next publication.
func (br *browser) news() (channel, data string) {
	br.t.Helper()
	for {
		if r := br.read(); r.Push != nil && r.Push.Pub != nil {
			return r.Push.Channel, string(r.Push.Pub.Data)
		}
	}
}

func TestCommittedNewsReachesTheTenantInEveryProcess(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.process(t, nil), b.process(t, nil)
	annHere, connected := one.connect(t, "ann")
	annThere, _ := two.connect(t, "ann")
	hans, _ := one.connect(t, "hans")
	if _, ok := connected.Connect.Subs[realtime.Channel(b.acme, "wallet")]; !ok || len(connected.Connect.Subs) != 2 {
		t.Errorf("subscribed to %v by connecting", connected.Connect.Subs)
	}
	undone := errors.New("undone")
	err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		if err := realtime.Publish(ctx, tx, b.acme, "wallet", map[string]int{"available": -1}); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	b.publish(t, b.acme, "wallet", map[string]int{"available": 100})
	b.publish(t, b.globex, "wallet", map[string]int{"available": 7})
	for _, ann := range []*browser{annHere, annThere} {
		if channel, data := ann.news(); channel != realtime.Channel(b.acme, "wallet") || data != `{"available":100}` {
			t.Errorf("Ann heard %s on %s", data, channel)
		}
	}
	if channel, data := hans.news(); channel != realtime.Channel(b.globex, "wallet") || data != `{"available":7}` {
		t.Errorf("Hans heard %s on %s", data, channel)
	}
}

func TestNobodyHearsAnotherTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.process(t, nil)
	const denied, unavailable = 103, 108
	for token, channels := range map[string]map[string]int{
		"ann": {
			realtime.Channel(b.acme, "campaign:7"):   0,
			realtime.Channel(b.globex, "campaign:7"): denied,
			realtime.Channel(b.globex, "wallet"):     denied,
			realtime.Channel(b.acme, ""):             denied,
			realtime.Channel(uuid.Nil, "wallet"):     denied,
			"tenant:":                                denied,
			"news":                                   denied,
		},
		"olga": {
			realtime.Channel(b.acme, "wallet"):   denied,
			realtime.Channel(uuid.Nil, "wallet"): denied,
		},
	} {
		br, _ := p.connect(t, token)
		for channel, code := range channels {
			r := br.command("subscribe", map[string]any{"channel": channel})
			if (code == 0) != (r.Error == nil) || r.Error != nil && r.Error.Code != code {
				t.Errorf("%s subscribes to %s: %+v, want code %d", token, channel, r.Error, code)
			}
		}
		own := realtime.Channel(b.acme, "campaign:7")
		for _, command := range []string{"publish", "history", "presence"} {
			r := br.command(command, map[string]any{"channel": own, "data": map[string]string{"forged": "yes"}})
			if r.Error == nil || r.Error.Code != unavailable && r.Error.Code != denied {
				t.Errorf("%s may %s: %+v", token, command, r)
			}
		}
	}
}

func TestBadTokensAreSentForAnother(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.process(t, nil)
	const tokenExpired, internal = 109, 100
	for token, code := range map[string]int{"": tokenExpired, "forged": tokenExpired, "outage": internal} {
		r := p.dial(t).command("connect", map[string]any{"token": token})
		if r.Error == nil || r.Error.Code != code {
			t.Errorf("token %q: %+v, want error %d", token, r, code)
		}
	}
	br, _ := p.connect(t, "ann")
	if r := br.command("refresh", map[string]any{"token": "ann"}); r.Error != nil {
		t.Errorf("refresh with a good token: %+v", r.Error)
	}
	br.send("refresh", map[string]any{"token": "hans"})
	const connectionExpired = 3005
	if r, err := br.tryRead(); websocket.CloseStatus(err) != connectionExpired {
		t.Errorf("a connection of Ann with the token of Hans: %+v, %v", r, err)
	}
}

func TestDroppedConnectionGetsWhatItMissed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.process(t, nil)
	topic := realtime.Channel(b.acme, "campaign:7")
	first, _ := p.connect(t, "ann")
	at := first.command("subscribe", map[string]any{"channel": topic}).Sub
	b.publish(t, b.acme, "campaign:7", map[string]int{"sent": 1})
	first.news()
	_ = first.conn.CloseNow()
	b.publish(t, b.acme, "campaign:7", map[string]int{"sent": 2})
	witness, _ := p.connect(t, "ann")
	witness.command("subscribe", map[string]any{"channel": topic})
	b.publish(t, b.acme, "campaign:7", map[string]int{"sent": 3})
	for data := ""; data != `{"sent":3}`; {
		_, data = witness.news()
	}
	second, _ := p.connect(t, "ann")
	back := second.command("subscribe", map[string]any{"channel": topic, "recover": true, "epoch": at.Epoch, "offset": at.Offset + 1}).Sub
	if back == nil || !back.Recovered || len(back.Publications) != 2 || string(back.Publications[1].Data) != `{"sent":3}` {
		t.Fatalf("recovered %+v", back)
	}
}

func TestKickEndsAUsersConnections(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.process(t, nil)
	ann, _ := p.connect(t, "ann")
	hans, _ := p.connect(t, "hans")
	err := b.db.Global(t.Context(), func(ctx context.Context, tx pgx.Tx) error { return realtime.Kick(ctx, tx, b.ann) })
	if err != nil {
		t.Fatal(err)
	}
	for {
		r, err := ann.tryRead()
		if websocket.CloseStatus(err) > 0 || r != nil && r.Push != nil && r.Push.Disconnect != nil {
			break
		}
		if err != nil {
			t.Fatalf("Ann's connection: %v", err)
		}
	}
	b.publish(t, b.globex, "wallet", 1)
	hans.news()
}

func TestBellsRingAfterCommitAndOnceForAllAfterConnecting(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rings := make(chan string, 100)
	p := b.process(t, map[string]func(string){"lane": func(id string) { rings <- id }})
	if id := rung(t, rings); id != "" {
		t.Fatalf("the first ring is for %q, want for everything", id)
	}
	err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		if err := realtime.Ring(ctx, tx, "campaign", "not-ours"); err != nil {
			return err
		}
		return realtime.Ring(ctx, tx, "lane", "channel-7")
	})
	if err != nil {
		t.Fatal(err)
	}
	if id := rung(t, rings); id != "channel-7" {
		t.Fatalf("rang for %q", id)
	}
	ann, _ := p.connect(t, "ann")
	b.breakListeners(t)
	if id := rung(t, rings); id != "" {
		t.Fatalf("after the connection broke it rang for %q, want for everything", id)
	}
	if _, data := ann.news(); data != `{"resync":true}` {
		t.Errorf("after the connection broke Ann heard %s, want a resync", data)
	}
	until(t, "the process listens again", p.listener.Live)
	b.publish(t, b.acme, "wallet", "later")
	_, data := ann.news()
	for data == `{"resync":true}` { // one per topic she hears
		_, data = ann.news()
	}
	if data != `"later"` {
		t.Errorf("after reconnecting Ann heard %s", data)
	}
}

// breakListeners ends the listening connections of this test's database, as a restart would.
func (b *bundle) breakListeners(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	tag, err := conn.Exec(t.Context(), `
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and query like 'listen %'`)
	if err != nil || tag.RowsAffected() != 1 {
		t.Fatalf("ended %d connections, %v; want the listener's", tag.RowsAffected(), err)
	}
}

// rung returns what the next ring is for.
func rung(t *testing.T, rings <-chan string) string {
	t.Helper()
	select {
	case id := <-rings:
		return id
	case <-time.After(patience):
		t.Fatal("no bell rang")
		return ""
	}
}

func TestNoticesAreCheckedBeforeTheyAreSent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		for name, err := range map[string]error{
			"too long":    realtime.Publish(ctx, tx, b.acme, "wallet", strings.Repeat("नमस्ते", 1000)),
			"topic":       realtime.Publish(ctx, tx, b.acme, "Wallet Topic", 1),
			"unmarshaled": realtime.Publish(ctx, tx, b.acme, "wallet", make(chan int)),
			"bell":        realtime.Ring(ctx, tx, "two words", "1"),
		} {
			if err == nil {
				t.Errorf("%s: sent", name)
			}
		}
		return realtime.Publish(ctx, tx, b.acme, "wallet", strings.Repeat("नमस्ते", 300))
	})
	if err != nil {
		t.Errorf("a long notice that fits: %v", err)
	}
}

func TestOtherSitesCannotConnect(t *testing.T) {
	t.Parallel()
	p := setup(t).process(t, nil)
	for origin, ok := range map[string]bool{"https://evil.test": false, "null": false, "http://" + strings.TrimPrefix(strings.TrimSuffix(p.url, "/connection/websocket"), "ws://"): true} {
		conn, _, err := websocket.Dial(t.Context(), p.url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}})
		if (err == nil) != ok {
			t.Errorf("from %s: %v", origin, err)
		}
		if conn != nil {
			_ = conn.CloseNow()
		}
	}
}
