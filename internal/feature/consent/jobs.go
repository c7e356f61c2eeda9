package consent

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

type confirmArgs struct{}

func (confirmArgs) Kind() string { return "consent_confirm" }
func (confirmArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type confirmWorker struct {
	river.WorkerDefaults[confirmArgs]
	s *Service
}

// Work asks for confirmations and lets lapse what nobody confirmed.
func (w *confirmWorker) Work(ctx context.Context, _ *river.Job[confirmArgs]) error {
	return w.s.TendConfirmations(ctx)
}

// Workers adds the feature's jobs.
func (s *Service) Workers(w *river.Workers) { river.AddWorker(w, &confirmWorker{s: s}) }

// Periodic tends confirmations every ten seconds: who ticked a box is asked while they look at it.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(10*time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return confirmArgs{}, nil }, nil)}
}
