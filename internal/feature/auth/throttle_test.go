package auth

import (
	"testing"
	"time"
)

func TestTriesBackOff(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	bound := tries{free: 2, first: 30 * time.Second, longest: 2 * time.Minute, forget: time.Hour}
	a := attempt{UpdatedAt: now}
	for i, want := range []time.Duration{0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 2 * time.Minute} {
		var allowed bool
		if a, allowed = bound.after(a, now); !allowed {
			t.Fatalf("try %d: not allowed", i+1)
		}
		var locked time.Duration
		if a.LockedUntil != nil {
			locked = a.LockedUntil.Sub(now)
		}
		if locked != want {
			t.Errorf("try %d locks for %s, want %s", i+1, locked, want)
		}
		if _, allowed := bound.after(a, now.Add(locked-time.Nanosecond)); allowed != (want == 0) {
			t.Errorf("try %d: another within the lock = %v", i+1, allowed)
		}
		now = now.Add(locked)
	}
	if a, _ = bound.after(a, now.Add(time.Hour+time.Second)); a.Failures != 1 {
		t.Errorf("after an hour's pause %d tries count, want 1", a.Failures)
	}
}

func TestAThousandTriesLockNoLongerThanTheLongest(t *testing.T) {
	t.Parallel()
	bound := tries{first: time.Second, longest: time.Hour}
	if got := bound.lock(1000); got != time.Hour {
		t.Errorf("lock = %s, want 1h", got)
	}
}

func TestKeysTellNothing(t *testing.T) {
	t.Parallel()
	if string(triesKey("a", "bc")) == string(triesKey("ab", "c")) {
		t.Error("different parts share a key")
	}
}
