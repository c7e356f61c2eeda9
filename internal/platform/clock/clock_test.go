package clock_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

var diwali = time.Date(2026, 11, 8, 18, 0, 0, 0, time.UTC)

func TestTimersFireInOrderAtTheirInstant(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(diwali)
	late, early := fake.NewTimer(3*time.Second), fake.NewTimer(time.Second)

	fake.Advance(999 * time.Millisecond)
	if fired(early.C()) || fired(late.C()) {
		t.Fatal("a timer fired before its time")
	}
	fake.Advance(10 * time.Second)
	if at := <-early.C(); !at.Equal(diwali.Add(time.Second)) {
		t.Fatalf("early fired at %s", at)
	}
	if at := <-late.C(); !at.Equal(diwali.Add(3 * time.Second)) {
		t.Fatalf("late fired at %s", at)
	}
	if now := fake.Now(); !now.Equal(diwali.Add(10999 * time.Millisecond)) {
		t.Fatalf("now is %s", now)
	}
}

func TestStoppedTimerStaysSilent(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(diwali)
	timer, ticker := fake.NewTimer(time.Second), fake.NewTicker(time.Second)
	timer.Stop()
	ticker.Stop()
	fake.Advance(time.Minute)
	if fired(timer.C()) || fired(ticker.C()) {
		t.Fatal("a stopped timer fired")
	}
}

func TestTickerDropsTicksNobodyTakes(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(diwali)
	ticker := fake.NewTicker(time.Minute)
	fake.Advance(5 * time.Minute)
	if at := <-ticker.C(); !at.Equal(diwali.Add(time.Minute)) {
		t.Fatalf("first tick at %s", at)
	}
	if fired(ticker.C()) {
		t.Fatal("a dropped tick came back")
	}
	fake.Advance(time.Minute)
	if at := <-ticker.C(); !at.Equal(diwali.Add(6 * time.Minute)) {
		t.Fatalf("next tick at %s", at)
	}
}

func TestTimerOfZeroFiresAtOnce(t *testing.T) {
	t.Parallel()
	if !fired(clock.NewFake(diwali).NewTimer(0).C()) {
		t.Fatal("it did not fire")
	}
}

func TestSleepUnderTheFake(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(diwali)
	woke := make(chan error)
	go func() { woke <- clock.Sleep(context.Background(), fake, time.Hour) }()
	fake.BlockUntil(1)
	fake.Advance(time.Hour)
	if err := <-woke; err != nil {
		t.Fatal(err)
	}
}

func TestSleepEndsWithItsContext(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake(diwali)
	ctx, cancel := context.WithCancel(context.Background())
	woke := make(chan error)
	go func() { woke <- clock.Sleep(ctx, fake, time.Hour) }()
	fake.BlockUntil(1)
	cancel()
	if err := <-woke; !errors.Is(err, context.Canceled) {
		t.Fatalf("Sleep returned %v", err)
	}
}

func TestSystemClock(t *testing.T) {
	t.Parallel()
	system := clock.System()
	before := system.Now()
	ticker := system.NewTicker(time.Millisecond)
	defer ticker.Stop()
	<-ticker.C()
	if err := clock.Sleep(context.Background(), system, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if passed := system.Now().Sub(before); passed < 2*time.Millisecond {
		t.Fatalf("a tick and a sleep took %s", passed)
	}
}

func fired(c <-chan time.Time) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
