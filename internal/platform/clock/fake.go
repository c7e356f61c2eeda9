package clock

import (
	"sync"
	"time"
)

// Fake is a clock that moves only by Advance. It is safe for concurrent use.
type Fake struct {
	mu      sync.Mutex
	changed *sync.Cond // signalled when the set of waiting timers changes
	now     time.Time
	waiting map[*alarm]struct{}
}

// NewFake returns a clock that stands at start.
func NewFake(start time.Time) *Fake {
	f := &Fake{now: start, waiting: map[*alarm]struct{}{}}
	f.changed = sync.NewCond(&f.mu)
	return f
}

// Now is where the clock stands.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// NewTimer returns a timer that fires when Advance passes its time.
func (f *Fake) NewTimer(d time.Duration) Timer { return f.alarm(d, 0) }

// NewTicker returns a ticker that fires at each period Advance passes.
func (f *Fake) NewTicker(d time.Duration) Ticker {
	if d <= 0 {
		panic("clock: a ticker needs a period above zero")
	}
	return f.alarm(d, d)
}

// Advance moves the clock by d, firing what is due in the order of time, each with the
// clock standing at its instant.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	end := f.now.Add(d)
	for next := f.earliest(end); next != nil; next = f.earliest(end) {
		f.now = next.due
		f.fire(next)
	}
	f.now = end
}

// BlockUntil returns when at least n timers and tickers are waiting, which is how a test
// knows that the code under test has come to rest.
func (f *Fake) BlockUntil(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.waiting) < n {
		f.changed.Wait()
	}
}

// alarm is a timer (period zero) or a ticker of a Fake.
type alarm struct {
	fake   *Fake
	c      chan time.Time
	due    time.Time
	period time.Duration
}

func (a *alarm) C() <-chan time.Time { return a.c }

func (a *alarm) Stop() {
	a.fake.mu.Lock()
	defer a.fake.mu.Unlock()
	delete(a.fake.waiting, a)
	a.fake.changed.Broadcast()
}

func (f *Fake) alarm(d, period time.Duration) *alarm {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := &alarm{fake: f, c: make(chan time.Time, 1), due: f.now.Add(d), period: period}
	if d <= 0 {
		a.c <- f.now
		return a
	}
	f.waiting[a] = struct{}{}
	f.changed.Broadcast()
	return a
}

// earliest is the waiting alarm due first, at end or before it.
func (f *Fake) earliest(end time.Time) *alarm {
	var first *alarm
	for a := range f.waiting {
		if !a.due.After(end) && (first == nil || a.due.Before(first.due)) {
			first = a
		}
	}
	return first
}

func (f *Fake) fire(a *alarm) {
	select {
	case a.c <- f.now:
	default:
	}
	if a.period > 0 {
		a.due = a.due.Add(a.period)
		return
	}
	delete(f.waiting, a)
	f.changed.Broadcast()
}
