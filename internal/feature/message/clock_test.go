package message

import (
	"context"
	"errors"
	"testing"
	"time"
	"unsafe"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// twoClocks is a machine whose wall clock and monotonic clock are moved apart.
type twoClocks struct {
	clock.Clock
	start      time.Time
	wall, mono time.Duration
}

func (c *twoClocks) Now() time.Time {
	t := c.start.Add(c.mono)
	stepWall(&t, c.wall-c.mono)
	return t
}

// stepWall moves the wall clock of a time alone, by whole seconds. A time with a monotonic
// reading keeps its wall seconds in 33 bits above 30 bits of nanoseconds (package time, type Time).
func stepWall(t *time.Time, d time.Duration) {
	wall := (*uint64)(unsafe.Pointer(t))
	*wall += uint64(d/time.Second) << 30
}

func TestALeaseEndsOnWhicheverClockIsFurther(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name       string
		wall, mono time.Duration
		left       time.Duration
	}{
		{"both go alike", 5 * time.Second, 5 * time.Second, 15 * time.Second},
		{"the machine slept: the wall clock went on", 30 * time.Second, time.Second, -10 * time.Second},
		{"the wall clock was set back", -60 * time.Second, 8 * time.Second, 12 * time.Second},
		{"it is over", 21 * time.Second, 21 * time.Second, -time.Second},
	}
	for _, tc := range cases {
		c := &twoClocks{start: time.Now()}
		l := newLeaseClock(c, c.Now(), 20*time.Second)
		c.wall, c.mono = tc.wall, tc.mono
		if now := c.Now(); now.Sub(c.start) != tc.mono || now.Round(0).Sub(c.start.Round(0)) != tc.wall {
			t.Fatalf("the test's own clocks do not part: %s and %s", now.Sub(c.start), now.Round(0).Sub(c.start.Round(0)))
		}
		if got := l.remaining(); got != tc.left {
			t.Errorf("%s: %s remain, not %s", tc.name, got, tc.left)
		}
		if l.leaves(tc.left) || !l.leaves(tc.left-1) {
			t.Errorf("%s: leaves", tc.name)
		}
	}
}

func TestALeaseCountsFromBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(noon)
	asked := fake.Now()
	fake.Advance(3 * time.Second) // the database took its time
	if left := newLeaseClock(fake, asked, 20*time.Second).remaining(); left != 17*time.Second {
		t.Errorf("%s remain", left)
	}
}

// sentIn counts the turns a pace gives in each second to those who always want one.
func sentIn(p *pace, fake *clock.Fake, seconds int) []int {
	counts := make([]int, seconds)
	for second := range counts {
		for range 1000 {
			fake.Advance(time.Millisecond)
			for p.next(fake.Now()) <= 0 {
				counts[second]++
			}
		}
	}
	return counts
}

func TestAPaceKeepsItsRateAndNeverExceedsIt(t *testing.T) {
	t.Parallel()
	for rate, least := range map[int]int{1000: 970, 80: 77} {
		fake := clock.NewFake(noon)
		counts := sentIn(newPace(fake, rate), fake, 30)
		for second, n := range counts[1:] {
			if n < least || n > rate {
				t.Errorf("second %d at %d/s: %d sent", second+1, rate, n)
			}
		}
		if counts[0] > rate+rate/50 {
			t.Errorf("in the first second at %d/s: %d sent", rate, counts[0])
		}
	}
}

func TestAPaceHeldUpForgetsTheTurnsItMissed(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(noon)
	p := newPace(fake, 1000)
	sentIn(p, fake, 1)
	fake.Advance(10 * time.Second)
	burst := 0
	for p.next(fake.Now()) <= 0 {
		burst++
	}
	if burst > 20 {
		t.Errorf("%d at once after a pause", burst)
	}
}

func TestAPaceSlowsAndRecovers(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(noon)
	p := newPace(fake, 1000)
	sentIn(p, fake, 1)
	p.slow(0)
	p.slow(0) // an answer to what was already on its way
	counts := sentIn(p, fake, 12)
	if counts[0] < 480 || counts[0] > 520 {
		t.Errorf("after slowing: %v", counts)
	}
	for i := 1; i < len(counts); i++ {
		if counts[i] < counts[i-1]-2 {
			t.Errorf("it does not recover steadily: %v", counts)
		}
	}
	if last := counts[len(counts)-1]; last < 970 || last > 1000 {
		t.Errorf("it does not recover whole: %v", counts)
	}
	for range 20 {
		fake.Advance(2 * time.Second)
		p.slow(0)
	}
	if p.share != slowest {
		t.Errorf("it slows to %v", p.share)
	}
}

func TestAPaceStopsForAsLongAsMetaAsks(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(noon)
	p := newPace(fake, 1000)
	p.slow(3 * time.Second)
	counts := sentIn(p, fake, 4)
	if counts[0]+counts[1] != 0 || counts[2] > 10 || counts[3] == 0 {
		t.Errorf("sent %v", counts)
	}
}

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(noon)
	p := newPace(fake, 1)
	for p.next(fake.Now()) <= 0 {
		continue // until no turn is left
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	for range 2 { // one sleeps, one stands behind it
		go func() { ended <- p.wait(ctx) }()
	}
	fake.BlockUntil(1)
	cancel()
	for range 2 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("wait returned %v", err)
		}
	}
}
