package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/aerostic/aerostic/internal/app"
)

const (
	answerAfter = 80   // milliseconds the simulator takes
	warmUp      = 2    // seconds before the window
	burstShare  = 20   // the simulator's limiter forgives one part in so many of a second
	leastBurst  = 4    // messages
	usualRate   = 1000 // messages per second, as Meta allows at most
	everyRate   = 250 * time.Millisecond
)

// rateBench sends through a number that allows so many messages per second, and counts
// at the simulator how many came, and how many its own limiter had to refuse.
func rateBench(ctx context.Context, o Options) (Result, error) {
	if o.Rate == 0 {
		o.Rate = usualRate
	}
	if o.Recipients == 0 {
		o.Recipients = o.Rate * (o.Seconds + warmUp + 1)
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	config := quiet()
	config["latency_ms"] = answerAfter
	f, list, err := w.oneFirm(ctx, o.Rate, o.Recipients, config, app.RoleWorker)
	if err != nil {
		return nil, err
	}
	burst := max(leastBurst, o.Rate/burstShare)
	if err := w.sim.limit(ctx, f.channel.PhoneNumberID, o.Rate, burst); err != nil {
		return nil, err
	}
	c, err := w.draft(ctx, f, list)
	if err != nil {
		return nil, err
	}
	if _, err := w.core.Campaigns.Start(f.ctx, c.ID, time.Time{}); err != nil {
		return nil, fmt.Errorf("start campaign: %w", err)
	}
	if err := w.sentAtLeast(ctx, int64(o.Rate*warmUp)); err != nil {
		return nil, err
	}
	return w.holdRate(ctx, burst)
}

// sentAtLeast waits until the simulator took n messages.
func (w *world) sentAtLeast(ctx context.Context, n int64) error {
	err := await(ctx, time.Minute, lookup, func() (bool, error) {
		stats, err := w.sim.stats(ctx)
		return stats.Accepted >= n, err
	})
	if err != nil {
		return fmt.Errorf("wait for %d messages: %w", n, err)
	}
	return nil
}

// holdRate watches the simulator's books for the bench's time.
func (w *world) holdRate(ctx context.Context, burst int) (Result, error) {
	type point struct {
		at time.Time
		n  int64
	}
	var points []point
	for began := time.Now(); time.Since(began) < time.Duration(w.o.Seconds)*time.Second+everyRate; {
		stats, err := w.sim.stats(ctx)
		if err != nil {
			return nil, err
		}
		points = append(points, point{time.Now(), stats.Accepted})
		if err := pause(ctx, everyRate); err != nil {
			return nil, err
		}
	}
	speed := func(a, b point) float64 { return per(int(b.n-a.n), b.at.Sub(a.at)) }
	first, last := points[0], points[len(points)-1]
	least, most := speed(first, last), speed(first, last)
	const second = int(time.Second / everyRate)
	for i := second; i < len(points); i++ {
		least, most = min(least, speed(points[i-second], points[i])), max(most, speed(points[i-second], points[i]))
	}
	stats, err := w.sim.stats(ctx)
	if err != nil {
		return nil, err
	}
	judged, err := w.sim.recipients(ctx)
	if err != nil {
		return nil, err
	}
	return Result{
		{"rate", w.o.Rate}, {"seconds", round(last.at.Sub(first.at).Seconds())}, {"per_second", speed(first, last)},
		{"slowest_second", least}, {"fastest_second", most}, {"throttled", stats.Throttled}, {"simulator_burst", burst},
		{"duplicates", judged.duplicates},
	}, nil
}
