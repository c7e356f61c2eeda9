package postgres

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// create makes the cluster unless it is there. It is written beside its place and then
// renamed, so a cluster that is there is whole.
func (h home) create(ctx context.Context, b Binaries) error {
	if h.major() > 0 {
		return nil
	}
	if err := h.writePassword(); err != nil {
		return err
	}
	draft := h.data + ".new"
	var failure error
	for _, ctype := range []string{"C.UTF-8", "en_US.UTF-8", "C"} {
		for _, old := range []string{draft, h.data} {
			if err := os.RemoveAll(old); err != nil {
				return err
			}
		}
		if failure = h.initdb(ctx, b, draft, ctype); failure == nil {
			return os.Rename(draft, h.data)
		}
	}
	return failure
}

// initdb writes a cluster. Text sorts by code point, which is quick and the same
// everywhere; ctype is what knows letters, and its name differs between systems.
func (h home) initdb(ctx context.Context, b Binaries, dir, ctype string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(b.Dir, "initdb"), "--pgdata", dir,
		"--username", superuser, "--pwfile", filepath.Join(h.dir, "password"),
		"--auth-local=trust", "--auth-host=scram-sha-256",
		"--encoding=UTF8", "--lc-collate=C", "--lc-ctype="+ctype, "--lc-messages=C", "--no-sync")
	cmd.SysProcAttr = h.attributes()
	cmd.Dir = h.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// ensureDatabase creates the database unless it is there.
func ensureDatabase(ctx context.Context, url string) error {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	cfg.Database = "postgres"
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	var exists bool
	err = conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, database).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, "create database "+pgx.Identifier{database}.Sanitize())
	return err
}
