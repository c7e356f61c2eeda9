package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// FreezeArgs asks for the recipients of a started campaign to be frozen.
type FreezeArgs struct {
	TenantID   uuid.UUID `json:"tenantId"`
	CampaignID uuid.UUID `json:"campaignId"`
}

// Kind names the job.
func (FreezeArgs) Kind() string { return "campaign_freeze" }

// InsertOpts puts it on the campaign queue.
func (FreezeArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Campaign} }

type freezeWorker struct {
	river.WorkerDefaults[FreezeArgs]
	s *Service
}

// Work freezes for a while and hands over to another job while recipients remain.
func (w *freezeWorker) Work(ctx context.Context, job *river.Job[FreezeArgs]) error {
	done, err := w.s.freezeSome(ctx, job.Args.TenantID, job.Args.CampaignID)
	if err != nil || done {
		return err
	}
	return w.s.DB.InTenant(ctx, job.Args.TenantID, func(ctx context.Context, tx pgx.Tx) error {
		return w.s.Queue.Insert(ctx, tx, job.Args, nil)
	})
}

// CloseArgs asks for the recipients of a cancelled campaign to be closed.
type CloseArgs struct {
	TenantID   uuid.UUID `json:"tenantId"`
	CampaignID uuid.UUID `json:"campaignId"`
}

// Kind names the job.
func (CloseArgs) Kind() string { return "campaign_close" }

// InsertOpts puts it on the campaign queue.
func (CloseArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Campaign} }

type closeWorker struct {
	river.WorkerDefaults[CloseArgs]
	s *Service
}

const closeChunk = 5000

// Work closes queued messages and pending recipients, chunk by chunk.
func (w *closeWorker) Work(ctx context.Context, job *river.Job[CloseArgs]) error {
	for {
		n, err := w.s.closeChunk(ctx, job.Args.TenantID, job.Args.CampaignID)
		if err != nil || n == 0 {
			return err
		}
	}
}

// closeChunk cancels queued messages first, then pending recipients.
func (s *Service) closeChunk(ctx context.Context, tenant, id uuid.UUID) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil || c.Status != Cancelled {
			return err
		}
		if n, err = s.Messages.CancelQueued(ctx, tx, tenant, c.ChannelID, id, closeChunk); err != nil || n > 0 {
			return err
		}
		n, err = s.closePending(ctx, tx, tenant, c)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("close campaign %s: %w", id, err)
	}
	return n, nil
}

// closePending cancels recipients not yet fed, and forgets the attempts still planned.
func (s *Service) closePending(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (int, error) {
	closed, err := cancelPending(ctx, tx, tenant, c.ID, closeChunk)
	if err != nil {
		return 0, err
	}
	n := int(closed.all.Cancelled)
	if n == 0 {
		return s.forgetRetries(ctx, tx, tenant, c.ID)
	}
	if err := s.publish(ctx, tx, tenant, c.ID); err != nil {
		return 0, err
	}
	return n, count(ctx, tx, tenant, c.ID, closed)
}

// DueArgs asks for the campaigns whose time has come: to be started, to choose their winner, or
// to try failures again.
type DueArgs struct{}

// Kind names the job.
func (DueArgs) Kind() string { return "campaign_due" }

// InsertOpts puts it on the campaign queue, once at a time.
func (DueArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Campaign, MaxAttempts: 1}
}

type dueWorker struct {
	river.WorkerDefaults[DueArgs]
	s *Service
}

const systemDue = `
select tenant_id, id from campaigns where status = 'scheduled' and scheduled_at <= $1 order by scheduled_at limit 500`

const systemDueSeries = `
select tenant_id, campaign_id from campaign_series where next_at <= $1 and next_at is not null and paused_at is null
order by next_at limit 500`

// due is a scheduled campaign, or a series, whose time has come.
type due struct{ Tenant, ID uuid.UUID }

// Work does what is due, campaign by campaign, each in its tenant's transactions.
func (w *dueWorker) Work(ctx context.Context, _ *river.Job[DueArgs]) error {
	if err := w.s.StartDue(ctx); err != nil {
		return err
	}
	return w.s.TendDue(ctx)
}

// StartDue starts every scheduled campaign, and every run of a series, whose time has come. One
// that cannot be started does not keep the others waiting; it is tried again.
func (s *Service) StartDue(ctx context.Context) error {
	scheduled, err := s.due(ctx, systemDue)
	if err != nil {
		return fmt.Errorf("find scheduled campaigns: %w", err)
	}
	repeating, err := s.due(ctx, systemDueSeries)
	if err != nil {
		return fmt.Errorf("find due series: %w", err)
	}
	var failed []error
	for _, d := range scheduled {
		if err := s.startDue(ctx, d); err != nil {
			failed = append(failed, fmt.Errorf("start campaign %s: %w", d.ID, err))
		}
	}
	for _, d := range repeating {
		err := s.DB.InTenant(ctx, d.Tenant, func(ctx context.Context, tx pgx.Tx) error { return s.runSeries(ctx, tx, d.Tenant, d.ID) })
		if err != nil {
			failed = append(failed, fmt.Errorf("run series %s: %w", d.ID, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) due(ctx context.Context, systemSQL string) (list []due, err error) {
	err = s.DB.AsSystem(ctx, "find scheduled campaigns", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, systemSQL, s.Clock.Now())
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		return err
	})
	return list, err
}

func (s *Service) startDue(ctx context.Context, d due) error {
	return s.DB.InTenant(ctx, d.Tenant, func(ctx context.Context, tx pgx.Tx) error {
		c, err := lock(ctx, tx, d.Tenant, d.ID)
		if err != nil || c.Status != Scheduled {
			return err
		}
		if err := s.worded(ctx, tx, d.Tenant, c); fault.KindOf(err) == fault.KindConflict {
			c.PauseReason = message.HaltTemplate
			return s.move(ctx, tx, d.Tenant, &c, Paused)
		}
		return s.launch(ctx, tx, d.Tenant, &c)
	})
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &freezeWorker{s: s})
	river.AddWorker(w, &closeWorker{s: s})
	river.AddWorker(w, &dueWorker{s: s})
	river.AddWorker(w, &approvalMailer{s: s})
}

// Periodic looks for scheduled campaigns every second.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return DueArgs{}, nil }, nil)}
}
