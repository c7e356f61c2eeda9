package bench

import (
	"context"
	"fmt"

	"github.com/aerostic/aerostic/internal/app"
)

// costBench compares the CPU of a message in a campaign with one ten times as large. The small one
// is sent before and after it: a machine's speed may change by more than what is looked for.
func costBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if err := w.sim.configure(ctx, quiet()); err != nil {
		return nil, err
	}
	if err := w.start(ctx, app.RoleWorker); err != nil {
		return nil, err
	}
	small := max(1, o.Recipients/10)
	// The first is not counted: it meets cold caches and plans.
	cpu := make([]float64, 4)
	for i, n := range []int{max(1, small/4), small, o.Recipients, small} {
		if cpu[i], err = w.costOf(ctx, i+1, n); err != nil {
			return nil, err
		}
	}
	before, large, after := cpu[1], cpu[2], cpu[3]
	return Result{
		{"small", small}, {"large", o.Recipients}, {"cpu_ms_small", round((before + after) / 2)}, {"cpu_ms_large", large},
		{"cpu_ms_small_before", before}, {"cpu_ms_small_after", after},
		{"growth_percent", round(100 * (2*large/(before+after) - 1))},
	}, nil
}

// costOf is the CPU of one message, in milliseconds, in a campaign of a tenant of its own.
func (w *world) costOf(ctx context.Context, firm, recipients int) (float64, error) {
	f, err := w.addFirm(ctx, firm, -1)
	if err != nil {
		return 0, err
	}
	list, err := w.addContacts(ctx, f, recipients)
	if err != nil {
		return 0, err
	}
	// The import's own upkeep is over before anything is measured.
	if _, err := w.super.Exec(ctx, "vacuum analyze"); err != nil {
		return 0, err
	}
	w.o.Recipients = recipients
	run, err := w.sendCampaign(ctx, f, list, handed)
	if err != nil {
		return 0, err
	}
	if run.reached < recipients {
		return 0, fmt.Errorf("only %d of %d were sent", run.reached, recipients)
	}
	return run.cost.perMessage(recipients), nil
}
