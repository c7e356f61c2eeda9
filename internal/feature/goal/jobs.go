package goal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// lookChunk is how many conversions one transaction looks at again.
const lookChunk = 1000

// LookArgs asks for the conversions that are due to be looked at again.
type LookArgs struct{}

// Kind names the job.
func (LookArgs) Kind() string { return "goal_look" }

// InsertOpts puts it on the metrics queue, once at a time.
func (LookArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type lookWorker struct {
	river.WorkerDefaults[LookArgs]
	s *Service
}

// Work looks at all that is due.
func (w *lookWorker) Work(ctx context.Context, _ *river.Job[LookArgs]) error {
	return w.s.LookAgain(ctx)
}

const systemDueTenants = `select distinct tenant_id from conversions where look_at <= $1`

// LookAgain attributes every conversion anew whose time for it has come.
func (s *Service) LookAgain(ctx context.Context) error {
	now := s.Clock.Now()
	due := db.Waiting{Reason: "find conversions to look at again", SQL: systemDueTenants, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, due, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) (err error) {
		for n := lookChunk; n == lookChunk && err == nil; {
			n, err = s.lookChunk(ctx, tenant, now)
		}
		return err
	})
}

const sqlDue = `
select event_id from conversions where tenant_id = $1 and look_at <= $2
order by look_at, event_id limit $3`

func (s *Service) lookChunk(ctx context.Context, tenant uuid.UUID, now time.Time) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlDue, tenant, now, lookChunk)
		if err != nil {
			return err
		}
		due, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		n = len(due)
		_, err = s.attribute(ctx, tx, tenant, due, now)
		return err
	})
	return n, err
}

// RecountArgs asks for all conversions of a goal to be attributed anew, because its rules changed.
type RecountArgs struct {
	TenantID uuid.UUID `json:"tenantId"`
	GoalID   uuid.UUID `json:"goalId"`
}

// Kind names the job.
func (RecountArgs) Kind() string { return "goal_recount" }

// InsertOpts puts it on the metrics queue.
func (RecountArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: queue.Metrics} }

type recountWorker struct {
	river.WorkerDefaults[RecountArgs]
	s *Service
}

// Work goes over the goal's conversions by their time.
func (w *recountWorker) Work(ctx context.Context, job *river.Job[RecountArgs]) error {
	var from position
	for {
		next, n, err := w.s.recountChunk(ctx, job.Args.TenantID, job.Args.GoalID, from)
		if err != nil || n < lookChunk {
			return err
		}
		from = next
	}
}

// position is a conversion's place in its goal's.
type position struct {
	at time.Time
	id string
}

const sqlOfGoal = `
select at, event_id from conversions where tenant_id = $1 and goal_id = $2 and (at, event_id) > ($3, $4)
order by at, event_id limit $5`

func (s *Service) recountChunk(ctx context.Context, tenant, goal uuid.UUID, from position) (last position, n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlOfGoal, tenant, goal, from.at, from.id, lookChunk)
		if err != nil {
			return err
		}
		var events []string
		_, err = pgx.ForEachRow(rows, []any{&last.at, &last.id}, func() error { events = append(events, last.id); return nil })
		if err != nil {
			return err
		}
		n = len(events)
		_, err = s.attribute(ctx, tx, tenant, events, s.Clock.Now())
		return err
	})
	return last, n, err
}

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) {
	river.AddWorker(w, &lookWorker{s: s})
	river.AddWorker(w, &recountWorker{s: s})
}

// Periodic looks for conversions to look at again every minute.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(time.Minute),
		func() (river.JobArgs, *river.InsertOpts) { return LookArgs{}, nil }, nil)}
}
