package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

func TestErrorsOfTheDatabase(t *testing.T) {
	t.Parallel()
	conn := owner(t, dbtest.URL(t))
	if _, err := conn.Exec(t.Context(), `
create table people (name text constraint people_name_key unique check (name <> ''), friend text references people (name));
insert into people values ('Ann')`); err != nil {
		t.Fatal(err)
	}
	run := func(sql string) error {
		_, err := conn.Exec(t.Context(), sql)
		return fmt.Errorf("save: %w", err)
	}
	twice, nobody, empty := run(`insert into people values ('Ann')`), run(`insert into people values ('Bob', 'Carol')`), run(`insert into people values ('')`)
	for name, c := range map[string]struct{ got, want bool }{
		"unique":               {db.IsUnique(twice, "people_name_key"), true},
		"unique by prefix":     {db.IsUnique(twice, "people_name"), true},
		"unique, any":          {db.IsUnique(twice, ""), true},
		"unique, other":        {db.IsUnique(twice, "people_phone"), false},
		"unique is no key":     {db.IsForeignKey(twice, ""), false},
		"foreign key":          {db.IsForeignKey(nobody, "people_friend"), true},
		"check":                {db.IsCheck(empty, "people_name_check"), true},
		"serialization":        {db.IsSerialization(run(`do $$ begin raise sqlstate '40001'; end $$`)), true},
		"deadlock":             {db.IsSerialization(run(`do $$ begin raise sqlstate '40P01'; end $$`)), true},
		"lock timeout":         {db.IsLockTimeout(run(`do $$ begin raise sqlstate '55P03'; end $$`)), true},
		"shutting down":        {db.IsUnavailable(run(`do $$ begin raise sqlstate '57P01'; end $$`)), true},
		"broken connection":    {db.IsUnavailable(fmt.Errorf("send: %w", io.ErrUnexpectedEOF)), true},
		"a rule is no outage":  {db.IsUnavailable(twice), false},
		"nothing":              {db.IsUnique(nil, "") || db.IsUnavailable(nil) || db.CommitUnknown(nil), false},
		"unknown is of COMMIT": {db.CommitUnknown(twice), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t", name, c.got)
		}
	}
}

func TestNobodyIsThere(t *testing.T) {
	t.Parallel()
	_, err := db.Open(t.Context(), db.Config{URL: "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"})
	if !db.IsUnavailable(err) {
		t.Errorf("a closed port: %v", err)
	}
}

// TestALostCommitIsUnknown cuts the connection while COMMIT runs (a deferred constraint
// makes it wait) and, apart from that, lets the server refuse a COMMIT.
func TestALostCommitIsUnknown(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	conn := owner(t, url)
	if _, err := conn.Exec(t.Context(), `
create table slow (id int);
grant insert on slow to aerostic_app;
create function wait() returns trigger language plpgsql as $$ begin
    if new.id < 0 then raise 'refused' using errcode = '23514'; end if;
    perform pg_notify('slow', pg_backend_pid()::text), pg_sleep(60); return new; end $$;
create constraint trigger slow after insert on slow deferrable initially deferred for each row execute function wait()`); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), db.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	var cutter sync.WaitGroup
	t.Cleanup(cutter.Wait)
	insert := func(id int) error {
		return d.Global(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `insert into slow (id) values ($1)`, id); err != nil {
				return err
			}
			if id > 0 {
				pid := int(tx.Conn().PgConn().PID())
				cutter.Go(func() { cut(conn, pid) })
			}
			return nil
		})
	}
	if err := insert(1); !db.CommitUnknown(err) {
		t.Errorf("a cut COMMIT: %v", err)
	}
	if err := insert(-1); db.CommitUnknown(err) || !db.IsCheck(err, "") {
		t.Errorf("a refused COMMIT: %v", err)
	}
	if db.CommitUnknown(errors.Join(pgx.ErrTxCommitRollback)) {
		t.Error("a rolled back COMMIT is known")
	}
}

// cut ends a backend once it sleeps inside its COMMIT.
func cut(conn *pgx.Conn, pid int) {
	const asleep = `select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'`
	for {
		tag, err := conn.Exec(context.Background(), asleep, pid)
		if err != nil || tag.RowsAffected() > 0 {
			return
		}
	}
}
