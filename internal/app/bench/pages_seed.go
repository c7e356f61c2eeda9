package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"

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

// step is one statement of seeding; $1 is the tenant.
type step struct {
	sql  string
	args []any
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
		{{sql: seedPlaces}, {seedTemplates, []any{t}}, {seedPeople, []any{t, contacts, stages, owners[:8]}}, {seedFields, []any{t}}, {seedManyFields, []any{t}}, {seedStages, []any{t, stages}},
			{seedTags, []any{t, tags, []int{10, 30, 1}}}, {seedManyTags, []any{t}}, {seedSegmentsSaved, []any{t, tags[0]}}},
		{{sql: seedNumbered, args: []any{t}}, {seedCampaigns, []any{t, campaigns}}},
		{{seedMarks, []any{t, tags, []int{10, 30, 1}}}, {seedActivity, []any{t}}, {seedConsents, []any{t}}, {seedSent, []any{t, contacts}}, {seedWaiting, []any{t, contacts}},
			{seedWallet, []any{t, campaigns}}, {seedHistories, []any{t}}},
	}
	for _, small := range pagesSmall {
		waves[2] = append(waves[2], step{small, []any{t}})
	}
	waves = append(waves, []step{{seedReceipts, []any{t}}, {seedTallies, []any{t}}, {seedClicks, []any{t}}, {seedConversions, []any{t, contacts}}, {seedUsage, []any{t}}, {seedWritten, []any{t}}},
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
	const quick = `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'`
	if _, err := conn.Exec(ctx, quick); err != nil {
		return err
	}
	for s := range steps {
		if _, err := conn.Exec(ctx, s.sql, s.args...); err != nil {
			return fmt.Errorf("%.60s: %w", s.sql, err)
		}
	}
	return nil
}
