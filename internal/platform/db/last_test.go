package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

const rename = `update tenants set name = $2 where tenant_id = $1`

// called reads the name of the transaction's tenant.
func called(ctx context.Context, tx pgx.Tx) (name string, err error) {
	return name, tx.QueryRow(ctx, `select name from tenants`).Scan(&name)
}

func (f firms) nameOf(t *testing.T, run transact) string {
	t.Helper()
	var name string
	if err := run(t.Context(), func(ctx context.Context, tx pgx.Tx) (err error) {
		name, err = called(ctx, tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWhatIsLeftForTheEndGoesOutWithCommit(t *testing.T) {
	t.Parallel()
	f := setup(t)
	var before, meanwhile string
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) (err error) {
		if before, err = called(ctx, tx); err != nil {
			return err
		}
		for _, name := range []string{"First", "Second"} {
			if err := db.AtCommit(ctx, tx, rename, f.acme, name); err != nil {
				return err
			}
		}
		meanwhile, err = called(ctx, tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if before != meanwhile {
		t.Errorf("it ran before the end: %q became %q", before, meanwhile)
	}
	if name := f.nameOf(t, f.in(f.acme)); name != "Second" {
		t.Errorf("after the end it is called %q", name)
	}
	if s := f.Stats(); s.RolledBack != 0 || s.Failed != 0 {
		t.Errorf("counted as %+v", s)
	}
}

func TestWhatFailsAtTheEndUndoesTheTransaction(t *testing.T) {
	t.Parallel()
	f := setup(t)
	was := f.nameOf(t, f.in(f.acme))
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, rename, f.acme, "Changed"); err != nil {
			return err
		}
		if err := db.AtCommit(ctx, tx, `select 1 / $1::int`, 0); err != nil {
			return err
		}
		return db.AtCommit(ctx, tx, rename, f.acme, "Changed again")
	})
	if err == nil || db.CommitUnknown(err) {
		t.Errorf("the outcome is known, and it is a failure: %v", err)
	}
	if name := f.nameOf(t, f.in(f.acme)); name != was {
		t.Errorf("it is called %q, want %q", name, was)
	}
}

func TestWhatIsLeftForTheEndOfASavepointRunsThere(t *testing.T) {
	t.Parallel()
	f := setup(t)
	undone := errors.New("undone")
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
		err := pgx.BeginFunc(ctx, tx, func(trial pgx.Tx) error {
			if err := db.AtCommit(ctx, trial, rename, f.acme, "On trial"); err != nil {
				return err
			}
			if name, err := called(ctx, trial); err != nil || name != "On trial" {
				t.Errorf("inside it is called %q: %v", name, err)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			return err
		}
		return nil
	})
	if name := f.nameOf(t, f.in(f.acme)); err != nil || name == "On trial" {
		t.Errorf("what was undone stayed: %q, %v", name, err)
	}
}

func TestARolledBackTransactionLeavesNothingForTheEnd(t *testing.T) {
	t.Parallel()
	f := setup(t)
	was, failed := f.nameOf(t, f.in(f.acme)), errors.New("failed")
	err := f.InTenant(t.Context(), f.acme, func(ctx context.Context, tx pgx.Tx) error {
		if err := db.AtCommit(ctx, tx, rename, f.acme, "Never"); err != nil {
			return err
		}
		return failed
	})
	if name := f.nameOf(t, f.in(f.acme)); !errors.Is(err, failed) || name != was {
		t.Errorf("it is called %q: %v", name, err)
	}
}
