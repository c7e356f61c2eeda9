package sequence

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

// DueArgs asks for the steps whose time has come.
type DueArgs struct{}

// Kind names the job.
func (DueArgs) Kind() string { return "sequence_due" }

// InsertOpts puts it on the automation queue; the next second asks again.
func (DueArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

type dueWorker struct {
	river.WorkerDefaults[DueArgs]
	s *Service
}

// Work takes all steps that are due.
func (w *dueWorker) Work(ctx context.Context, _ *river.Job[DueArgs]) error { return w.s.StepDue(ctx) }

// IntakeArgs asks for an intake's people to be let in.
type IntakeArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
	IntakeID uuid.UUID `json:"intakeId"`
}

// Kind names the job.
func (IntakeArgs) Kind() string { return "sequence_intake" }

// InsertOpts puts it on the automation queue.
func (IntakeArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Automation} }

type intakeWorker struct {
	river.WorkerDefaults[IntakeArgs]
	s *Service
}

// Work lets people in for a while and hands over to another job while some remain.
func (w *intakeWorker) Work(ctx context.Context, job *river.Job[IntakeArgs]) error {
	done, err := w.s.letIn(ctx, job.Args.TenantID, job.Args.IntakeID)
	if err != nil || done {
		return err
	}
	return w.s.DB.InTenant(ctx, job.Args.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		return w.s.Queue.Insert(ctx, tx, job.Args, nil)
	})
}

// CloseArgs asks for everybody inside an archived sequence to leave.
type CloseArgs struct {
	TenantID   uuid.UUID `json:"tenantId"`
	SequenceID uuid.UUID `json:"sequenceId"`
}

// Kind names the job.
func (CloseArgs) Kind() string { return "sequence_close" }

// InsertOpts puts it on the automation queue.
func (CloseArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Automation} }

type closeWorker struct {
	river.WorkerDefaults[CloseArgs]
	s *Service
}

// Work lets people go chunk by chunk, and then the lanes close what they had parked.
func (w *closeWorker) Work(ctx context.Context, job *river.Job[CloseArgs]) error {
	tenant, id := job.Args.TenantID, job.Args.SequenceID
	for after, n := uuid.Nil, chunk; n == chunk; {
		var err error
		if after, n, err = w.s.closeSome(ctx, tenant, id, after); err != nil {
			return fmt.Errorf("close sequence %s: %w", id, err)
		}
	}
	return w.s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return w.s.unpark(ctx, tx, tenant, id) })
}

func (s *Service) closeSome(ctx context.Context, tenant, id, after uuid.UUID) (last uuid.UUID, n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		list, err := collectLeaving(ctx, tx, sqlLeaveArchived, tenant, id, after, chunk)
		if err != nil || len(list) == 0 {
			return err
		}
		last, n = list[len(list)-1].ID, len(list)
		return s.leave(ctx, tx, tenant, list, exitArchived)
	})
	return last, n, err
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &dueWorker{s: s})
	river.AddWorker(w, &intakeWorker{s: s})
	river.AddWorker(w, &closeWorker{s: s})
}

// Periodic looks for due steps every second.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return DueArgs{}, nil }, nil)}
}
