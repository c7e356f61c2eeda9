package template

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	sweepEvery = 24 * time.Hour
	sweepPage  = 500
	// sweepSpread keeps a sweep from asking Meta for everything at once.
	sweepSpread = 2 * time.Hour
	// syncTimeout is enough for the 6,000 templates an account may have, in pages of 100.
	syncTimeout  = 10 * time.Minute
	syncAttempts = 6
)

// Why a synchronisation runs. The cause keeps a sweep's, two hours ahead, from standing for
// the one somebody asks for now.
const (
	causeAsked   = "asked"
	causeEvent   = "event"
	causeSweep   = "sweep"
	causePause   = "pause"
	causeTie     = "tie"
	causeConnect = "connect"
)

// SyncArgs is the job that reads an account's templates from Meta.
type SyncArgs struct {
	TenantID uuid.UUID `json:"tenant_id"`
	WABAID   string    `json:"waba_id"`
	Cause    string    `json:"cause"`
}

// SweepArgs is the periodic job that synchronises every account, and counts its templates' results.
type SweepArgs struct{}

// CountArgs is the job that counts what became of a tenant's templates.
type CountArgs struct {
	TenantID uuid.UUID `json:"tenant_id"`
	Cause    string    `json:"cause"`
}

// Kind names the job.
func (CountArgs) Kind() string { return "template_count" }

// Kind names the job.
func (SyncArgs) Kind() string { return "template_sync" }

// Kind names the job.
func (SweepArgs) Kind() string { return "template_sweep" }

type syncWorker struct {
	river.WorkerDefaults[SyncArgs]
	service *Service
}

func (w *syncWorker) Timeout(*river.Job[SyncArgs]) time.Duration { return syncTimeout }

func (w *syncWorker) Work(ctx context.Context, job *river.Job[SyncArgs]) error {
	return w.service.syncJob(ctx, job.Args)
}

// Workers registers the work of these jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &syncWorker{service: s})
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, _ *river.Job[SweepArgs]) error {
		return s.sweep(ctx)
	}))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[CountArgs]) error {
		return s.count(ctx, job.Args.TenantID)
	}))
}

// Periodic returns the daily sweep.
func (s *Service) Periodic() []*river.PeriodicJob {
	sweep := func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, jobOptions(queue.Metrics) }
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), sweep, nil)}
}

// ChannelCreated queues the first synchronisation of a connected number's account. The app
// calls it from channel's hook.
func (s *Service) ChannelCreated(ctx context.Context, tx pgx.Tx, c channel.Channel) error {
	return s.requestSync(ctx, tx, c.TenantID, c.WABAID, causeConnect)
}

// syncJob gives up where trying again cannot help: nobody uses the account any more, or its
// token must be renewed first.
func (s *Service) syncJob(ctx context.Context, args SyncArgs) error {
	err := s.sync(ctx, args.TenantID, args.WABAID)
	if err == nil {
		return nil
	}
	refusal, refused := errors.AsType[*whatsapp.Error](err)
	if fault.KindOf(err) == fault.KindConflict || (refused && refusal.Advice().Action == whatsapp.Reauthorise) {
		return river.JobCancel(err)
	}
	return err
}

func (s *Service) requestSync(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba, cause string) error {
	return s.Queue.Insert(ctx, tx, SyncArgs{tenant, waba, cause}, jobOptions(queue.Webhook))
}

// checkAfterPause queues a synchronisation for the end of a pause, because Meta's event that
// it is over may never come.
func (s *Service) checkAfterPause(ctx context.Context, tx pgx.Tx, t Template) error {
	return s.checkAt(ctx, tx, t, causePause, t.PausedUntil.Add(time.Minute))
}

// checkAfterTie queues one for when Meta's list is newer than two events that came at the same second.
func (s *Service) checkAfterTie(ctx context.Context, tx pgx.Tx, t Template, at time.Time) error {
	return s.checkAt(ctx, tx, t, causeTie, at.Add(2*eventGrain))
}

func (s *Service) checkAt(ctx context.Context, tx pgx.Tx, t Template, cause string, at time.Time) error {
	opts := jobOptions(queue.Webhook)
	opts.ScheduledAt, opts.UniqueOpts = at, river.UniqueOpts{}
	return s.Queue.Insert(ctx, tx, SyncArgs{t.TenantID, t.WABAID, cause}, opts)
}

// sweep queues a synchronisation of every account of the installation.
func (s *Service) sweep(ctx context.Context) error {
	var after channel.WABAOwner
	for {
		page, err := s.sweepFrom(ctx, after)
		if err != nil {
			return fmt.Errorf("sweep accounts: %w", err)
		}
		if len(page) < sweepPage {
			return nil
		}
		after = page[len(page)-1]
	}
}

func (s *Service) sweepFrom(ctx context.Context, after channel.WABAOwner) (page []channel.WABAOwner, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if page, err = s.Channels.WABAsAfter(ctx, tx, after, sweepPage); err != nil {
			return err
		}
		jobs := make([]river.InsertManyParams, len(page))
		for i, o := range page {
			opts := jobOptions(queue.Metrics)
			opts.ScheduledAt = s.Clock.Now().Add(sweepSpread * time.Duration(i) / sweepPage)
			jobs[i] = river.InsertManyParams{Args: SyncArgs{o.TenantID, o.WABAID, causeSweep}, InsertOpts: opts}
			jobs = append(jobs, river.InsertManyParams{Args: CountArgs{o.TenantID, causeSweep}, InsertOpts: opts})
		}
		return s.Queue.InsertMany(ctx, tx, jobs)
	})
	return page, err
}

// jobOptions keeps one waiting job per account and cause.
func jobOptions(name string) *river.InsertOpts {
	return &river.InsertOpts{
		Queue: name, MaxAttempts: syncAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}},
	}
}
