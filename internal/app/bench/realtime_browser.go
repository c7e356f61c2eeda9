package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
)

// browser is an inbox that somebody looks at. As the product's own client does, it answers pings, comes
// back when its line ends, asks for what it missed, and reads afresh where the server does not have that.
type browser struct {
	live   *live
	firm   int
	server int
	begins string // of a push of its inbox
	buf    bytes.Buffer

	mu        sync.Mutex
	conn      *websocket.Conn
	ended     bool
	cutting   bool // the line is cut by us
	elsewhere bool // and comes back to another process
	done      chan struct{}

	seen      map[uuid.UUID]time.Time // message → when it was on the screen
	opened    map[uuid.UUID]bool      // what threads showed that were opened after it had read afresh
	strangers int                     // news of another channel
	offset    uint64
	epoch     string
	gaps      []gap
	recovered int
	refetched int
	dropped   int
}

func newBrowser(l *live, firm, server int) *browser {
	return &browser{live: l, firm: firm, server: server, begins: pushOf(l.firms[firm].topic),
		seen: map[uuid.UUID]time.Time{}, opened: map[uuid.UUID]bool{}, done: make(chan struct{})}
}

func (b *browser) audience() *audience { return b.live.firms[b.firm] }

// start connects, loads what the screen shows, and reads until the browser is closed.
func (b *browser) start(ctx context.Context) error {
	if err := b.open(ctx); err != nil {
		return err
	}
	if err := b.refetch(ctx); err != nil {
		return err
	}
	go b.stay(context.WithoutCancel(ctx))
	return nil
}

// open connects.
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
	b.conn = conn
	if b.ended {
		return conn.CloseNow()
	}
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
	b.epoch, b.offset = sub.Epoch, sub.Offset
	now := time.Now()
	for _, p := range sub.Publications {
		b.show(p.Data, now)
	}
	b.lines(rest)
	if !back {
		return nil
	}
	b.back(now)
	if sub.Recovered {
		b.recovered++
		return nil
	}
	b.refetched++
	return b.refetch(ctx)
}

// read takes what comes until the line ends.
func (b *browser) read(ctx context.Context, conn *websocket.Conn) error {
	for {
		_, reader, err := conn.Reader(ctx)
		if err != nil {
			return err
		}
		b.buf.Reset()
		if _, err := io.Copy(&b.buf, reader); err != nil {
			return err
		}
		if b.lines(b.buf.Bytes()) {
			if err := conn.Write(ctx, websocket.MessageText, []byte("{}")); err != nil {
				return err
			}
		}
	}
}

// take shows news of the inbox.
func (b *browser) take(p publication, now time.Time) {
	b.offset = p.Offset
	b.show(p.Data, now)
}

func (b *browser) show(n listNews, now time.Time) {
	if n.What != received || n.Message == nil {
		return
	}
	if _, twice := b.seen[*n.Message]; !twice {
		b.seen[*n.Message] = now
	}
}

// strange1 counts news of another tenant; other topics of its own are not the inbox's.
func (b *browser) strange1(channel string) {
	if !strings.HasPrefix(channel, "tenant:"+b.audience().tenant.String()+":") {
		b.strangers++
	}
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

// close ends the browser, and returns when it takes nothing any more.
func (b *browser) close() {
	b.mu.Lock()
	conn := b.conn
	b.ended = true
	b.mu.Unlock()
	if conn != nil {
		_ = conn.CloseNow()
		<-b.done
	}
}
