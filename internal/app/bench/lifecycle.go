package bench

import (
	"context"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/feature/campaign"
)

// webhooksPerSim is how many webhooks the simulator posts at a time.
const webhooksPerSim = 32

// lifecycleBench sends a campaign while its sent, delivered and read webhooks come back
// one by one, until every message is read.
func lifecycleBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	f, list, err := w.oneFirm(ctx, -1, o.Recipients, w.webhooks(map[string]any{"delay_ms": []int{2, 10}}), app.RoleWebhook, app.RoleWorker)
	if err != nil {
		return nil, err
	}
	run, err := w.sendCampaign(ctx, f, list, func(k campaign.Counts) int64 { return k.Read })
	if err != nil {
		return nil, err
	}
	judged, err := w.sim.recipients(ctx)
	if err != nil {
		return nil, err
	}
	stats, err := w.sim.stats(ctx)
	if err != nil {
		return nil, err
	}
	ledger, err := w.core.VerifyLedger(ctx)
	if err != nil {
		return nil, err
	}
	return Result{
		{"messages", o.Recipients}, {"per_second", per(run.reached, run.took)},
		{"duplicates", judged.duplicates}, {"lost", o.Recipients - min(run.reached, len(judged.people))},
		{"webhooks", stats.WebhooksAcked}, {"ledger_ok", ledger.OK}, {"cpu_ms_per_message", run.cost.perMessage(o.Recipients)},
	}, nil
}

// quiet is a simulator that answers and tells nothing afterwards.
func quiet() map[string]any {
	return map[string]any{"scenarios": false, "webhook": map[string]any{"enabled": false}}
}

// webhooks is a simulator that reports every step of every message, one by one; members
// change how.
func (w *world) webhooks(members map[string]any) map[string]any {
	hook := map[string]any{"enabled": true, "url": w.webhookURL(), "secret": appSecret, "batch": 1, "read_rate": 1,
		"concurrency": webhooksPerSim, "retry_ms": 200, "retry_max_ms": 1000, "retries": 300}
	for name, value := range members {
		hook[name] = value
	}
	return map[string]any{"scenarios": false, "webhook": hook}
}
