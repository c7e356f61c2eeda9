package realtime

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

const (
	// checkEvery is how long a silent connection is trusted before it is asked.
	checkEvery = 30 * time.Second
	// retryFirst and retryLongest bound the wait between attempts to connect.
	retryFirst   = 100 * time.Millisecond
	retryLongest = 5 * time.Second
)

// Connector opens a connection that no pool owns; *db.DB is one.
type Connector interface {
	Dedicated(ctx context.Context) (*pgx.Conn, error)
}

// Listener is a process's one connection that LISTENs: for bells, and for news when a Node is
// attached. Register everything before Run.
type Listener struct {
	db     Connector
	logger *slog.Logger
	clock  clock.Clock
	bells  map[string][]func(id string)
	node   *Node
	live   atomic.Bool
}

// NewListener makes a listener that hears nothing yet. Logger and clock may be nil.
func NewListener(db Connector, logger *slog.Logger, c clock.Clock) *Listener {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	if c == nil {
		c = clock.System()
	}
	return &Listener{db: db, logger: logger, clock: c, bells: map[string][]func(string){}}
}

// Bell calls fn for each ring, in order, on one goroutine: fn must hand over and return. An
// empty id means that rings may have been missed: look at everything.
func (l *Listener) Bell(bell string, fn func(id string)) {
	l.bells[bell] = append(l.bells[bell], fn)
}

// Relay passes news on to the node's subscribers.
func (l *Listener) Relay(n *Node) { l.node = n }

// Live says whether the listener is connected, for the readiness check.
func (l *Listener) Live() bool { return l.live.Load() }

// Run listens until ctx ends, connecting again whenever the connection breaks. It rings every
// bell once, without an id, whenever it has connected.
func (l *Listener) Run(ctx context.Context) {
	wait := retryFirst
	for ctx.Err() == nil {
		err := l.session(ctx, func() { wait = retryFirst })
		l.live.Store(false)
		if ctx.Err() != nil {
			return
		}
		l.logger.WarnContext(ctx, "listening connection broke, connecting again", "error", err.Error(), "wait", wait)
		l.pause(ctx, wait)
		wait = min(retryLongest, wait*2)
	}
}

func (l *Listener) pause(ctx context.Context, d time.Duration) {
	timer := l.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C():
	}
}

// session listens on one connection until it breaks.
func (l *Listener) session(ctx context.Context, connected func()) error {
	conn, err := l.db.Dedicated(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, channel := range l.channels() {
		if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
			return fmt.Errorf("listen %s: %w", channel, err)
		}
	}
	connected()
	l.live.Store(true)
	l.resync()
	for {
		if err := l.next(ctx, conn); err != nil {
			return err
		}
	}
}

func (l *Listener) channels() []string {
	if l.node == nil {
		return []string{bellChannel}
	}
	return []string{bellChannel, newsChannel}
}

// resync says to everybody that something may have been missed.
func (l *Listener) resync() {
	for bell := range l.bells {
		l.ring(bell, "")
	}
	if l.node != nil {
		l.node.resync()
	}
}

// next waits for one notification; after a long silence it asks whether the server is there.
func (l *Listener) next(ctx context.Context, conn *pgx.Conn) error {
	wait, cancel := context.WithTimeout(ctx, checkEvery)
	defer cancel()
	n, err := conn.WaitForNotification(wait)
	if err != nil && wait.Err() != nil && ctx.Err() == nil && !conn.IsClosed() {
		return conn.Ping(ctx)
	}
	if err != nil {
		return fmt.Errorf("wait for notification: %w", err)
	}
	l.hear(n.Channel, n.Payload)
	return nil
}

func (l *Listener) hear(channel, payload string) {
	if channel == newsChannel {
		l.node.relay(payload)
		return
	}
	bell, id, _ := strings.Cut(payload, " ")
	l.ring(bell, id)
}

func (l *Listener) ring(bell, id string) {
	for _, fn := range l.bells[bell] {
		fn(id)
	}
}
