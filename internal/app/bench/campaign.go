package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/campaign"
)

// settled is the longest a bench waits for its messages.
const settled = 10 * time.Minute

// defaultConcurrency is the requests in flight of the bare loop and of the lane.
const defaultConcurrency = 64

// campaignBench sends a campaign as fast as it goes and compares it with a bare loop
// that posts the same bodies to the same simulator.
func campaignBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if err := w.sim.configure(ctx, map[string]any{"scenarios": false, "webhook": map[string]any{"enabled": false}}); err != nil {
		return nil, err
	}
	if err := w.start(ctx, app.RoleWorker); err != nil {
		return nil, err
	}
	f, err := w.addFirm(ctx, 1, -1)
	if err != nil {
		return nil, err
	}
	list, err := w.addContacts(ctx, f, o.Recipients)
	if err != nil {
		return nil, err
	}
	run, err := w.sendCampaign(ctx, f, list, o.Recipients)
	if err != nil {
		return nil, err
	}
	return w.compare(ctx, f, list, run)
}

// sent is one campaign's run.
type sent struct {
	campaign campaign.Campaign
	took     time.Duration
	cost     cost
}

// sendCampaign starts a campaign and waits until all its messages were accepted.
func (w *world) sendCampaign(ctx context.Context, f firm, list uuid.UUID, n int) (sent, error) {
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
	err = await(ctx, settled, 20*time.Millisecond, func() (bool, error) {
		c, err = w.core.Campaigns.Get(f.ctx, c.ID)
		return handed(c) >= int64(n), err
	})
	took := time.Since(started)
	if err != nil {
		return sent{}, fmt.Errorf("campaign is %s with %+v: %w", c.Status, c.Counts, err)
	}
	if w.o.Statements {
		if err := w.topStatements(ctx); err != nil {
			return sent{}, err
		}
	}
	after, err := w.cost(ctx)
	return sent{campaign: c, took: took, cost: after.minus(before)}, err
}

// handed is how many recipients Meta has taken.
func handed(c campaign.Campaign) int64 {
	k := c.Counts
	return k.Accepted + k.Sent + k.Delivered + k.Read
}

// compare runs the bare loop and draws up the figures.
func (w *world) compare(ctx context.Context, f firm, list uuid.UUID, run sent) (Result, error) {
	n := w.o.Recipients
	judged, err := w.sim.recipients(ctx)
	if err != nil {
		return nil, err
	}
	ledger, err := w.core.VerifyLedger(ctx)
	if err != nil {
		return nil, err
	}
	bodies, err := w.bodies(ctx, f, list)
	if err != nil {
		return nil, err
	}
	url := fmt.Sprintf("%s/%s/%s/messages", w.sim.url, w.cfg.WhatsAppVersion, f.channel.PhoneNumberID)
	bareTook, err := bare(ctx, url, "EAASIM000001", bodies, w.o.Concurrency)
	if err != nil {
		return nil, err
	}
	return Result{
		{"messages", n}, {"per_second", per(n, run.took)}, {"bare_per_second", per(n, bareTook)},
		{"ratio", round(bareTook.Seconds() / run.took.Seconds())},
		{"duplicates", judged.duplicates}, {"lost", n - len(judged.people)}, {"ledger_ok", ledger.OK},
		{"sql_statements_per_message", round(float64(run.cost.statements) / float64(n))},
		{"cpu_ms_per_message", round(float64(run.cost.cpu.Microseconds()) / 1000 / float64(n))},
	}, nil
}
