package bench

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// pageFloor is what each call of every page keeps to at its own 95th percentile, in milliseconds.
const pageFloor = 200

// pagesBench opens every page of the web app over one large tenant: the calls which that page makes,
// by HTTP and in a session as a browser's. Counts that nothing keeps ready, which a screen shows as
// they come, are measured apart as live ones.
func pagesBench(ctx context.Context, o Options) (Result, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	began := time.Now()
	data, err := w.seedPages(ctx, o.Contacts, o.Campaigns)
	if err != nil {
		return nil, fmt.Errorf("seed: %w", err)
	}
	seeded := time.Since(began)
	if err := w.start(ctx, "api"); err != nil {
		return nil, err
	}
	v, err := w.visit(ctx, data)
	if err != nil {
		return nil, err
	}
	for round := range o.Rounds {
		if err := v.walk(ctx, round); err != nil {
			return nil, err
		}
	}
	return append(Result{{"contacts", o.Contacts}, {"campaigns", o.Campaigns}, {"seed_s", round(seeded.Seconds())}}, v.result()...), nil
}

// timed is how long a call took.
type timed struct {
	page, call string
	took       time.Duration
	live       bool
}

// Slowest is the call that took longest.
type Slowest struct {
	Page string  `json:"page"`
	Call string  `json:"call"`
	MS   float64 `json:"ms"`
}

func (v *visitor) result() Result {
	var all, live []time.Duration
	pages := map[string][]time.Duration{}
	for _, t := range v.took {
		if t.live {
			live = append(live, t.took)
			continue
		}
		all, pages[t.page] = append(all, t.took), append(pages[t.page], t.took)
	}
	p95 := map[string]float64{}
	for page, took := range pages {
		p95[page] = quantile(took, 95)
	}
	slowest := v.slowest(false)
	return Result{
		{"pages", len(pages)}, {"calls", len(all)}, {"p50_ms", quantile(all, 50)}, {"p95_ms", quantile(all, 95)}, {"max_ms", quantile(all, 100)},
		{"slowest", slowest}, {"floor_ok", len(slowest) == 0 || slowest[0].MS < pageFloor},
		{"live_calls", len(live)}, {"live_p50_ms", quantile(live, 50)}, {"live_p95_ms", quantile(live, 95)}, {"live_slowest", v.slowest(true)},
		{"page_p95_ms", p95},
	}
}

// slowest lists the ten calls with the longest 95th percentile, the longest first.
func (v *visitor) slowest(live bool) []Slowest {
	type place struct{ page, call string }
	byCall := map[place][]time.Duration{}
	for _, t := range v.took {
		if t.live == live {
			byCall[place{t.page, t.call}] = append(byCall[place{t.page, t.call}], t.took)
		}
	}
	var list []Slowest
	for at := range maps.Keys(byCall) {
		list = append(list, Slowest{at.page, at.call, quantile(byCall[at], 95)})
	}
	slices.SortFunc(list, func(a, b Slowest) int { return int(1000 * (b.MS - a.MS)) })
	return list[:min(10, len(list))]
}
