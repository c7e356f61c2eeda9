package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// AtCommit runs a statement whose result nobody waits for at the end of the transaction: it goes out with
// COMMIT, in one round trip, and what it locks is held for no longer than that takes. When it fails, the
// transaction is not committed, and the error is its. Statements run in the order in which they came.
//
// Inside a savepoint, which may be undone, and in transactions of others it runs at once.
func AtCommit(ctx context.Context, tx pgx.Tx, sql string, args ...any) error {
	t, ours := tx.(*transaction)
	if !ours || t.savepoints > 0 {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	}
	if t.closed.Load() {
		return pgx.ErrTxClosed
	}
	t.last.Queue(sql, args...)
	return nil
}

// end runs what was left for the end, and COMMIT, and returns COMMIT's tag.
func (t *transaction) end(ctx context.Context) (pgconn.CommandTag, error) {
	if t.last.Len() == 0 {
		tag, err := t.conn.Exec(ctx, "commit")
		return tag, asCommit(err)
	}
	t.last.Queue("commit")
	results := t.conn.SendBatch(ctx, &t.last)
	for range t.last.Len() - 1 {
		if _, err := results.Exec(); err != nil {
			_ = results.Close()
			return pgconn.CommandTag{}, t.undo(ctx, err)
		}
	}
	tag, err := results.Exec()
	return tag, asCommit(errors.Join(err, results.Close()))
}

// undo follows a statement before COMMIT that failed: what the server says is known, and COMMIT did not run;
// of a broken connection nobody knows how far it came.
func (t *transaction) undo(ctx context.Context, err error) error {
	var known *pgconn.PgError
	if !errors.As(err, &known) {
		return asCommit(err)
	}
	_, _ = t.conn.Exec(ctx, "rollback") // where this fails too, the connection goes
	return err
}

func asCommit(err error) error {
	if err == nil {
		return nil
	}
	return &commitError{err}
}
