package bench

import (
	"context"
	"fmt"
	"time"
)

const (
	longest = 15 * time.Minute // that a bench waits for anything
	still   = 30 * time.Second // without movement, after which nothing more is expected
	lookup  = 20 * time.Millisecond
)

// await polls a condition until it holds or the time is up.
func await(ctx context.Context, most, every time.Duration, holds func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		ok, err := holds()
		if err != nil || ok {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("after %s: %w", most, ctx.Err())
		case <-ticks.C:
		}
	}
}

// progress follows a count until it is what is wanted, or has stood still for too long.
// It returns the count and when it last moved.
func progress(ctx context.Context, want int64, read func() (int64, error)) (n int64, moved time.Time, err error) {
	n, moved = -1, time.Now()
	err = await(ctx, longest, lookup, func() (bool, error) {
		now, err := read()
		if now != n {
			n, moved = now, time.Now()
		}
		return n >= want || time.Since(moved) > still, err
	})
	return n, moved, err
}

// pause waits for d or the end of ctx.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
