package sla

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// SweepArgs asks for the clocks that are due.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "sla_sweep" }

// InsertOpts puts it on the automation queue, once at a time.
func (SweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation, MaxAttempts: 1}
}

type sweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	s *Service
}

// Work sweeps.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error { return w.s.Sweep(ctx) }

// RecountArgs asks for a workspace's running clocks to be planned anew, because what is promised, or when
// people are there, has changed.
type RecountArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
}

// Kind names the job.
func (RecountArgs) Kind() string { return "sla_recount" }

// InsertOpts puts it on the automation queue.
func (RecountArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Automation}
}

type recountWorker struct {
	river.WorkerDefaults[RecountArgs]
	s *Service
}

// Work goes over the running clocks by their ids.
func (w *recountWorker) Work(ctx context.Context, job *river.Job[RecountArgs]) error {
	tenant := job.Args.TenantID
	ctx = actor.With(ctx, actor.ForTenant(tenant))
	for after := uuid.Nil; ; {
		next, n, err := w.s.recountChunk(ctx, tenant, after)
		if err != nil || n < sweepChunk {
			return err
		}
		after = next
	}
}

const sqlRunning = `
select k.id, k.conversation_id from sla_clocks k
where k.tenant_id = $1 and k.stopped_at is null and k.id > $2 order by k.id limit $3`

func (s *Service) recountChunk(ctx context.Context, tenant, after uuid.UUID) (last uuid.UUID, n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlRunning, tenant, after, sweepChunk)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		var of uuid.UUID
		if _, err := pgx.ForEachRow(rows, []any{&last, &of}, func() error { ids = append(ids, of); return nil }); err != nil {
			return err
		}
		n = len(ids)
		conversations, cases, err := s.Conversations.LockIn(ctx, tx, tenant, ids)
		if err != nil {
			return fmt.Errorf("lock conversations: %w", err)
		}
		list, err := policies(ctx, tx, tenant)
		if err != nil {
			return err
		}
		states, now := map[uuid.UUID]state{}, s.Clock.Now()
		for id, k := range cases {
			states[k.ID] = stateOf(conversations[id], *k, now)
		}
		return s.follow(ctx, tx, tenant, states, list)
	})
	return last, n, err
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &sweepWorker{s: s})
	river.AddWorker(w, &recountWorker{s: s})
}

// Periodic sweeps every five seconds.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(5*time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, nil }, nil)}
}
