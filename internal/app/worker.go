package app

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// newJobs makes the client that works the features' jobs.
func (c *Core) newJobs() (*queue.Client, error) {
	workers := river.NewWorkers()
	c.addWorkers(workers)
	jobs, err := queue.New(queue.Config{DB: c.DB, Workers: workers, Periodic: c.periodic(), Logger: c.Log, Clock: c.Clock,
		Tracer: c.tracer, Observe: c.metrics.ObserveJob})
	if err == nil {
		c.metrics.CollectQueue(jobs, c.Log)
	}
	return jobs, err
}

// addWorkers lists the features whose jobs the worker role runs.
func (c *Core) addWorkers(w *river.Workers) {
	c.Auth.Workers(w)
	c.Tenants.Workers(w)
	c.Channels.Workers(w)
	c.Segments.Workers(w)
	c.Contacts.Workers(w)
	c.Consents.Workers(w)
	c.Templates.Workers(w)
	c.Messages.Workers(w)
	c.Campaigns.Workers(w)
	c.Goals.Workers(w)
	c.Sequences.Workers(w)
	c.Conversations.Workers(w)
	c.Desk.Workers(w)
	c.Notices.Workers(w)
	c.Promises.Workers(w)
	c.Ratings.Workers(w)
	c.Support.Workers(w)
	c.Payments.Workers(w)
	river.AddWorker(w, &upkeepWorker{c: c})
}

// periodic lists the features' jobs that come round by themselves.
func (c *Core) periodic() []*river.PeriodicJob {
	var jobs []*river.PeriodicJob
	jobs = append(jobs, c.Auth.Periodic()...)
	jobs = append(jobs, c.Segments.Periodic()...)
	jobs = append(jobs, c.Contacts.Periodic()...)
	jobs = append(jobs, c.Consents.Periodic()...)
	jobs = append(jobs, c.Channels.Periodic()...)
	jobs = append(jobs, c.Templates.Periodic()...)
	jobs = append(jobs, c.Messages.Periodic()...)
	jobs = append(jobs, c.Campaigns.Periodic()...)
	jobs = append(jobs, c.Goals.Periodic()...)
	jobs = append(jobs, c.Sequences.Periodic()...)
	jobs = append(jobs, c.Conversations.Periodic()...)
	jobs = append(jobs, c.Desk.Periodic()...)
	jobs = append(jobs, c.Notices.Periodic()...)
	jobs = append(jobs, c.Promises.Periodic()...)
	jobs = append(jobs, c.Ratings.Periodic()...)
	jobs = append(jobs, c.Support.Periodic()...)
	return append(jobs, river.NewPeriodicJob(river.PeriodicInterval(6*time.Hour),
		func() (river.JobArgs, *river.InsertOpts) { return upkeepArgs{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}))
}

// sending is what the worker role runs beside its jobs: the lanes and the ingestion.
type sending struct {
	lanes  *message.Lanes
	ingest *message.Ingest
}

func (c *Core) newSending() *sending {
	return &sending{lanes: message.NewLanes(c.Messages), ingest: message.NewIngest(c.Messages)}
}

// bells connects the doorbells to what they wake. An empty id means that rings may
// have been missed; the lanes' sweeper finds those within a second.
func (s *sending) bells(l *realtime.Listener) {
	l.Bell(message.BellLane, func(id string) {
		if channel, err := uuid.Parse(id); err == nil {
			s.lanes.Ring(channel)
		}
	})
	l.Bell(message.BellDelivery, func(string) { s.ingest.Ring() })
}

// upkeepArgs asks for the upkeep of partitioned tables.
type upkeepArgs struct{}

// Kind names the job.
func (upkeepArgs) Kind() string { return "upkeep" }

// InsertOpts puts it on the metrics queue.
func (upkeepArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: "metrics"} }

type upkeepWorker struct {
	river.WorkerDefaults[upkeepArgs]
	c *Core
}

// partitioned are the tables cut by month.
func partitioned() []string { return []string{"messages", "usage_events", "webhook_deliveries"} }

// Work makes the partitions of the coming months.
func (w *upkeepWorker) Work(ctx context.Context, _ *river.Job[upkeepArgs]) error {
	return w.c.DB.EnsurePartitions(ctx, w.c.Clock.Now(), partitioned()...)
}
