package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/aerostic/aerostic/migrations"
)

// Migrate brings the schema of the database at url (the owner's) up to this build: our
// migrations, then River's in the schema river. Any number of processes may call it at
// once; one works and the others wait.
func Migrate(ctx context.Context, url string) error {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("read database url: %w", err)
	}
	cfg.RuntimeParams["application_name"] = "aerostic migrate"
	pool := stdlib.OpenDB(*cfg)
	defer pool.Close()
	return alone(ctx, pool, func() error {
		if err := migrateOurs(ctx, pool, migrations.FS); err != nil {
			return err
		}
		return migrateRiver(ctx, url)
	})
}

// alone runs fn while no other process migrates this database. The lock is asked for once
// a second rather than waited for: a waiting session would hold a snapshot, and CREATE
// INDEX CONCURRENTLY would wait for it in turn.
func alone(ctx context.Context, pool *sql.DB, fn func() error) (err error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return fmt.Errorf("make migration lock: %w", err)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to migrate: %w", err)
	}
	defer conn.Close()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return fmt.Errorf("wait for the migration of another process: %w", err)
	}
	defer func() {
		err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn))
	}()
	return fn()
}

func migrateOurs(ctx context.Context, pool *sql.DB, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectPostgres, pool, files,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func migrateRiver(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return fmt.Errorf("connect to migrate river: %w", err)
	}
	defer pool.Close()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{
		Schema: "river", Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return fmt.Errorf("read river's migrations: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate river: %w", err)
	}
	return nil
}
