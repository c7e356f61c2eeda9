package channel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	sweepEvery = 6 * time.Hour
	sweepPage  = 500
	// Spread over this long, a sweep stays far below Meta's hourly limit of calls per account.
	sweepSpread = 30 * time.Minute
	jobAttempts = 8
)

// SubscribeArgs is the job that switches webhooks on for a number's account.
type SubscribeArgs struct {
	TenantID  uuid.UUID `json:"tenant_id"`
	ChannelID uuid.UUID `json:"channel_id"`
}

// RefreshArgs is the job that asks Meta about one number. The cause keeps a sweep's refresh,
// half an hour ahead, from standing for the one an event asks for now.
type RefreshArgs struct {
	TenantID  uuid.UUID `json:"tenant_id"`
	ChannelID uuid.UUID `json:"channel_id"`
	Cause     string    `json:"cause"`
}

const (
	causeEvent = "event"
	causeSweep = "sweep"
)

// ResumeArgs is the job that ends a pause at its time.
type ResumeArgs struct {
	TenantID  uuid.UUID `json:"tenant_id"`
	ChannelID uuid.UUID `json:"channel_id"`
}

// SweepArgs is the periodic job that gives every number a refresh.
type SweepArgs struct{}

// Kind names the job.
func (SubscribeArgs) Kind() string { return "channel_subscribe" }

// Kind names the job.
func (RefreshArgs) Kind() string { return "channel_refresh" }

// Kind names the job.
func (ResumeArgs) Kind() string { return "channel_resume" }

// Kind names the job.
func (SweepArgs) Kind() string { return "channel_sweep" }

// Workers registers the work of these jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[SubscribeArgs]) error {
		return s.subscribe(ctx, job.Args)
	}))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[RefreshArgs]) error {
		return s.refreshJob(ctx, job.Args)
	}))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[ResumeArgs]) error {
		return s.resumeJob(ctx, job.Args)
	}))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, _ *river.Job[SweepArgs]) error {
		return s.sweep(ctx)
	}))
}

// Periodic returns the sweep, every six hours.
func (s *Service) Periodic() []*river.PeriodicJob {
	sweep := func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, jobOptions(queue.Metrics) }
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), sweep, nil)}
}

// subscribe switches webhooks on. Meta takes a second subscription as the first.
func (s *Service) subscribe(ctx context.Context, args SubscribeArgs) error {
	c, token, err := s.opened(ctx, args.TenantID, args.ChannelID)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.WhatsApp.SubscribeApp(ctx, token, c.WABAID); err != nil {
		return s.subscribeRefused(ctx, args, err)
	}
	return s.inTenantOf(ctx, args.TenantID, "note subscription", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		_, err := s.change(ctx, tx, tenant, c.ID, func(c *Channel) error {
			now := s.Clock.Now()
			c.SubscribedAt, c.RefreshError = &now, ""
			return nil
		})
		return err
	})
}

func (s *Service) subscribeRefused(ctx context.Context, args SubscribeArgs, refusal error) error {
	err := s.inTenantOf(ctx, args.TenantID, "note subscription", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		_, err := s.change(ctx, tx, tenant, args.ChannelID, func(c *Channel) error {
			s.learnRefusal(c, refusedBy(refusal))
			return nil
		})
		return err
	})
	return errors.Join(fmt.Errorf("subscribe account: %w", refusal), err)
}

func (s *Service) refreshJob(ctx context.Context, args RefreshArgs) error {
	after, asked, err := s.refresh(ctx, args.TenantID, args.ChannelID)
	if gone(err) {
		return nil
	}
	if err != nil || asked == nil || after.Status == NeedsReauth {
		return err
	}
	if refusal, ok := errors.AsType[*whatsapp.Error](asked); ok && refusal.Advice().Action == whatsapp.Fail {
		return river.JobCancel(asked)
	}
	return asked
}

// resumeJob ends a pause whose time has come; a pause that was moved has its own job.
func (s *Service) resumeJob(ctx context.Context, args ResumeArgs) error {
	err := s.inTenantOf(ctx, args.TenantID, "resume number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		_, err := s.change(ctx, tx, tenant, args.ChannelID, func(c *Channel) error {
			if c.pauseOver(s.Clock.Now()) {
				c.release()
			}
			return nil
		})
		return err
	})
	if gone(err) {
		return nil
	}
	return err
}

func gone(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.KindNotFound || kind == fault.KindGone
}

// sweep queues a refresh for every number of the installation, spread over half an hour. It
// also is what finds a pause whose resume job was lost.
func (s *Service) sweep(ctx context.Context) error {
	var after Owner
	for {
		page, err := s.sweepFrom(ctx, after)
		if err != nil {
			return fmt.Errorf("sweep numbers: %w", err)
		}
		if len(page) < sweepPage {
			return nil
		}
		after = page[len(page)-1]
	}
}

func (s *Service) sweepFrom(ctx context.Context, after Owner) (page []Owner, err error) {
	err = s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if page, err = ownersAfter(ctx, tx, after, sweepPage); err != nil {
			return err
		}
		return s.Queue.InsertMany(ctx, tx, s.refreshes(page))
	})
	return page, err
}

func (s *Service) refreshes(page []Owner) []river.InsertManyParams {
	jobs := make([]river.InsertManyParams, len(page))
	for i, o := range page {
		opts := jobOptions(queue.Metrics)
		opts.ScheduledAt = s.Clock.Now().Add(sweepSpread * time.Duration(i) / sweepPage)
		jobs[i] = river.InsertManyParams{Args: RefreshArgs{o.TenantID, o.ChannelID, causeSweep}, InsertOpts: opts}
	}
	return jobs
}

// scheduleResume queues the end of a pause that has one.
func (s *Service) scheduleResume(ctx context.Context, tx pgx.Tx, before, after Channel) error {
	if after.PauseUntil == nil || (before.PauseUntil != nil && before.PauseUntil.Equal(*after.PauseUntil)) {
		return nil
	}
	opts := jobOptions(queue.Webhook)
	opts.ScheduledAt = *after.PauseUntil
	opts.UniqueOpts = river.UniqueOpts{}
	return s.Queue.Insert(ctx, tx, ResumeArgs{after.TenantID, after.ID}, opts)
}

func (s *Service) enqueue(ctx context.Context, tx pgx.Tx, args river.JobArgs) error {
	return s.Queue.Insert(ctx, tx, args, jobOptions(queue.Webhook))
}

// jobOptions keeps one waiting job per kind and number. What somebody waits for goes to the
// webhook queue, which has workers to spare for Meta's answers; sweeps to the slow one.
func jobOptions(name string) *river.InsertOpts {
	return &river.InsertOpts{
		Queue: name, MaxAttempts: jobAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}},
	}
}
