package conversation

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

// wakeEvery is how late a snoozed conversation comes back at most.
const wakeEvery = 5 * time.Second

// WakeArgs asks for the conversations whose snooze is over.
type WakeArgs struct{}

// Kind names the job.
func (WakeArgs) Kind() string { return "conversation_wake" }

// InsertOpts puts it on the automation queue; the next turn asks again.
func (WakeArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

type wakeWorker struct {
	river.WorkerDefaults[WakeArgs]
	s *Service
}

// Work opens all of them.
func (w *wakeWorker) Work(ctx context.Context, _ *river.Job[WakeArgs]) error { return w.s.Wake(ctx) }

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &wakeWorker{s: s})
	river.AddWorker(w, &receiptWorker{s: s})
}

// Periodic wakes what has slept long enough.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(wakeEvery),
		func() (river.JobArgs, *river.InsertOpts) { return WakeArgs{}, nil }, nil)}
}
