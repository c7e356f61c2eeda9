package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/campaign"
)

// defaultConcurrency is the requests in flight of the bare loop and of the lane.
const defaultConcurrency = 64

// campaignBench sends a campaign as fast as it goes and compares it with a bare loop that posts
// the same bodies to another number of the same simulator: one half before the campaign and one
// after it, so that a machine that grows faster or slower favours neither.
func campaignBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	f, list, err := w.oneFirm(ctx, -1, o.Recipients, quiet(), app.RoleWorker)
	if err != nil {
		return nil, err
	}
	bodies, err := w.bodies(ctx, f, list)
	if err != nil {
		return nil, err
	}
	loop, err := w.newBareLoop(ctx)
	if err != nil {
		return nil, err
	}
	half := len(bodies) / 2
	if err := loop.post(ctx, bodies[:half]); err != nil {
		return nil, err
	}
	run, err := w.sendCampaign(ctx, f, list, handed)
	if err != nil {
		return nil, err
	}
	if err := loop.post(ctx, bodies[half:]); err != nil {
		return nil, err
	}
	return w.compare(ctx, f, run, loop)
}

// sent is one campaign's run.
type sent struct {
	campaign campaign.Campaign
	reached  int // messages where they were waited for
	took     time.Duration
	cost     cost
}

// sendCampaign starts a campaign and waits until its messages are where reached counts
// them, or none has come there for a while: then what is missing is the finding.
func (w *world) sendCampaign(ctx context.Context, f firm, list uuid.UUID, reached func(campaign.Counts) int64) (sent, error) {
	c, err := w.draft(ctx, f, list)
	if err != nil {
		return sent{}, err
	}
	stopProfile, err := w.profile()
	if err != nil {
		return sent{}, err
	}
	defer stopProfile()
	before, err := w.cost(ctx)
	if err != nil {
		return sent{}, err
	}
	started := time.Now()
	if _, err := w.core.Campaigns.Start(f.ctx, c.ID, time.Time{}); err != nil {
		return sent{}, fmt.Errorf("start campaign: %w", err)
	}
	n, last, err := progress(ctx, int64(w.o.Recipients), func() (int64, error) {
		c, err = w.core.Campaigns.Get(f.ctx, c.ID)
		return reached(c.Counts) + c.Counts.HeldOut, err
	})
	if err != nil {
		return sent{}, fmt.Errorf("campaign is %s with %+v: %w", c.Status, c.Counts, err)
	}
	if w.o.Statements {
		if err := w.topStatements(ctx); err != nil {
			return sent{}, err
		}
	}
	after, err := w.cost(ctx)
	return sent{campaign: c, reached: int(n - c.Counts.HeldOut), took: last.Sub(started), cost: after.minus(before)}, err
}

// handed is how many recipients Meta has taken.
func handed(k campaign.Counts) int64 { return k.Accepted + k.Sent + k.Delivered + k.Read }

// compare draws up the figures.
func (w *world) compare(ctx context.Context, f firm, run sent, loop *bareLoop) (Result, error) {
	n := w.o.Recipients - int(run.campaign.Counts.HeldOut)
	judged, err := w.sim.recipientsOf(ctx, f.channel.PhoneNumberID)
	if err != nil {
		return nil, err
	}
	ledger, err := w.core.VerifyLedger(ctx)
	if err != nil {
		return nil, err
	}
	return Result{
		{"messages", n}, {"per_second", per(run.reached, run.took)}, {"bare_per_second", loop.perSecond()},
		{"ratio", round(per(run.reached, run.took) / loop.perSecond())},
		{"duplicates", judged.duplicates}, {"lost", n - min(run.reached, len(judged.people))}, {"ledger_ok", ledger.OK},
		{"sql_statements_per_message", round(float64(run.cost.statements) / float64(n))},
		{"cpu_ms_per_message", run.cost.perMessage(n)},
	}, nil
}
