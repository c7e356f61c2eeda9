package desk

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// sweepEvery is how late the queue is looked at when nothing rang, and what is not answered is handed on.
const sweepEvery = 10 * time.Second

// DrainArgs asks for what waits in a workspace to be given to who is free by now.
type DrainArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
}

// Kind names the job.
func (DrainArgs) Kind() string { return "desk_drain" }

// InsertOpts puts it on the automation queue.
func (DrainArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 3}
}

type drainWorker struct {
	river.WorkerDefaults[DrainArgs]
	s *Service
}

// Work drains the workspace's queue.
func (w *drainWorker) Work(ctx context.Context, job *river.Job[DrainArgs]) error {
	return w.s.drain(actor.With(ctx, actor.ForTenant(job.Args.TenantID)), job.Args.TenantID)
}

const sqlAnybodyWaits = `select exists (select 1 from desk_queue where tenant_id = $1)`

// drainSoon asks for the queue to be looked at, if anything waits, after the caller's commit.
func (s *Service) drainSoon(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var waits bool
	if err := tx.QueryRow(ctx, sqlAnybodyWaits, tenant).Scan(&waits); err != nil || !waits {
		return err
	}
	return s.Deps.Queue.Insert(ctx, tx, DrainArgs{tenant}, nil)
}

// SweepArgs asks for queues that nothing rang for, and for what was not answered in time.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "desk_sweep" }

// InsertOpts puts it on the automation queue; the next turn asks again.
func (SweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

type sweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	s *Service
}

// Work does both.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	if err := w.s.HandOn(ctx); err != nil {
		return err
	}
	return w.s.Drain(ctx)
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &drainWorker{s: s})
	river.AddWorker(w, &sweepWorker{s: s})
}

// Periodic sweeps.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
		func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, nil }, nil)}
}
