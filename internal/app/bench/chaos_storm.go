package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"time"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// weather is the simulator's behaviour with some faults; the webhooks are always late,
// doubled and out of order.
func (c *chaos) weather(faults map[string]any) map[string]any {
	config := c.w.webhooks(map[string]any{"duplicate": 0.2, "reorder": 0.2, "delay_ms": []int{20, 400}, "fail_rate": 0.02, "read_rate": 0.5})
	for _, name := range []string{"latency_ms", "latency_max_ms", "p429", "p5xx", "p_ambiguous", "p_drop", "p_drop_before", "p_hang"} {
		config[name] = 0
	}
	for name, value := range faults {
		config[name] = value
	}
	return config
}

// storms are the phases the simulator goes through.
func storms() []map[string]any {
	return []map[string]any{
		{"p429": 0.05, "latency_ms": 10, "latency_max_ms": 80},
		{"p5xx": 0.03, "p_ambiguous": 0.04},
		{"p_drop": 0.03, "p_drop_before": 0.03, "latency_max_ms": 40},
		{"p_hang": 0.01, "latency_ms": 50, "latency_max_ms": 400},
		{"p429": 0.02, "p5xx": 0.01, "p_ambiguous": 0.02, "p_drop": 0.02, "p_drop_before": 0.01, "latency_max_ms": 150},
	}
}

// change goes through the storms, and ends in calm.
func (c *chaos) change(ctx context.Context) error {
	span := max(time.Second, time.Duration(c.w.o.Seconds)*time.Second/time.Duration(2*len(storms())))
	for i := 0; ; i++ {
		if err := c.w.sim.configure(ctx, c.weather(storms()[i%len(storms())])); err != nil && ctx.Err() == nil {
			return err
		}
		if pause(ctx, span) != nil {
			return c.w.sim.configure(context.WithoutCancel(ctx), c.weather(nil))
		}
	}
}

// attack ends or holds one process after the other.
func (c *chaos) attack(ctx context.Context) {
	var held sync.WaitGroup
	defer held.Wait()
	for i := 1; pause(ctx, time.Second+rand.N(2*time.Second)) == nil; i++ {
		p := c.processes[i%len(c.processes)]
		switch {
		case i%5 == 0:
			c.holds++
			held.Go(func() { hold(ctx, p) })
		case i%7 == 0:
			if p.signal(syscall.SIGTERM) {
				c.terms++
			}
		case p.signal(syscall.SIGKILL):
			c.kills++
		}
	}
}

// hold stops a process in its tracks for longer than its lease, then lets it go on.
func hold(ctx context.Context, p *child) {
	p.signal(syscall.SIGSTOP)
	_ = pause(ctx, chaosHeld) // the end of the bench ends it too
	p.signal(syscall.SIGCONT)
}

// shake crashes Postgres once and restarts it in order once.
func (c *chaos) shake(ctx context.Context) error {
	if c.w.postgres == nil {
		return nil
	}
	whole := time.Duration(c.w.o.Seconds) * time.Second
	if pause(ctx, whole*2/5) != nil {
		return nil
	}
	if err := c.w.postgres.Kill(); err != nil {
		return err
	}
	for range 2 {
		if err := c.w.postgres.Restart(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		c.restarts++
		if pause(ctx, whole*3/10) != nil {
			return nil
		}
	}
	return nil
}

// use is what people do meanwhile: start twice at the same moment, pause and resume.
func (c *chaos) use(ctx context.Context) error {
	part := time.Duration(c.w.o.Seconds) * time.Second / 10
	plan := []struct {
		after time.Duration
		do    func() error
	}{
		{0, func() error { return c.startAll(ctx, 0) }},
		{2 * part, func() error { return c.pauseResume(ctx, 0, 0) }},
		{part, func() error { return c.pauseResume(ctx, 1, time.Second) }},
		{part, func() error { return c.startAll(ctx, 1) }},
		{2 * part, func() error { return c.pauseResume(ctx, 2, 0) }},
	}
	for _, step := range plan {
		if pause(ctx, step.after) != nil {
			return nil
		}
		if err := step.do(); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// startAll starts one campaign of every firm, twice at the same moment.
func (c *chaos) startAll(ctx context.Context, n int) error {
	var group sync.WaitGroup
	errs := make([]error, 2*len(c.firms))
	for i := range errs {
		f := c.firms[i/2]
		group.Go(func() {
			errs[i] = insist(ctx, func() error {
				_, err := c.w.core.Campaigns.Start(f.ctx, f.campaigns[n].ID, time.Time{})
				return err
			})
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// pauseResume pauses a firm's first campaign and resumes it after a while.
func (c *chaos) pauseResume(ctx context.Context, firm int, wait time.Duration) error {
	f := c.firms[firm]
	id := f.campaigns[0].ID
	err := insist(ctx, func() error { _, err := c.w.core.Campaigns.Pause(f.ctx, id); return err })
	if err != nil {
		return err
	}
	if err := pause(ctx, wait); err != nil {
		return err
	}
	return insist(ctx, func() error { _, err := c.w.core.Campaigns.Resume(f.ctx, id); return err })
}

// insist does what a person would: try again while the server is away, and take it for
// done when the campaign is no longer in the way of it.
func insist(ctx context.Context, do func() error) error {
	var last error
	err := await(ctx, time.Minute, 100*time.Millisecond, func() (bool, error) {
		last = do()
		return last == nil || fault.KindOf(last) == fault.KindConflict, nil
	})
	if err != nil {
		return fmt.Errorf("%w: %w", err, last)
	}
	return nil
}
