package whatsappsim

import (
	"sync/atomic"
	"time"
)

// bucket is a token bucket as one number: the time at which it will be full again. Zero
// rate lets everything pass.
type bucket struct {
	interval atomic.Int64 // nanoseconds per token
	depth    atomic.Int64 // nanoseconds it may run ahead
	full     atomic.Int64
}

// set allows rate per period with bursts of burst.
func (b *bucket) set(rate, burst int, period time.Duration) {
	if rate <= 0 {
		b.interval.Store(0)
		return
	}
	interval := int64(period) / int64(rate)
	b.depth.Store(interval * int64(max(burst, 1)-1))
	b.interval.Store(interval)
}

func (b *bucket) take(now time.Time) bool {
	interval := b.interval.Load()
	if interval == 0 {
		return true
	}
	at, depth := now.UnixNano(), b.depth.Load()
	for {
		full := b.full.Load()
		start := max(full, at)
		if start-at > depth {
			return false
		}
		if b.full.CompareAndSwap(full, start+interval) {
			return true
		}
	}
}

// The pair limit: one message per six seconds to one person, 45 in a burst.
const (
	pairInterval = 6 * time.Second
	pairDepth    = 44 * pairInterval
)

// takePair is the same bucket inside a person's record, in milliseconds.
func (p *person) takePair(now time.Time) bool {
	at := now.UnixMilli()
	start := max(p.pairFull, at)
	if start-at > pairDepth.Milliseconds() {
		return false
	}
	p.pairFull = start + pairInterval.Milliseconds()
	return true
}

const day = 24 * 60 * 60

// begin counts a conversation the business starts; false when the portfolio's daily limit
// of unique people is used up.
func (p *portfolio) begin(who uint64, now time.Time) bool {
	limit := p.limit.Load()
	if limit == 0 {
		return true
	}
	at := now.Unix()
	p.mu.Lock()
	defer p.mu.Unlock()
	if last, ok := p.started[who]; ok && at-last < day {
		return true
	}
	if int64(len(p.started)) >= limit {
		p.sweep(at)
	}
	if int64(len(p.started)) >= limit {
		return false
	}
	p.started[who] = at
	return true
}

// sweep forgets people of the day before, at most once a second.
func (p *portfolio) sweep(at int64) {
	if p.expired == at {
		return
	}
	p.expired = at
	for who, last := range p.started {
		if at-last >= day {
			delete(p.started, who)
		}
	}
}
