package csat

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

// AskArgs asks for the questions that are due.
type AskArgs struct{}

// Kind names the job.
func (AskArgs) Kind() string { return "csat_ask" }

// InsertOpts puts it on the automation queue, once at a time.
func (AskArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

type askWorker struct {
	river.WorkerDefaults[AskArgs]
	s *Service
}

// Work asks.
func (w *askWorker) Work(ctx context.Context, _ *river.Job[AskArgs]) error { return w.s.AskDue(ctx) }

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) { river.AddWorker(w, &askWorker{s: s}) }

// Periodic asks every fifteen seconds.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(15*time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return AskArgs{}, nil }, nil)}
}
