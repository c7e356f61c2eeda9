package contact

import (
	"context"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is a service over a database of its own, with Ann of Acme acting.
type bundle struct {
	*Service
	t     testing.TB
	ctx   context.Context
	acme  uuid.UUID
	clock *clock.Fake
	jobs  *jobs
	blobs *blob.Dir
}

func setup(t testing.TB) *bundle {
	t.Helper()
	blobs, err := blob.NewDir(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	b := &bundle{t: t, clock: clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)), jobs: &jobs{}, blobs: blobs}
	d := dbtest.New(t)
	b.acme = dbtest.Tenant(t, d, "acme")
	b.Service = New(Deps{DB: d, Clock: b.clock, Queue: b.jobs, Blobs: blobs, ErasureKeys: [][]byte{[]byte("a key")}})
	b.ctx = as(t.Context(), b.acme, "owner", "ann@acme.test")
	return b
}

func as(ctx context.Context, tenant uuid.UUID, role, email string) context.Context {
	return actor.With(ctx, actor.Actor{Kind: actor.User, UserID: uuid.New(), TenantID: tenant, Role: role, Email: email})
}

// jobs remembers what was inserted in transactions that committed or not; tests look after commits.
type jobs struct {
	mu   sync.Mutex
	args []river.JobArgs
}

func (j *jobs) Insert(_ context.Context, _ pgx.Tx, args river.JobArgs, _ *river.InsertOpts) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.args = append(j.args, args)
	return nil
}

// take returns and forgets the jobs of one type.
func take[T river.JobArgs](j *jobs) []T {
	j.mu.Lock()
	defer j.mu.Unlock()
	var found []T
	var rest []river.JobArgs
	for _, args := range j.args {
		if one, ok := args.(T); ok {
			found = append(found, one)
		} else {
			rest = append(rest, args)
		}
	}
	j.args = rest
	return found
}

func (b *bundle) tx(fn func(ctx context.Context, tx pgx.Tx) error) {
	b.t.Helper()
	if err := b.db.InTenant(b.ctx, b.acme, fn); err != nil {
		b.t.Fatal(err)
	}
}

// must returns v or ends the test.
func must[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (b *bundle) person(name, phone string, tags ...uuid.UUID) Contact {
	b.t.Helper()
	return must(b.Create(b.ctx, Change{Name: &name, Phone: &phone}, tags))(b.t)
}

func (b *bundle) tagNamed(name string, kind TagKind) Tag {
	b.t.Helper()
	return must(b.CreateTag(b.ctx, name, kind))(b.t)
}

// upload brings a file as far as its preview.
func (b *bundle) upload(name, text string) Import {
	b.t.Helper()
	return must(b.Upload(b.ctx, name, strings.NewReader(text)))(b.t)
}

// guessed are the options that take the file as guessed.
func guessed(imp Import) Options {
	var o Options
	for _, column := range imp.Columns {
		o.Mapping = append(o.Mapping, column.Target)
	}
	return o
}

// importAll uploads, starts and runs a file to its end.
func (b *bundle) importAll(text string, change func(*Options)) Import {
	b.t.Helper()
	imp := b.upload("people.csv", text)
	o := guessed(imp)
	if change != nil {
		change(&o)
	}
	must(b.Start(b.ctx, imp.ID, o))(b.t)
	if finished := must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(b.t); !finished {
		b.t.Fatal("the import did not finish")
	}
	return must(b.GetImport(b.ctx, imp.ID, View{}))(b.t)
}

func (b *bundle) errorsOf(imp Import) string {
	b.t.Helper()
	file := must(b.ErrorFile(b.ctx, imp.ID))(b.t)
	defer file.Close()
	return string(must(io.ReadAll(file))(b.t))
}

func (b *bundle) count(a Audience) (n int64) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) (err error) {
		n, err = CountAudience(ctx, tx, b.acme, a)
		return err
	})
	return n
}

// honest compares the tallies with what is counted row by row.
func (b *bundle) honest() {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		var all int64
		err := tx.QueryRow(ctx, `select count(*) from contacts where tenant_id = $1 and deleted_at is null`, b.acme).Scan(&all)
		if told, _ := counted(ctx, tx, b.acme, everyone()); err == nil && told != all {
			b.t.Errorf("%d contacts, told %d", all, told)
		}
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select t.id, count(x.contact_id) from tags t left join contact_tags x
            on x.tenant_id = $1 and x.tag_id = t.id where t.tenant_id = $1 and t.deleted_at is null group by t.id`, b.acme)
		if err != nil {
			return err
		}
		got := map[uuid.UUID]int64{}
		var id uuid.UUID
		var n int64
		if _, err := pgx.ForEachRow(rows, []any{&id, &n}, func() error { got[id] = n; return nil }); err != nil {
			return err
		}
		for id, n := range got {
			if told, err := counted(ctx, tx, b.acme, id); err != nil || told != n {
				b.t.Errorf("tag %s has %d contacts, told %d (%v)", id, n, told, err)
			}
		}
		return b.honestMoves(ctx, tx)
	})
}

// honestMoves does the same for stages and owners.
func (b *bundle) honestMoves(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `select s.id, count(c.id) filter (where c.stage_id = s.id or c.owner_id = s.id)
        from (select id from contact_stages where tenant_id = $1 and deleted_at is null union select user_id from members where tenant_id = $1) s
        left join contacts c on c.tenant_id = $1 and c.deleted_at is null group by s.id`, b.acme)
	if err != nil {
		return err
	}
	got := map[uuid.UUID]int64{}
	var id uuid.UUID
	var n int64
	if _, err := pgx.ForEachRow(rows, []any{&id, &n}, func() error { got[id] = n; return nil }); err != nil {
		return err
	}
	for id, n := range got {
		if told, err := counted(ctx, tx, b.acme, id); err != nil || told != n {
			b.t.Errorf("stage or owner %s has %d contacts, told %d (%v)", id, n, told, err)
		}
	}
	return nil
}

func equal[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}
