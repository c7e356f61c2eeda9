package bench

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	pagesOwner    = "ann@bench.example"
	pagesOperator = "olga@bench.example"
	benchPassword = "a long bench password"
)

// step is one statement of seeding.
type step struct {
	sql   string
	args  []any
	fresh string // a table that is empty: made anew in the transaction, its rows are not logged where wal_level is minimal
}

// seedPages writes a tenant that has everything, and says what its pages are opened with. It writes
// as the superuser, past the services: what is measured is the reading. Of each wave all statements
// may run at once.
func (w *world) seedPages(ctx context.Context, contacts, campaigns int) (deck, error) {
	if t, seeded, err := w.seededBefore(ctx); err != nil || seeded {
		return w.deckOr(ctx, t, err)
	}
	t, err := w.pagesTenant(ctx)
	if err != nil {
		return nil, err
	}
	stages, tags := newIDs(5), newIDs(3)
	var owners []uuid.UUID
	if err := w.super.QueryRow(ctx, seedMembers, t).Scan(&owners); err != nil {
		return nil, fmt.Errorf("seed members: %w", err)
	}
	waves := [][]step{
		{{sql: seedPlaces}, {sql: seedTemplates, args: []any{t}}, {sql: seedPeople, args: []any{t, contacts, stages, owners[:8]}}, {sql: seedFields, args: []any{t}}, {sql: seedManyFields, args: []any{t}}, {sql: seedStages, args: []any{t, stages}},
			{sql: seedTags, args: []any{t, tags, []int{10, 30, 1}}}, {sql: seedManyTags, args: []any{t}}, {sql: seedSegmentsSaved, args: []any{t, tags[0]}}},
		{{sql: seedNumbered, args: []any{t}}, {sql: seedCampaigns, args: []any{t, campaigns}}},
		{{sql: seedMarks, args: []any{t, tags, []int{10, 30, 1}}}, {sql: seedActivity, args: []any{t}}, {sql: seedConsents, args: []any{t}}, {sql: seedSent, args: []any{t, contacts}}, {sql: seedWaiting, args: []any{t, contacts}},
			{sql: seedWallet, args: []any{t, campaigns}}, {sql: seedHistories, args: []any{t}}},
	}
	for _, small := range pagesSmall {
		waves[2] = append(waves[2], step{sql: small, args: []any{t}})
	}
	waves = append(waves, []step{{sql: seedReceipts, args: []any{t}}, {sql: seedTallies, args: []any{t}}, {sql: seedClicks, args: []any{t}}, {sql: seedConversions, args: []any{t, contacts}}, {sql: seedUsage, args: []any{t}}, {sql: seedWritten, args: []any{t}}},
		[]step{{sql: "vacuum (analyze) contacts"}, {sql: "vacuum (analyze)"}})
	for _, wave := range waves {
		if err := w.seedWave(ctx, wave); err != nil {
			return nil, err
		}
	}
	return w.pagesDeck(ctx, t)
}

// seededBefore finds the tenant in a database that an earlier run has filled.
func (w *world) seededBefore(ctx context.Context) (t uuid.UUID, seeded bool, err error) {
	if err = w.super.QueryRow(ctx, `select to_regclass('bench.people') is not null`).Scan(&seeded); err != nil || !seeded {
		return t, false, err
	}
	return t, true, w.super.QueryRow(ctx, `select tenant_id from tenants where slug = 'bench'`).Scan(&t)
}

func (w *world) deckOr(ctx context.Context, t uuid.UUID, err error) (deck, error) {
	if err != nil {
		return nil, err
	}
	return w.pagesDeck(ctx, t)
}

// pagesTenant makes the tenant with its owner, and the installation's operator.
func (w *world) pagesTenant(ctx context.Context) (uuid.UUID, error) {
	ann, err := w.core.Auth.CreatePerson(ctx, auth.Person{Name: "Ann", Email: pagesOwner, Password: benchPassword})
	if err != nil {
		return uuid.Nil, err
	}
	if _, err := w.core.Auth.CreatePerson(ctx, auth.Person{Name: "Olga", Email: pagesOperator, Password: benchPassword}); err != nil {
		return uuid.Nil, err
	}
	if _, err := w.super.Exec(ctx, `update users set platform = true where email = $1`, pagesOperator); err != nil {
		return uuid.Nil, err
	}
	t, err := w.core.Auth.CreateWorkspace(ctx, tenant.NewTenant{Name: "Bench", Slug: "bench", Owner: ann.ID})
	return t.ID, err
}

func newIDs(n int) []uuid.UUID {
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = ident.New()
	}
	return ids
}

// seedersAtOnce is how many statements are written at the same time.
const seedersAtOnce = 2

// seedWave runs statements, two at a time, in their order. Constraints across tables are not checked.
func (w *world) seedWave(ctx context.Context, wave []step) error {
	steps := make(chan step, len(wave))
	for _, s := range wave {
		steps <- s
	}
	close(steps)
	failed := make([]error, seedersAtOnce)
	var seeders sync.WaitGroup
	for i := range seedersAtOnce {
		seeders.Go(func() { failed[i] = w.seedSteps(ctx, steps) })
	}
	seeders.Wait()
	return errors.Join(failed...)
}

func (w *world) seedSteps(ctx context.Context, steps <-chan step) error {
	conn, err := pgx.Connect(ctx, w.cfg.DatabaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	const quick = `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '512MB'; set max_parallel_workers_per_gather = 0`
	if _, err := conn.Exec(ctx, quick); err != nil {
		return err
	}
	for s := range steps {
		began := time.Now()
		if err := s.run(ctx, conn); err != nil {
			return fmt.Errorf("%.60s: %w", s.sql, err)
		}
		w.o.Log.Info("seeded", "sql", fmt.Sprintf("%.70s", strings.TrimSpace(s.sql)), "took", time.Since(began).Round(time.Millisecond))
	}
	return nil
}

func (s step) run(ctx context.Context, conn *pgx.Conn) error {
	if s.fresh == "" {
		_, err := conn.Exec(ctx, s.sql, s.args...)
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "truncate "+pgx.Identifier{s.fresh}.Sanitize()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, s.sql, s.args...)
		return err
	})
}
