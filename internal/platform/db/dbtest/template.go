package dbtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/migrations"
)

// templateLock is the advisory lock under which one process makes the template.
const templateLock = 0x41455254 // "AERT"

// ensureTemplate makes the database to clone, unless another process has, and returns its
// name, which tells the migrations it holds.
func ensureTemplate(ctx context.Context, maintenance string) (string, error) {
	name, err := templateName(migrations.FS)
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(ctx, maintenance)
	if err != nil {
		return "", fmt.Errorf("connect to the test server: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `select pg_advisory_lock($1)`, templateLock); err != nil {
		return "", err
	}
	var exists bool
	err = conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&exists)
	if err != nil || exists {
		return name, err
	}
	return name, makeTemplate(ctx, conn, maintenance, name)
}

// makeTemplate migrates a draft and gives it the name at the end, so that a template with
// the name is whole.
func makeTemplate(ctx context.Context, conn *pgx.Conn, maintenance, name string) error {
	draft := name + "_draft"
	for _, sql := range []string{"drop database if exists " + draft + " with (force)", "create database " + draft} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	if err := db.Migrate(ctx, inDatabase(maintenance, draft)); err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	return retry(ctx, func() error {
		_, err := conn.Exec(ctx, "alter database "+draft+" rename to "+name)
		return err
	})
}

// templateName is a hash of the migrations.
func templateName(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return addFile(sum, files, path)
	})
	return fmt.Sprintf("template_%x", sum.Sum(nil)[:10]), err
}

func addFile(sum hash.Hash, files fs.FS, path string) error {
	text, err := fs.ReadFile(files, path)
	fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
	return err
}

// clone copies the template, by files: with fsync off that takes half the time of copying
// through the log.
func clone(maintenance, name, template string) error {
	return admin(maintenance, fmt.Sprintf("create database %s template %s strategy file_copy",
		pgx.Identifier{name}.Sanitize(), template))
}

// drop removes a test's database, whoever is still connected.
func drop(maintenance, name string) error {
	return admin(maintenance, fmt.Sprintf("drop database %s with (force)", pgx.Identifier{name}.Sanitize()))
}

func admin(maintenance, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, maintenance)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return retry(ctx, func() error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

// retry waits while a database is in use: a connection that was closed a moment ago may
// still be leaving.
func retry(ctx context.Context, fn func() error) error {
	for {
		err := fn()
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "55006" {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}
