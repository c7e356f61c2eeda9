package message

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Lanes serves the lanes of all tenants from this worker: those whose doorbell
// rings, and those the sweeper finds with work nobody rang for. Each lane gets its
// slice while others wait, so one tenant's million does not delay another's reply.
type Lanes struct {
	s       *Service
	slots   chan struct{}
	waiting atomic.Int64
	serving sync.WaitGroup

	mu      sync.Mutex
	known   map[uuid.UUID]chan struct{} // lanes being served or waiting for a slot, with their bells
	ctx     context.Context
	stopped bool
}

// NewLanes makes the server of lanes. Start before the first Ring.
func NewLanes(s *Service) *Lanes {
	return &Lanes{s: s, slots: make(chan struct{}, s.Config.Lanes), known: make(map[uuid.UUID]chan struct{})}
}

// Run serves until ctx ends, then waits for what is in flight to be recorded.
func (l *Lanes) Run(ctx context.Context) error {
	l.mu.Lock()
	l.ctx = ctx
	l.mu.Unlock()
	l.s.sweepLoop(ctx, l.Ring)
	l.mu.Lock()
	l.stopped = true
	l.mu.Unlock()
	l.serving.Wait()
	return nil
}

// Ring wakes the lane of a channel: at once if it is being served, else in its turn.
func (l *Lanes) Ring(channel uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ctx == nil || l.stopped {
		return
	}
	if bell, known := l.known[channel]; known {
		select {
		case bell <- struct{}{}:
		default:
		}
		return
	}
	bell := make(chan struct{}, 1)
	l.known[channel] = bell
	l.serving.Add(1)
	go l.serve(l.ctx, channel, bell)
}

// serve waits for a slot, serves one slice and rings again if the lane was cut short.
func (l *Lanes) serve(ctx context.Context, channel uuid.UUID, bell chan struct{}) {
	defer l.serving.Done()
	l.waiting.Add(1)
	select {
	case l.slots <- struct{}{}:
		l.waiting.Add(-1)
	case <-ctx.Done():
		l.waiting.Add(-1)
		l.forget(channel)
		return
	}
	cut := false
	err := l.s.serve(ctx, channel, bell, func(served time.Duration) bool {
		cut = served >= l.s.Config.Slice && l.waiting.Load() > 0
		return cut
	})
	<-l.slots
	rung := l.forget(channel)
	if err != nil && ctx.Err() == nil {
		l.s.Logger.WarnContext(ctx, "lane ended", "channel", channel, "error", err)
	}
	if cut || rung {
		l.Ring(channel)
	}
}

// forget drops a lane and says whether its bell rang unheard.
func (l *Lanes) forget(channel uuid.UUID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	bell := l.known[channel]
	delete(l.known, channel)
	return len(bell) > 0
}
