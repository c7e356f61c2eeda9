package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// begin opens a transaction and runs the SETs in it.
//
// All go out as separate protocol messages and come back in one round trip. They are
// unnamed statements: a SET per tenant must not push real statements out of the cache, and
// Citus propagates SET LOCAL only as a statement of its own.
func begin(ctx context.Context, conn *pgx.Conn, sets []string) (*transaction, error) {
	batch := &pgconn.Batch{}
	batch.ExecParams("begin", nil, nil, nil, nil)
	for _, set := range sets {
		batch.ExecParams(set, nil, nil, nil, nil)
	}
	err := conn.PgConn().ExecBatch(ctx, batch).Close()
	if err == nil && conn.PgConn().TxStatus() != 'T' {
		err = errors.New("the server opened no transaction")
	}
	if err != nil {
		// The pool throws a connection away that comes back inside a transaction.
		return nil, fmt.Errorf("begin: %w", err)
	}
	return &transaction{conn: conn}, nil
}
