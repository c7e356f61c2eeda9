package db

import (
	"context"
	"strconv"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// transaction is a pgx.Tx over a connection that begin has already put in a transaction.
// pgx offers none for that; this follows the contract of its own, large objects excepted.
// After Commit or Rollback every method returns pgx.ErrTxClosed.
type transaction struct {
	conn       *pgx.Conn
	savepoints int
	last       pgx.Batch // goes out with COMMIT
	closed     atomic.Bool
}

var _ pgx.Tx = (*transaction)(nil)

// Begin sets a savepoint.
func (t *transaction) Begin(ctx context.Context) (pgx.Tx, error) {
	t.savepoints++
	name := "sp_" + strconv.Itoa(t.savepoints)
	if _, err := t.Exec(ctx, "savepoint "+name); err != nil {
		return nil, err
	}
	return &savepoint{transaction: t, name: name}, nil
}

// Commit ends the transaction. An error of any kind but pgx.ErrTxCommitRollback and one
// from the server leaves open whether it took effect: see CommitUnknown.
func (t *transaction) Commit(ctx context.Context) error {
	if !t.closed.CompareAndSwap(false, true) {
		return pgx.ErrTxClosed
	}
	tag, err := t.end(ctx)
	if err != nil {
		t.discard(ctx)
		return err
	}
	if tag.String() == "ROLLBACK" {
		return pgx.ErrTxCommitRollback
	}
	return nil
}

// Rollback undoes the transaction. When that fails the connection is closed, which
// undoes it too.
func (t *transaction) Rollback(ctx context.Context) error {
	if !t.closed.CompareAndSwap(false, true) {
		return pgx.ErrTxClosed
	}
	_, err := t.conn.Exec(ctx, "rollback")
	if err != nil {
		t.discard(ctx)
	}
	return err
}

func (t *transaction) discard(ctx context.Context) {
	if t.conn.PgConn().TxStatus() != 'I' {
		_ = t.conn.Close(ctx) // the first error is the one to report
	}
}

func (t *transaction) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if t.closed.Load() {
		return pgconn.CommandTag{}, pgx.ErrTxClosed
	}
	return t.conn.Exec(ctx, sql, args...)
}

func (t *transaction) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if t.closed.Load() {
		return failed{pgx.ErrTxClosed}, pgx.ErrTxClosed
	}
	return t.conn.Query(ctx, sql, args...)
}

func (t *transaction) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if t.closed.Load() {
		return failed{pgx.ErrTxClosed}
	}
	return t.conn.QueryRow(ctx, sql, args...)
}

func (t *transaction) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	if t.closed.Load() {
		return pgx.FailedBatchResults(b, pgx.ErrTxClosed)
	}
	return t.conn.SendBatch(ctx, b)
}

// CopyFrom works on global and local tables only: COPY is refused under row level security.
func (t *transaction) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	if t.closed.Load() {
		return 0, pgx.ErrTxClosed
	}
	return t.conn.CopyFrom(ctx, table, columns, rows)
}

func (t *transaction) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	if t.closed.Load() {
		return nil, pgx.ErrTxClosed
	}
	return t.conn.Prepare(ctx, name, sql)
}

// LargeObjects is not offered: no table here uses them. The value must not be used.
func (t *transaction) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (t *transaction) Conn() *pgx.Conn { return t.conn }

// savepoint is the pseudo-nested transaction that Begin returns; statements go to the
// outer one, only its end differs.
type savepoint struct {
	*transaction
	name string
	done bool
}

// Commit keeps what was done since the savepoint, as part of the outer transaction.
func (s *savepoint) Commit(ctx context.Context) error {
	return s.end(ctx, "release savepoint "+s.name)
}

// Rollback undoes what was done since the savepoint.
func (s *savepoint) Rollback(ctx context.Context) error {
	return s.end(ctx, "rollback to savepoint "+s.name)
}

func (s *savepoint) end(ctx context.Context, sql string) error {
	if s.done {
		return pgx.ErrTxClosed
	}
	s.done = true
	_, err := s.Exec(ctx, sql)
	return err
}

// failed is the rows and the row of a query that was not sent.
type failed struct{ err error }

func (f failed) Close()                                       {}
func (f failed) Err() error                                   { return f.err }
func (f failed) CommandTag() pgconn.CommandTag                { return pgconn.CommandTag{} }
func (f failed) FieldDescriptions() []pgconn.FieldDescription { return nil }
func (f failed) Next() bool                                   { return false }
func (f failed) Scan(...any) error                            { return f.err }
func (f failed) Values() ([]any, error)                       { return nil, f.err }
func (f failed) RawValues() [][]byte                          { return nil }
func (f failed) Conn() *pgx.Conn                              { return nil }
func (f failed) TypeMap() *pgtype.Map                         { return nil }
