package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
)

// browser is an inbox that somebody looks at: a connection in centrifuge's JSON protocol, one command or
// push per line.
type browser struct {
	live   *live
	firm   int
	server int

	mu    sync.Mutex
	conn  *websocket.Conn
	ended bool
	done  chan struct{} // closed once the reader has ended

	seen      map[uuid.UUID]time.Time // message → when it was on the screen
	strangers int                     // news of another channel
	offset    uint64
	epoch     string
	cutAt     time.Time
	backAt    time.Time
	recovered int
	refetched int
}

// frame is a line of the protocol, as far as it matters here.
type frame struct {
	ID      int
	Error   *struct{ Code int }
	Connect *struct {
		Subs map[string]struct {
			Epoch        string
			Offset       uint64
			Recovered    bool
			Publications []publication
		}
	}
	Push *struct {
		Channel string
		Pub     *publication
	}
}

type publication struct {
	Data   listNews
	Offset uint64
}

// listNews is a change of the list.
type listNews struct {
	ID      uuid.UUID
	What    string
	Message *uuid.UUID
}

func (b *browser) audience() *audience { return b.live.firms[b.firm] }

// open connects and reads until the line ends.
func (b *browser) open(ctx context.Context) error {
	conn, _, err := websocket.Dial(ctx, "ws://"+b.live.servers[b.server]+"/connection/websocket", nil)
	if err != nil {
		return err
	}
	conn.SetReadLimit(4 << 20)
	if err := b.greet(ctx, conn); err != nil {
		_ = conn.CloseNow()
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return conn.CloseNow()
	}
	b.conn, b.done = conn, make(chan struct{})
	go b.read(context.WithoutCancel(ctx), conn, b.done)
	return nil
}

// greet connects, and asks for what was missed where there was a connection before.
func (b *browser) greet(ctx context.Context, conn *websocket.Conn) error {
	connect := map[string]any{"token": b.audience().token}
	if b.epoch != "" {
		connect["subs"] = map[string]any{b.audience().topic: map[string]any{"recover": true, "epoch": b.epoch, "offset": b.offset}}
	}
	raw, err := json.Marshal(map[string]any{"id": 1, "connect": connect})
	if err != nil {
		return err
	}
	if err := conn.Write(ctx, websocket.MessageText, raw); err != nil {
		return err
	}
	_, answer, err := conn.Read(ctx)
	if err != nil {
		return err
	}
	line, rest, _ := bytes.Cut(answer, []byte("\n"))
	var f frame
	if err := json.Unmarshal(line, &f); err != nil {
		return err
	}
	if f.Connect == nil {
		return fmt.Errorf("connecting was answered by %s", line)
	}
	return b.welcomed(ctx, f, rest)
}

// welcomed takes what the server kept for this browser; where it did not keep enough, it reads afresh.
func (b *browser) welcomed(ctx context.Context, f frame, rest []byte) error {
	sub, ok := f.Connect.Subs[b.audience().topic]
	if !ok {
		return errors.New("the server does not subscribe browsers to their inbox")
	}
	back := b.epoch != ""
	b.mu.Lock()
	b.epoch, b.offset = sub.Epoch, max(sub.Offset, 0)
	b.mu.Unlock()
	now := time.Now()
	for _, p := range sub.Publications {
		b.show(p.Data, now)
	}
	b.lines(rest)
	if !back {
		return nil
	}
	return b.returned(ctx, now, sub.Recovered)
}

// returned takes note of a second connection, and reads afresh what was not recovered.
func (b *browser) returned(ctx context.Context, now time.Time, recovered bool) error {
	b.mu.Lock()
	b.backAt = now
	if recovered {
		b.recovered++
	} else {
		b.refetched++
	}
	b.mu.Unlock()
	if recovered {
		return nil
	}
	return b.refetch(ctx)
}

// refetch reads what the screen shows: the list, and the threads behind it.
func (b *browser) refetch(ctx context.Context) error {
	var list struct{ Items []struct{ ID uuid.UUID } }
	addr, token := b.live.servers[b.server], b.audience().bears
	if err := callJSON(ctx, http.MethodGet, addr, "/api/conversations?status=all&limit=100", token, nil, &list); err != nil {
		return err
	}
	for _, c := range list.Items {
		var thread struct {
			Items []struct {
				ID   uuid.UUID
				Type string
			}
		}
		if err := callJSON(ctx, http.MethodGet, addr, "/api/conversations/"+c.ID.String()+"/thread?limit=50", token, nil, &thread); err != nil {
			return err
		}
		for _, item := range thread.Items {
			if item.Type == "message" {
				b.show(listNews{What: received, Message: &item.ID}, time.Now())
			}
		}
	}
	return nil
}

// received is what news of a customer's message says.
const received = "received"

func (b *browser) read(ctx context.Context, conn *websocket.Conn, done chan struct{}) {
	defer close(done)
	for {
		_, raw, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if string(bytes.TrimSpace(raw)) == "{}" { // a ping
			if conn.Write(ctx, websocket.MessageText, []byte("{}")) != nil {
				return
			}
			continue
		}
		b.lines(raw)
	}
}

// lines takes a frame's pushes.
func (b *browser) lines(raw []byte) {
	now := time.Now()
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		var f frame
		if len(line) < 3 || json.Unmarshal(line, &f) != nil || f.Push == nil || f.Push.Pub == nil {
			continue
		}
		if f.Push.Channel != b.audience().topic {
			b.strange1(f.Push.Channel)
			continue
		}
		b.mu.Lock()
		b.offset = f.Push.Pub.Offset
		b.mu.Unlock()
		b.show(f.Push.Pub.Data, now)
	}
}

// strange1 counts news of another tenant; other topics of its own are not the inbox's.
func (b *browser) strange1(channel string) {
	if !bytes.HasPrefix([]byte(channel), []byte("tenant:"+b.audience().tenant.String()+":")) {
		b.mu.Lock()
		b.strangers++
		b.mu.Unlock()
	}
}

func (b *browser) show(n listNews, now time.Time) {
	if n.What != received || n.Message == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, twice := b.seen[*n.Message]; !twice {
		b.seen[*n.Message] = now
	}
}

// cut ends the line and comes back a moment later, to the same process or the next one.
func (b *browser) cut(elsewhere bool) {
	b.mu.Lock()
	conn, done := b.conn, b.done
	b.cutAt = time.Now()
	b.mu.Unlock()
	_ = conn.CloseNow()
	go func() {
		<-done
		if elsewhere {
			b.server = (b.server + 1) % len(b.live.servers)
		}
		_ = pause(context.Background(), time.Second)
		_ = b.open(context.Background()) // if it fails, what it misses counts as lost
	}()
}

// gap says whether a message was accepted while the line was cut, or just before.
func (b *browser) gap(accepted time.Time) bool {
	return !b.cutAt.IsZero() && accepted.After(b.cutAt.Add(-time.Second)) && (b.backAt.IsZero() || accepted.Before(b.backAt))
}

// strange counts what was seen of other firms.
func (b *browser) strange(owners map[uuid.UUID]uuid.UUID) int {
	n := b.strangers
	for id := range b.seen {
		if owners[id] != b.audience().tenant {
			n++
		}
	}
	return n
}

func (b *browser) close() {
	b.mu.Lock()
	conn, done := b.conn, b.done
	b.ended = true
	b.mu.Unlock()
	if conn != nil {
		_ = conn.CloseNow()
		<-done
	}
}
