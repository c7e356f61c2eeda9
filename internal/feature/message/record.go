package message

import (
	"context"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// recordBatch bounds one transaction of results.
const recordBatch = 1000

// record stores results in batches of whatever came while the one before was
// stored. It outlives the lease: what Meta accepted is recorded by whoever knows it.
func (r *laneRun) record(ctx context.Context) {
	for first := range r.results {
		batch := r.gather(first)
		r.storeResults(ctx, batch)
		r.open.Add(-int64(len(batch)))
		select {
		case r.moved <- struct{}{}:
		default:
		}
	}
}

func (r *laneRun) gather(first Report) []Report {
	batch := append(make([]Report, 0, 64), first)
	for len(batch) < recordBatch {
		select {
		case next, more := <-r.results:
			if !more {
				return batch
			}
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// storeResults merges a batch, trying until the database takes it: an answer of Meta
// must not be dropped because Postgres restarts.
func (r *laneRun) storeResults(ctx context.Context, batch []Report) {
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		_, _, err := r.s.applyBisecting(ctx, r.lease.tenant, batch, together)
		if err == nil {
			return
		}
		r.s.Logger.WarnContext(ctx, "store results, trying again", "channel", r.lease.channel, "count", len(batch), "error", err)
		if clock.Sleep(ctx, r.s.Clock, wait) != nil {
			return
		}
	}
}
