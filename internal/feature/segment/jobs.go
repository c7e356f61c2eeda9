package segment

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

type foldArgs struct{}

func (foldArgs) Kind() string { return "segment_activity_fold" }
func (foldArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type foldWorker struct {
	river.WorkerDefaults[foldArgs]
	s *Service
}

// Work brings the contacts' activity up to date.
func (w *foldWorker) Work(ctx context.Context, _ *river.Job[foldArgs]) error { return w.s.Fold(ctx) }

// Workers adds the feature's jobs.
func (s *Service) Workers(w *river.Workers) { river.AddWorker(w, &foldWorker{s: s}) }

// Periodic folds twice a minute.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(30*time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return foldArgs{}, nil }, nil)}
}
