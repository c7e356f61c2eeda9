package message

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

const (
	// headroom keeps us under Meta's own limiter although our clocks and its differ.
	headroom = 0.988
	// slowest is the least share of a number's rate that throttling leaves.
	slowest = 1.0 / 16
)

// pace is the rate of one number: its throughput, halved whenever Meta says too
// fast, and recovered by a tenth each second. Turns are given one after another, at
// the moment they are used: a process that was held up forgets the turns it missed
// instead of taking them all at once.
type pace struct {
	clock   clock.Clock
	full    float64
	limiter *rate.Limiter
	turn    chan struct{} // held by whoever waits for the next turn

	mu      sync.Mutex
	share   float64   // of full, 1 when Meta is content
	changed time.Time // when share last moved
	until   time.Time // nothing goes before
}

func newPace(c clock.Clock, perSecond int) *pace {
	full := max(float64(perSecond)*headroom, 0.5)
	burst := max(2, perSecond/100) // a turn taken a little late must not be lost
	return &pace{clock: c, full: full, share: 1, changed: c.Now(), limiter: rate.NewLimiter(rate.Limit(full), burst), turn: make(chan struct{}, 1)}
}

// wait blocks until the next message may go, or ctx ends.
func (p *pace) wait(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.turn }()
	for {
		d := p.next(p.clock.Now())
		if d <= 0 {
			return ctx.Err()
		}
		if err := clock.Sleep(ctx, p.clock, d); err != nil {
			return err
		}
	}
}

// next takes a turn when one is to be had, or says how long there is none.
func (p *pace) next(now time.Time) time.Duration {
	if stop := p.recover(now); stop > 0 {
		return stop
	}
	reserved := p.limiter.ReserveN(now, 1)
	d := reserved.DelayFrom(now)
	if d > 0 {
		reserved.CancelAt(now)
	}
	return d
}

// slow halves the rate, and stops it for the time Meta asked for.
func (p *pace) slow(wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	if until := now.Add(wait); wait > 0 && until.After(p.until) {
		p.until = until
	}
	if p.share < 1 && now.Sub(p.changed) < time.Second {
		return // answers to requests that were on their way when the rate was halved
	}
	p.set(now, max(p.share/2, slowest))
}

// recover raises a slowed rate by a tenth per second and returns how long the stop lasts.
func (p *pace) recover(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.share < 1 && now.Sub(p.changed) >= time.Second {
		p.set(now, min(1, p.share*1.1))
	}
	return p.until.Sub(now)
}

func (p *pace) set(now time.Time, share float64) {
	p.share, p.changed = share, now
	p.limiter.SetLimitAt(now, rate.Limit(p.full*share))
}
