package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/aerostic/aerostic/internal/feature/campaign"
)

// launchBench starts a very large campaign: the time until the simulator sees its first
// message, and the worker's memory while it freezes and sends the rest.
func launchBench(ctx context.Context, o Options) (Result, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	worker, err := w.spawnWorker(ctx)
	if err != nil {
		return nil, err
	}
	f, list, err := w.oneFirm(ctx, -1, o.Recipients, quiet())
	if err != nil {
		return nil, err
	}
	// A fresh process: the memory of the import is not this campaign's.
	if err := worker.restart(ctx); err != nil {
		return nil, err
	}
	c, err := w.draft(ctx, f, list)
	if err != nil {
		return nil, err
	}
	clicked := time.Now()
	if _, err := w.core.Campaigns.Start(f.ctx, c.ID, time.Time{}); err != nil {
		return nil, fmt.Errorf("start campaign: %w", err)
	}
	err = await(ctx, time.Minute, 5*time.Millisecond, func() (bool, error) {
		stats, err := w.sim.stats(ctx)
		return stats.Accepted > 0, err
	})
	if err != nil {
		return nil, fmt.Errorf("wait for the first message: %w", err)
	}
	first := time.Since(clicked)
	if c, err = w.frozen(ctx, f, c); err != nil {
		return nil, err
	}
	froze := time.Since(clicked)
	memory, err := worker.peakMemory()
	if err != nil {
		return nil, err
	}
	judged, err := w.sim.recipients(ctx)
	if err != nil {
		return nil, err
	}
	return Result{
		{"recipients", c.Counts.Total}, {"first_message_s", round(first.Seconds())}, {"frozen_s", round(froze.Seconds())},
		{"sent_meanwhile", len(judged.people)}, {"duplicates", judged.duplicates}, {"rss_mb", memory},
	}, nil
}

// frozen waits until every recipient has a row.
func (w *world) frozen(ctx context.Context, f firm, c campaign.Campaign) (campaign.Campaign, error) {
	err := await(ctx, longest, 100*time.Millisecond, func() (bool, error) {
		var err error
		c, err = w.core.Campaigns.Get(f.ctx, c.ID)
		return c.Frozen, err
	})
	if err != nil {
		return c, fmt.Errorf("campaign is %s with %d recipients frozen: %w", c.Status, c.Counts.Total, err)
	}
	return c, nil
}
