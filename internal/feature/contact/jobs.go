package contact

import (
	"time"

	"github.com/riverqueue/river"
)

// Workers adds the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &importWorker{s: s})
	river.AddWorker(w, &bulkWorker{s: s})
	river.AddWorker(w, &undoWorker{s: s})
	river.AddWorker(w, &findDuplicatesWorker{s: s})
	river.AddWorker(w, &requestWorker{s: s})
	river.AddWorker(w, &dropTagWorker{s: s})
	river.AddWorker(w, &sweepWorker{s: s})
	river.AddWorker(w, &foldWorker{s: s})
}

// Periodic are the jobs that run by the clock.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(30*time.Second), func() (river.JobArgs, *river.InsertOpts) {
			return sweepArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(5*time.Minute), func() (river.JobArgs, *river.InsertOpts) {
			return foldArgs{}, nil
		}, nil),
	}
}
