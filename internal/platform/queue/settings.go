package queue

import (
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// fetchCooldown is how soon a worker looks again. River's 100 ms caps a queue at ten fetches a
// second and adds 40 ms to each job; it must be set on the client too, whose notices it paces.
const fetchCooldown = 10 * time.Millisecond

const day = 24 * time.Hour

func (c Config) withDefaults() Config {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	if c.Observe == nil {
		c.Observe = func(Observation) {}
	}
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	return c
}

func (c Config) river() *river.Config {
	queues := map[string]river.QueueConfig{}
	for name, workers := range c.Queues {
		queues[name] = river.QueueConfig{MaxWorkers: workers, FetchCooldown: fetchCooldown}
	}
	if len(queues) == 0 {
		queues = nil
	}
	return &river.Config{
		Schema:        schema,
		Queues:        queues,
		Workers:       c.Workers,
		PeriodicJobs:  c.Periodic,
		FetchCooldown: fetchCooldown,
		JobTimeout:    c.Timeout,
		// River's hour would leave a crashed process's jobs lying. It must exceed JobTimeout.
		RescueStuckJobsAfter: c.Timeout + time.Minute,
		MaxAttempts:          MaxAttempts,
		RetryPolicy:          backoff{clock: c.Clock},
		// Finished jobs are kept briefly, because fetching slows with their number; jobs that
		// failed for good are kept for somebody to look at and replay.
		CompletedJobRetentionPeriod: 30 * time.Minute,
		CancelledJobRetentionPeriod: 7 * day,
		DiscardedJobRetentionPeriod: 90 * day,
		// The nightly reindex needs to own the indexes, which the system role does not.
		ReindexerIndexNames: []string{},
		ErrorHandler:        reporter{logger: c.Logger},
		Middleware:          []rivertype.Middleware{&watcher{cfg: c}},
		Logger:              slog.New(quiet{c.Logger.Handler()}),
	}
}
