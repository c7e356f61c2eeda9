package message

import (
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// leaseClock is a deadline on the wall clock and on the monotonic one: they part
// while a machine sleeps, and whichever passes first counts. It starts before the
// request that took the lease, so it never outlasts what the database granted.
type leaseClock struct {
	clock clock.Clock
	wall  time.Time // without a monotonic reading
	mono  time.Time // with one
}

func newLeaseClock(c clock.Clock, from time.Time, lasts time.Duration) leaseClock {
	end := from.Add(lasts)
	return leaseClock{clock: c, wall: end.Round(0), mono: end}
}

// leaves says whether more than d is left on both clocks.
func (l leaseClock) leaves(d time.Duration) bool { return l.remaining() > d }

// remaining is what is left on the clock that is further on.
func (l leaseClock) remaining() time.Duration {
	now := l.clock.Now()
	return min(l.wall.Sub(now.Round(0)), l.mono.Sub(now))
}
