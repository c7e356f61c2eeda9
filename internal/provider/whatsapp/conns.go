package whatsapp

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

const (
	defaultConns = 512
	// idleTimeout is how long a connection is kept for the next request. Where none comes, what the server
	// has closed is closed here with the next one.
	idleTimeout = 60 * time.Second
)

// conns keeps the connections on which messages are sent: some at a time, the last used first.
type conns struct {
	dial  func(context.Context) (*conn, error)
	clock clock.Clock
	slots chan struct{}

	mu     sync.Mutex
	idle   []*conn // the longest idle first
	closed bool
}

func newConns(most int, c clock.Clock, dial func(context.Context) (*conn, error)) *conns {
	if most <= 0 {
		most = defaultConns
	}
	return &conns{dial: dial, clock: c, slots: make(chan struct{}, most)}
}

// roundTrip sends one request once and reads its answer. Where a connection that had been idle turns out to
// be dead before anything was written, another one takes its place. left false is the proof that nothing left.
func (p *conns) roundTrip(ctx context.Context, request []byte, timeout time.Duration) (got reply, left bool, err error) {
	deadline := p.clock.Now().Add(timeout)
	if until, ok := ctx.Deadline(); ok && until.Before(deadline) {
		deadline = until
	}
	for {
		c, err := p.take(ctx, deadline)
		if err != nil {
			return reply{}, false, err
		}
		stale := c.used
		got, left, err = c.carry(ctx, request, deadline)
		p.give(c, err == nil && !got.last)
		if err == nil || left || !stale || ctx.Err() != nil {
			return got, left, err
		}
	}
}

// take waits for a place and gives an idle connection, or a new one.
func (p *conns) take(ctx context.Context, deadline time.Time) (*conn, error) {
	if err := p.wait(ctx, deadline); err != nil {
		return nil, fmt.Errorf("wait for a connection: %w", err)
	}
	if c := p.pop(); c != nil {
		return c, nil
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	c, err := p.dial(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return c, nil
}

func (p *conns) wait(ctx context.Context, deadline time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case p.slots <- struct{}{}:
		return nil
	default:
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *conns) pop() *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.idle) - 1
	if last < 0 {
		return nil
	}
	c := p.idle[last]
	p.idle = p.idle[:last]
	return c
}

// give takes a connection back: it is kept for the next request, or closed.
func (p *conns) give(c *conn, keep bool) {
	if !keep || !p.keep(c) {
		_ = c.Close()
	}
	<-p.slots
}

// keep keeps a connection, and closes those that were idle for too long.
func (p *conns) keep(c *conn) bool {
	c.idle = p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	old := 0
	for old < len(p.idle) && c.idle.Sub(p.idle[old].idle) >= idleTimeout {
		_ = p.idle[old].Close()
		old++
	}
	p.idle = append(slices.Delete(p.idle, 0, old), c)
	return true
}

// close drops the idle connections; those in use are closed when they come back.
func (p *conns) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, c := range p.idle {
		_ = c.Close()
	}
	p.idle = nil
}
