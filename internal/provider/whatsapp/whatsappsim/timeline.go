package whatsappsim

import (
	"sync"
	"time"
)

// delivery is one message on its way through its statuses. A million of them wait at a
// time, so it holds no body: each webhook is written when it is due.
type delivery struct {
	number   *number
	callback string
	who      uint64
	seq      uint64
	fail     int
	category category
	step     uint8
	free     bool
	// entry: free because the person came from an ad.
	entry bool
	// single: this is a late or second copy of one status; no step follows it.
	single bool
	// silent: a reaction, of which no more than sent is told.
	silent bool
	// kept: it is on a phone. phone: that phone says what comes after sent.
	kept, phone bool
	status      status
}

// status is a step of a message.
type status uint8

const (
	statusNone status = iota
	statusSent
	statusDelivered
	statusRead
	statusFailed
	statusPlayed
)

var statusNames = [...]string{"", "sent", "delivered", "read", "failed", "played"}

func statusCode(name string) status {
	for i, have := range statusNames[:statusFailed] {
		if have == name && name != "" {
			return status(i)
		}
	}
	return statusNone
}

// tick is the grain of the timeline.
const tick = 4 * time.Millisecond

// timeline holds deliveries by the tick they are due in: adding is appending to a slice, so
// a send never waits for webhooks.
type timeline struct {
	mu      sync.Mutex
	slots   map[int64][]delivery
	spare   [][]delivery
	pending int
	// reached is the last tick handed out.
	reached int64
	filled  chan struct{}
}

func newTimeline() *timeline {
	return &timeline{slots: map[int64][]delivery{}, filled: make(chan struct{}, 1)}
}

func tickOf(at time.Time) int64 { return at.UnixNano() / int64(tick) }

func (t *timeline) add(at time.Time, d delivery) {
	when := tickOf(at)
	t.mu.Lock()
	when = max(when, t.reached+1)
	slot, ok := t.slots[when]
	if !ok && len(t.spare) > 0 {
		slot = t.spare[len(t.spare)-1]
		t.spare = t.spare[:len(t.spare)-1]
	}
	t.slots[when] = append(slot, d)
	t.pending++
	first := t.pending == 1
	t.mu.Unlock()
	if first {
		t.signal()
	}
}

func (t *timeline) signal() {
	select {
	case t.filled <- struct{}{}:
	default:
	}
}

// due takes out everything due at now, oldest tick first.
func (t *timeline) due(now time.Time) [][]delivery {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := tickOf(now)
	if t.pending == 0 {
		t.reached = max(t.reached, last)
		return nil
	}
	var out [][]delivery
	for _, when := range t.dueTicks(last) {
		slot := t.slots[when]
		delete(t.slots, when)
		out = append(out, slot)
	}
	t.reached = max(t.reached, last)
	return out
}

// dueTicks walks the ticks since the last time, or the slots when they are fewer: a clock
// that jumped is no reason to count through a day.
func (t *timeline) dueTicks(last int64) []int64 {
	var ticks []int64
	if last-t.reached <= 4096 {
		for when := t.reached + 1; when <= last; when++ {
			if _, ok := t.slots[when]; ok {
				ticks = append(ticks, when)
			}
		}
		return ticks
	}
	for when := range t.slots {
		if when <= last {
			ticks = append(ticks, when)
		}
	}
	sortTicks(ticks)
	return ticks
}

// recycle gives a slot's memory back once its deliveries are in the outbox; until then
// they count as waiting.
func (t *timeline) recycle(slot []delivery) {
	clear(slot)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = max(0, t.pending-len(slot))
	if len(t.spare) < 256 && cap(slot) <= 4096 {
		t.spare = append(t.spare, slot[:0])
	}
}

func (t *timeline) waiting() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.pending
}

func (t *timeline) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.slots, t.pending = map[int64][]delivery{}, 0
}
