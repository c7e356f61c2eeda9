package auth

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/queue"
)

// How long a dead session, link or count is kept, for questions about what happened.
const keepDead = 30 * 24 * time.Hour

// SweepArgs is the job that removes sessions, links and counts that are long over.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "auth_sweep" }

// InsertOpts makes it one run per hour, behind everything else.
func (SweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue: queue.Automation, Priority: 4, MaxAttempts: 3,
		UniqueOpts: river.UniqueOpts{ByPeriod: time.Hour},
	}
}

type sweeper struct {
	river.WorkerDefaults[SweepArgs]
	s *Service
}

// Work removes a bounded number of rows per table; the next hour takes the rest.
func (w *sweeper) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	return w.s.Sweep(ctx)
}

// Sweep removes what ended 30 days ago.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Clock.Now().Add(-keepDead)
	return s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		for _, sql := range []string{
			`delete from sessions where id = any(array(select id from sessions where expires_at < $1 order by expires_at limit 5000))`,
			`delete from user_links where id = any(array(select id from user_links where expires_at < $1 order by expires_at limit 5000))`,
			`delete from login_attempts where key = any(array(select key from login_attempts where updated_at < $1 order by updated_at limit 5000))`,
		} {
			if err := exec(ctx, tx, "sweep", sql, before); err != nil {
				return err
			}
		}
		return nil
	})
}

// Workers adds this feature's workers.
func (s *Service) Workers(workers *river.Workers) {
	river.AddWorker(workers, &linkMailer{s: s})
	river.AddWorker(workers, &noticeMailer{s: s})
	river.AddWorker(workers, &sweeper{s: s})
}

// Periodic are this feature's periodic jobs.
func (s *Service) Periodic() []*river.PeriodicJob {
	hourly := river.PeriodicInterval(time.Hour)
	return []*river.PeriodicJob{river.NewPeriodicJob(hourly, func() (river.JobArgs, *river.InsertOpts) {
		return SweepArgs{}, nil
	}, nil)}
}
