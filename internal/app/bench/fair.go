package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/campaign"
)

const (
	singles      = 20 // single messages of the other tenant
	betweenEach  = 500 * time.Millisecond
	singleWithin = 30 * time.Second
)

// fairBench sends one tenant's large campaign as fast as the machine can, and another
// tenant's single messages meanwhile: from the click until the simulator has them.
func fairBench(ctx context.Context, o Options) (Result, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	big, list, err := w.oneFirm(ctx, -1, o.Recipients, quiet(), app.RoleWorker)
	if err != nil {
		return nil, err
	}
	other, draft, people, err := w.otherFirm(ctx)
	if err != nil {
		return nil, err
	}
	c, err := w.draft(ctx, big, list)
	if err != nil {
		return nil, err
	}
	if _, err := w.core.Campaigns.Start(big.ctx, c.ID, time.Time{}); err != nil {
		return nil, fmt.Errorf("start campaign: %w", err)
	}
	if err := w.sentAtLeast(ctx, int64(min(o.Recipients, 500))); err != nil {
		return nil, err
	}
	var delays []time.Duration
	during := 0
	for i := range singles {
		d, err := w.single(ctx, other, draft, people[i], i+1)
		if err != nil {
			return nil, err
		}
		delays = append(delays, d)
		if c, err = w.core.Campaigns.Get(big.ctx, c.ID); err != nil {
			return nil, err
		}
		if c.Status != campaign.Running {
			break
		}
		during++
		if err := pause(ctx, betweenEach); err != nil {
			return nil, err
		}
	}
	return Result{
		{"recipients", o.Recipients}, {"singles", len(delays)}, {"singles_during_campaign", during},
		{"delay_ms", percentile(delays, 1)}, {"delay_p50_ms", percentile(delays, 0.5)}, {"sent_meanwhile", handed(c.Counts)},
	}, nil
}

// otherFirm is a second tenant with a draft and people to test it on.
func (w *world) otherFirm(ctx context.Context) (f firm, draft campaign.Campaign, people []uuid.UUID, err error) {
	if f, err = w.addFirm(ctx, 2, 80); err != nil {
		return f, draft, nil, err
	}
	list, err := w.addContacts(ctx, f, singles)
	if err != nil {
		return f, draft, nil, err
	}
	if draft, err = w.draft(ctx, f, list); err != nil {
		return f, draft, nil, err
	}
	people, err = w.peopleOf(ctx, f)
	return f, draft, people, err
}

// single sends one test message and waits until the simulator has n of that number.
func (w *world) single(ctx context.Context, f firm, draft campaign.Campaign, person uuid.UUID, n int) (time.Duration, error) {
	clicked := time.Now()
	if _, err := w.core.Campaigns.Test(f.ctx, draft.ID, 1, person); err != nil {
		return 0, fmt.Errorf("send a single message: %w", err)
	}
	err := await(ctx, singleWithin, 5*time.Millisecond, func() (bool, error) {
		seen, err := w.sim.recipientsOf(ctx, f.channel.PhoneNumberID)
		return len(seen.people) >= n, err
	})
	if err != nil {
		return 0, fmt.Errorf("wait for single message %d: %w", n, err)
	}
	return time.Since(clicked), nil
}
