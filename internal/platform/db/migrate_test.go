package db_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// owner is a superuser's connection to a test's own database.
func owner(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func value[T any](t *testing.T, conn *pgx.Conn, sql string, args ...any) (v T) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// TestFourStartersAtOnce migrates two empty databases of one cluster from four processes'
// worth of connections each: within a database one works, and between the two the roles,
// which belong to the cluster, are made once.
func TestFourStartersAtOnce(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	admin := owner(t, url)
	var all errgroup.Group
	for _, name := range []string{"empty_acme", "empty_bazaar"} {
		if _, err := admin.Exec(t.Context(), "create database "+name); err != nil {
			t.Fatal(err)
		}
		empty := strings.Replace(url, value[string](t, admin, "select current_database()"), name, 1)
		t.Cleanup(func() {
			if _, err := admin.Exec(context.Background(), "drop database "+name+" with (force)"); err != nil {
				t.Error(err)
			}
		})
		for range 4 {
			all.Go(func() error { return db.Migrate(t.Context(), empty) })
		}
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestMigratingAgainDoesNothing(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	conn := owner(t, url)
	before := value[int](t, conn, `select count(*) from goose_db_version`)
	if err := db.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if after := value[int](t, conn, `select count(*) from goose_db_version`); after != before {
		t.Errorf("%d migrations became %d", before, after)
	}
}

func TestRiverIsOpenToBothRoles(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	const look = `
select count(*) filter (where not has_table_privilege(current_user, oid, 'select, insert, update, delete')),
    count(*) filter (where relkind = 'r')
from pg_class where relnamespace = 'river'::regnamespace and relkind = 'r'`
	for role, run := range map[string]transact{"app": d.Global, "system": firms{DB: d}.asSystem} {
		err := run(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
			var closed, tables int
			err := tx.QueryRow(ctx, look).Scan(&closed, &tables)
			if closed != 0 || tables == 0 {
				t.Errorf("%s cannot write %d of %d tables", role, closed, tables)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRecordsCannotBeChanged(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, sql := range []string{
		`update wallet_entries set amount = 0 where tenant_id = $1`,
		`delete from wallet_entries where tenant_id = $1`,
	} {
		for who, run := range map[string]transact{"acme": f.in(f.acme), "the system": f.asSystem} {
			err := run(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
				_, err := tx.Exec(ctx, sql, f.acme)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%s may %s: %v", who, sql, err)
			}
		}
	}
}

func TestEnsurePartitions(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	conn := owner(t, url)
	d, err := db.Open(t.Context(), db.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	const count = `select count(*) from pg_inherits i join pg_class c on c.oid = i.inhparent where c.relkind = 'p'`
	before := value[int](t, conn, count)
	lastHourOfNovember := time.Date(2041, time.December, 1, 5, 0, 0, 0, time.FixedZone("IST", 19800))
	for range 2 {
		if err := d.EnsurePartitions(t.Context(), lastHourOfNovember, "messages", "webhook_deliveries"); err != nil {
			t.Fatal(err)
		}
		if made := value[int](t, conn, count) - before; made != 6 {
			t.Fatalf("made %d partitions, want 6", made)
		}
	}
	at := func(instant time.Time) string {
		_, err := conn.Exec(t.Context(), `insert into webhook_deliveries (id, source, body, received_at) values ($1, 'test', '', $2)`, ident.At(instant), instant)
		if err != nil {
			t.Fatal(err)
		}
		return value[string](t, conn, `select tableoid::regclass::text from webhook_deliveries where id = $1`, ident.At(instant))
	}
	utc := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for instant, want := range map[time.Time]string{
		utc(2041, 11, 1):                        "webhook_deliveries_y2041m11",
		utc(2041, 12, 1).Add(-time.Millisecond): "webhook_deliveries_y2041m11",
		utc(2041, 12, 1):                        "webhook_deliveries_y2041m12",
		utc(2042, 1, 31):                        "webhook_deliveries_y2042m01",
		utc(2042, 2, 1):                         "webhook_deliveries_default",
	} {
		if got := at(instant); got != want {
			t.Errorf("a row of %s is in %s, want %s", instant, got, want)
		}
	}
	fill := `select array_to_string(reloptions, ' ') from pg_class where relname = $1`
	first, later := value[string](t, conn, fill, "messages_default"), value[string](t, conn, fill, "messages_y2041m11")
	if first == "" || first != later {
		t.Errorf("a later partition has the settings %q, the first %q", later, first)
	}
	problems := readCatalogue(t, url).problems()
	if len(problems) > 0 {
		t.Errorf("the new partitions: %q", problems)
	}
}

func TestPartitionSettingsAreNoSQL(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	err := d.AsSystem(t.Context(), "try to break out", func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `select ensure_partitions('messages', '2050-01-01', 1, 'fillfactor=70); drop table users; --')`)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "are not storage parameters") {
		t.Fatalf("the owner ran our SQL: %v", err)
	}
}

// TestPrunes shows that the id's own time leaves one partition to read.
func TestTheIDPrunesPartitions(t *testing.T) {
	t.Parallel()
	conn := owner(t, dbtest.URL(t))
	month := time.Now().UTC()
	low := ident.At(time.Date(month.Year(), month.Month(), 10, 0, 0, 0, 0, time.UTC))
	rows, err := conn.Query(t.Context(), `explain select state from messages where tenant_id = '`+low.String()+`' and id = '`+low.String()+`'`)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "on messages_y") || strings.Contains(plan, "Append") {
		t.Errorf("more than one partition is read:\n%s", plan)
	}
}
