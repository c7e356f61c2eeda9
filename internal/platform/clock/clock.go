// Package clock is the time, injected, so that tests decide what time it is.
//
// It owns the system's clock and a fake that moves only when told. It does not own
// deadlines between processes: those are judged by the database's clock_timestamp().
package clock

import (
	"context"
	"time"
)

// Clock tells the time and makes timers.
type Clock interface {
	Now() time.Time
	NewTimer(d time.Duration) Timer
	NewTicker(d time.Duration) Ticker
}

// Timer fires once. A timer of zero or less fires at once.
type Timer interface {
	C() <-chan time.Time
	Stop()
}

// Ticker fires every period, dropping ticks nobody takes. Its period must be above zero.
type Ticker interface {
	C() <-chan time.Time
	Stop()
}

// System is the machine's clock. Its times carry the monotonic reading, so differences
// between them survive a step of the wall clock; Round(0) leaves the wall clock alone.
func System() Clock { return system{} }

// Sleep waits for d, or returns ctx's error as soon as ctx ends.
func Sleep(ctx context.Context, c Clock, d time.Duration) error {
	t := c.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type system struct{}

func (system) Now() time.Time { return time.Now() }

func (system) NewTimer(d time.Duration) Timer { return systemTimer{time.NewTimer(d)} }

func (system) NewTicker(d time.Duration) Ticker { return systemTicker{time.NewTicker(d)} }

type systemTimer struct{ t *time.Timer }

func (s systemTimer) C() <-chan time.Time { return s.t.C }
func (s systemTimer) Stop()               { s.t.Stop() }

type systemTicker struct{ t *time.Ticker }

func (s systemTicker) C() <-chan time.Time { return s.t.C }
func (s systemTicker) Stop()               { s.t.Stop() }
