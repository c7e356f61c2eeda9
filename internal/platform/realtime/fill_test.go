package realtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// fills counts what was asked for.
type fills struct {
	mu    sync.Mutex
	calls int
	news  int
	fail  bool
}

// fill answers the tenant and what it got.
func (f *fills) fill(_ context.Context, tenant uuid.UUID, news []realtime.Heard) ([]json.RawMessage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	f.news += len(news)
	if f.fail {
		return nil, errors.New("the database is away")
	}
	whole := make([]json.RawMessage, len(news))
	for i, n := range news {
		whole[i] = fmt.Appendf(nil, `{"of":%q,"row":%s}`, tenant, n.Data)
	}
	return whole, nil
}

func (f *fills) counts() (calls, news int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls, f.news
}

// filling starts a process that fills conversations' topics.
func (b *bundle) filling(t *testing.T, f *fills) *process {
	t.Helper()
	node, err := realtime.New(realtime.Config{Authenticate: b.authenticate, Topics: []string{"conversations"}, FillEvery: 20 * time.Millisecond,
		Allows: func(a actor.Actor, topic string) bool { return topic != "secret" },
		Fill:   map[string]realtime.FillFunc{"conversations": f.fill, "conversation:": f.fill}})
	if err != nil {
		t.Fatal(err)
	}
	p := &process{listener: realtime.NewListener(b.db, nil, nil), node: node}
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

func TestNewsIsFilledOncePerProcessForAllBrowsers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var first, second fills
	one, two := b.filling(t, &first), b.filling(t, &second)
	var here []*browser
	for range 5 {
		br, _ := one.connect(t, "ann")
		here = append(here, br)
	}
	there, _ := two.connect(t, "ann")
	hans, _ := one.connect(t, "hans")
	const n = 40
	err := b.db.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		var list []realtime.News
		for i := range n {
			list = append(list, realtime.News{Topic: "conversations", Payload: i})
		}
		return realtime.PublishAll(ctx, tx, b.acme, list)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, br := range append(here, there) {
		for i := range n {
			if _, data := br.news(); data != fmt.Sprintf(`{"of":%q,"row":%d}`, b.acme, i) {
				t.Fatalf("news %d is %s", i, data)
			}
		}
	}
	if calls, news := first.counts(); news != n || calls > n/4 {
		t.Errorf("%d browsers made %d calls of %d news, want few of %d", len(here), calls, news, n)
	}
	b.publish(t, b.globex, "conversations", 7)
	if channel, data := hans.news(); channel != realtime.Channel(b.globex, "conversations") || data != fmt.Sprintf(`{"of":%q,"row":7}`, b.globex) {
		t.Errorf("Hans heard %s on %s", data, channel)
	}
}

func TestNewsNobodyHearsIsNotFilledAndIdsComeWhenFillingFails(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var f fills
	p := b.filling(t, &f)
	ann, _ := p.connect(t, "ann")
	b.publish(t, b.acme, "conversation:7", 1) // nobody has it open
	f.mu.Lock()
	f.fail = true
	f.mu.Unlock()
	b.publish(t, b.acme, "conversations", 2)
	if _, data := ann.news(); data != "2" {
		t.Errorf("while filling fails Ann heard %s", data)
	}
	if _, news := f.counts(); news != 1 {
		t.Errorf("%d news were filled", news)
	}
}

func TestAPersonsTopicIsTheirsAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var f fills
	p := b.filling(t, &f)
	ann, connected := p.connect(t, "ann")
	own := realtime.Channel(b.acme, realtime.PersonTopic(b.ann))
	if _, ok := connected.Connect.Subs[own]; !ok {
		t.Errorf("Ann hears %v by connecting", connected.Connect.Subs)
	}
	const denied = 103
	for _, channel := range []string{realtime.Channel(b.acme, realtime.PersonTopic(b.hans)), realtime.Channel(b.globex, realtime.PersonTopic(b.ann)),
		realtime.Channel(b.acme, "user:"), realtime.Channel(b.acme, "secret")} {
		if r := ann.command("subscribe", map[string]any{"channel": channel}); r.Error == nil || r.Error.Code != denied {
			t.Errorf("Ann subscribes to %s: %+v", channel, r.Error)
		}
	}
	b.publish(t, b.acme, realtime.PersonTopic(b.ann), "for Ann")
	if channel, data := ann.news(); channel != own || data != `"for Ann"` {
		t.Errorf("Ann heard %s on %s", data, channel)
	}
}
