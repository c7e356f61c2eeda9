package support

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

const sqlNote = `
insert into support_log (tenant_id, id, days, whats, vals, channels, teams, users, ns) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// note keeps a batch of counts in one row, in the transaction that made them true.
func (s *Service) note(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Count, zone *time.Location) error {
	var b bulk
	for _, c := range list {
		local := c.At.In(zone)
		b.add(cell{c.What, time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC), c.Value, c.Channel, id(c.Team), id(c.User)}, c.N)
	}
	if err := db.AtCommit(ctx, tx, sqlNote, append([]any{tenant, ident.New()}, b.columns()...)...); err != nil {
		return fmt.Errorf("note counts of the inbox: %w", err)
	}
	return nil
}

// cell is what is counted apart.
type cell struct {
	what                What
	day                 time.Time // at midnight UTC
	value               int
	channel, team, user uuid.UUID
}

func (a cell) compare(b cell) int {
	return cmp.Or(cmp.Compare(a.what, b.what), a.day.Compare(b.day), cmp.Compare(a.value, b.value),
		slices.Compare(a.channel[:], b.channel[:]), slices.Compare(a.team[:], b.team[:]), slices.Compare(a.user[:], b.user[:]))
}

// bulk are cells as columns of a statement.
type bulk struct {
	days                   []time.Time
	whats                  []string
	values, ns             []int
	channels, teams, users []uuid.UUID
}

func (b *bulk) add(c cell, n int) {
	b.days, b.whats, b.values, b.ns = append(b.days, c.day), append(b.whats, string(c.what)), append(b.values, c.value), append(b.ns, n)
	b.channels, b.teams, b.users = append(b.channels, c.channel), append(b.teams, c.team), append(b.users, c.user)
}

func (b *bulk) columns() []any {
	return []any{b.days, b.whats, b.values, b.channels, b.teams, b.users, b.ns}
}

const systemUnfolded = `select distinct tenant_id from support_log limit 1000`

// Fold adds up what was noted. Reports are as old as the last fold.
func (s *Service) Fold(ctx context.Context) error {
	noted := db.Waiting{Reason: "find tenants with counts of the inbox", SQL: systemUnfolded}
	return db.SweepAsSystem(ctx, s.DB, noted, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) (err error) {
		for more := true; more && err == nil; {
			more, err = s.foldSome(ctx, tenant)
		}
		return err
	})
}

// foldRows is how many rows of the log one transaction folds.
const foldRows = 500

const (
	sqlTake = `
delete from support_log where tenant_id = $1 and id = any(
    select l.id from support_log l where l.tenant_id = $1 order by l.id limit $2 for update skip locked)
returning days, whats, vals, channels, teams, users, ns`
	// Written in the order of the key, so that two folds never wait for each other in a ring.
	sqlAdd = `
insert into support_counts (tenant_id, what, day, value, channel_id, team_id, user_id, n)
select $1, u.what, u.day, u.value, u.channel_id, u.team_id, u.user_id, u.n
from unnest($2::date[], $3::text[], $4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::int[]) as u(day, what, value, channel_id, team_id, user_id, n)
on conflict (tenant_id, what, day, value, channel_id, team_id, user_id) do update set n = support_counts.n + excluded.n`
)

func (s *Service) foldSome(ctx context.Context, tenant uuid.UUID) (more bool, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		sums, taken, err := take(ctx, tx, tenant)
		more = taken == foldRows
		if err != nil || len(sums) == 0 {
			return err
		}
		cells := make([]cell, 0, len(sums))
		for c := range sums {
			cells = append(cells, c)
		}
		slices.SortFunc(cells, cell.compare)
		var b bulk
		for _, c := range cells {
			b.add(c, sums[c])
		}
		_, err = tx.Exec(ctx, sqlAdd, append([]any{tenant}, b.columns()...)...)
		return err
	})
	return more, err
}

func take(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (map[cell]int, int, error) {
	rows, err := tx.Query(ctx, sqlTake, tenant, foldRows)
	if err != nil {
		return nil, 0, err
	}
	sums, taken := map[cell]int{}, 0
	var b bulk
	_, err = pgx.ForEachRow(rows, []any{&b.days, &b.whats, &b.values, &b.channels, &b.teams, &b.users, &b.ns}, func() error {
		taken++
		for i := range b.days {
			sums[cell{What(b.whats[i]), b.days[i], b.values[i], b.channels[i], b.teams[i], b.users[i]}] += b.ns[i]
		}
		return nil
	})
	return sums, taken, err
}

// FoldArgs asks for what was noted to be added up.
type FoldArgs struct{}

// Kind names the job.
func (FoldArgs) Kind() string { return "support_fold" }

// InsertOpts puts it on the metrics queue, once at a time.
func (FoldArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics, MaxAttempts: 1}
}

type foldWorker struct {
	river.WorkerDefaults[FoldArgs]
	s *Service
}

// Work folds.
func (w *foldWorker) Work(ctx context.Context, _ *river.Job[FoldArgs]) error { return w.s.Fold(ctx) }

// Workers registers the feature's jobs.
func (s *Service) Workers(w *river.Workers) { river.AddWorker(w, &foldWorker{s: s}) }

// Periodic folds every fifteen seconds.
func (s *Service) Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(15*time.Second),
		func() (river.JobArgs, *river.InsertOpts) { return FoldArgs{}, nil }, nil)}
}
