package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/segment"
)

// segmentRounds is how often each question is asked; the first of each warms up and does not count.
const segmentRounds = 12

// segmentBench counts segments over one tenant's contacts, who have fields, tags, consent and a
// history of campaigns, beside a bare count(*) of the same rows in the same turns.
func segmentBench(ctx context.Context, o Options) (Result, error) {
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	s, err := w.seedSegments(ctx, o.Recipients)
	if err != nil {
		return nil, fmt.Errorf("seed contacts: %w", err)
	}
	queries := s.queries()
	var took, bare []time.Duration
	slowest, worst := "", time.Duration(0)
	for round := range segmentRounds {
		for name, q := range queries {
			d, err := w.timeSegment(ctx, s.tenant, q)
			if err != nil {
				return nil, fmt.Errorf("count %s: %w", name, err)
			}
			b, err := w.timeBare(ctx, s.tenant)
			if err != nil {
				return nil, err
			}
			if round == 0 {
				continue
			}
			took, bare = append(took, d), append(bare, b)
			if d > worst {
				slowest, worst = name, d
			}
		}
	}
	return Result{
		{"contacts", o.Recipients}, {"segments", len(queries)}, {"counts", len(took)},
		{"p50_ms", quantile(took, 50)}, {"p95_ms", quantile(took, 95)}, {"max_ms", quantile(took, 100)}, {"slowest", slowest},
		{"bare_p50_ms", quantile(bare, 50)}, {"bare_p95_ms", quantile(bare, 95)},
	}, nil
}

// quantile is that percentile of durations, in milliseconds.
func quantile(took []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(took))
	at := max(0, (len(sorted)*percent+99)/100-1)
	return round(sorted[at].Seconds() * 1000)
}

// timeSegment times what the screen waits for: the query compiled and counted.
func (w *world) timeSegment(ctx context.Context, tenant uuid.UUID, q segment.Query) (took time.Duration, err error) {
	err = w.core.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		began := time.Now()
		c, err := segment.Compile(ctx, tx, tenant, q, w.core.Clock.Now(), nil, "query")
		if err != nil {
			return err
		}
		_, err = c.Count(ctx, tx, tenant)
		took = time.Since(began)
		return err
	})
	return took, err
}

// timeBare times a count of the same contacts with nothing asked of them.
func (w *world) timeBare(ctx context.Context, tenant uuid.UUID) (took time.Duration, err error) {
	err = w.core.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		began := time.Now()
		var n int64
		err := tx.QueryRow(ctx, `select count(*) from contacts where tenant_id = $1`, tenant).Scan(&n)
		took = time.Since(began)
		return err
	})
	return took, err
}
