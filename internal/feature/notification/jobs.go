package notification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

const (
	// sweepEvery finds mails and held-back pushes whose time has come, and pushes without a job.
	sweepEvery = 15 * time.Second
	// kept is how long notifications are listed.
	kept = 90 * 24 * time.Hour
	// deliveryAttempts: with the queue's backoff about ten minutes; then it is told too late to help.
	deliveryAttempts = 6
	forgetChunk      = 5000
)

// PushArgs asks for what is due to be pushed to a person.
type PushArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
	UserID   uuid.UUID `json:"userId"`
}

// Kind names the job.
func (PushArgs) Kind() string { return "notification_push" }

// InsertOpts puts it before other automation: it is worth little later.
func (PushArgs) InsertOpts() river.InsertOpts { return deliveryOptions(1) }

// MailArgs asks for what is due to be mailed to a person.
type MailArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
	UserID   uuid.UUID `json:"userId"`
}

// Kind names the job.
func (MailArgs) Kind() string { return "notification_mail" }

// InsertOpts puts it on the automation queue.
func (MailArgs) InsertOpts() river.InsertOpts { return deliveryOptions(2) }

// deliveryOptions keeps one job per person and way. What is told while one runs is found by it or by the
// sweep.
func deliveryOptions(priority int) river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, Priority: priority, MaxAttempts: deliveryAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}}}
}

// SweepArgs asks for jobs for all that is due.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "notification_sweep" }

// InsertOpts puts it on the automation queue; the next one comes soon.
func (SweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

// ForgetArgs asks for old notifications to be removed.
type ForgetArgs struct{}

// Kind names the job.
func (ForgetArgs) Kind() string { return "notification_forget" }

// InsertOpts puts it on the metrics queue.
func (ForgetArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type pushWorker struct {
	river.WorkerDefaults[PushArgs]
	s *Service
}

// Work pushes.
func (w *pushWorker) Work(ctx context.Context, job *river.Job[PushArgs]) error {
	return w.s.push(ctx, job.Args.TenantID, job.Args.UserID)
}

type mailWorker struct {
	river.WorkerDefaults[MailArgs]
	s *Service
}

// Work mails. A second attempt may mail again: better twice than never.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[MailArgs]) error {
	return w.s.mailDue(ctx, job.Args.TenantID, job.Args.UserID)
}

type sweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	s *Service
}

// Work queues what is due.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	return w.s.Sweep(ctx)
}

type forgetWorker struct {
	river.WorkerDefaults[ForgetArgs]
	s *Service
}

// Work removes what is old.
func (w *forgetWorker) Work(ctx context.Context, _ *river.Job[ForgetArgs]) error {
	return w.s.forgetOld(ctx)
}

// Workers adds this feature's workers.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &pushWorker{s: s})
	river.AddWorker(w, &mailWorker{s: s})
	river.AddWorker(w, &sweepWorker{s: s})
	river.AddWorker(w, &forgetWorker{s: s})
}

// Periodic lists the jobs that come round by themselves.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, nil }, nil),
		river.NewPeriodicJob(river.PeriodicInterval(6*time.Hour), func() (river.JobArgs, *river.InsertOpts) { return ForgetArgs{}, nil }, nil),
	}
}

const (
	systemPushDue = `select distinct tenant_id, user_id from notifications where push_due <= $1`
	systemMailDue = `select distinct tenant_id, user_id from notifications where mail_due <= $1`
	systemOld     = `select tenant_id from tenants t where exists (select 1 from notifications n where n.tenant_id = t.tenant_id and n.at < $1)`
)

// Sweep queues the pushes and mails whose time has come.
func (s *Service) Sweep(ctx context.Context) error {
	pushes, mails, err := s.due(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, p := range pushes {
		failed = append(failed, s.enqueue(ctx, p.Tenant, PushArgs{p.Tenant, p.User}))
	}
	for _, m := range mails {
		failed = append(failed, s.enqueue(ctx, m.Tenant, MailArgs{m.Tenant, m.User}))
	}
	return errors.Join(failed...)
}

// member is a person in a workspace.
type member struct{ Tenant, User uuid.UUID }

func (s *Service) due(ctx context.Context) (pushes, mails []member, err error) {
	err = s.DB.AsSystem(ctx, "find notifications that are due", func(ctx context.Context, tx pgx.Tx) error {
		if pushes, err = members(ctx, tx, systemPushDue, s.Clock.Now()); err != nil {
			return err
		}
		mails, err = members(ctx, tx, systemMailDue, s.Clock.Now())
		return err
	})
	return pushes, mails, err
}

func members(ctx context.Context, tx pgx.Tx, sql string, now time.Time) ([]member, error) {
	rows, err := tx.Query(ctx, sql, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[member])
}

func (s *Service) enqueue(ctx context.Context, tenant uuid.UUID, args river.JobArgs) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return s.Queue.Insert(ctx, tx, args, nil)
	})
}

const sqlForgetOld = `
delete from notifications where tenant_id = $1 and (user_id, id) in (
    select o.user_id, o.id from notifications o where o.tenant_id = $1 and o.at < $2 order by o.at limit $3)`

// forgetOld removes what was told long ago, tenant after tenant, in chunks.
func (s *Service) forgetOld(ctx context.Context) error {
	var tenants []uuid.UUID
	before := s.Clock.Now().Add(-kept)
	err := s.DB.AsSystem(ctx, "find old notifications", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemOld, before)
		if err != nil {
			return err
		}
		tenants, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		if err := s.forgetOf(ctx, tenant, before); err != nil {
			return fmt.Errorf("forget notifications of %s: %w", tenant, err)
		}
	}
	return nil
}

func (s *Service) forgetOf(ctx context.Context, tenant uuid.UUID, before time.Time) error {
	for n := int64(forgetChunk); n == forgetChunk; {
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			tag, err := tx.Exec(ctx, sqlForgetOld, tenant, before, forgetChunk)
			n = tag.RowsAffected()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
