package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Read is one query of ReadTenant.
type Read struct {
	SQL  string
	Args []any
	Rows func(pgx.Rows) error // takes the result; pgx's CollectRows and ForEachRow fit
}

// ReadTenant runs queries for one tenant in one transaction and one round trip: BEGIN, SET
// LOCAL, the queries and COMMIT leave together. It is for hot reads that need nothing of
// each other; InTenant takes three round trips for one query. A query's first use on a
// connection prepares it, in a round trip of its own.
func (d *DB) ReadTenant(ctx context.Context, tenant uuid.UUID, reads ...Read) error {
	if tenant == uuid.Nil {
		return errors.New("begin tenant read: no tenant given")
	}
	if open, ok := ctx.Value(openKey{}).(*transaction); ok && !open.closed.Load() {
		return ErrNested
	}
	conn, err := d.app.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("acquire connection: %w", err)
	}
	// A connection whose transaction did not end is thrown away by the pool.
	defer conn.Release()
	if err := readAll(ctx, conn.Conn(), tenant, reads); err != nil {
		d.count.failed.Add(1)
		return fmt.Errorf("read: %w", err)
	}
	d.count.statements.Add(int64(len(reads)))
	d.count.committed.Add(1)
	return nil
}

func readAll(ctx context.Context, conn *pgx.Conn, tenant uuid.UUID, reads []Read) (err error) {
	batch, err := readBatch(ctx, conn, tenant, reads)
	if err != nil {
		return err
	}
	results := conn.PgConn().ExecBatch(ctx, batch)
	defer func() {
		if closed := results.Close(); err == nil {
			err = closed
		}
	}()
	for n := -2; results.NextResult(); n++ { // BEGIN and SET LOCAL come first
		if n < 0 || n >= len(reads) {
			_, err = results.ResultReader().Close()
		} else {
			rows := pgx.RowsFromResultReader(conn.TypeMap(), results.ResultReader())
			err = errors.Join(reads[n].Rows(rows), drain(rows))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// drain closes rows, whose error counts even if nobody asked for it.
func drain(rows pgx.Rows) error {
	rows.Close()
	return rows.Err()
}

// readBatch writes the messages. Queries are prepared under their text, as a cache without
// eviction: only constants are passed here.
func readBatch(ctx context.Context, conn *pgx.Conn, tenant uuid.UUID, reads []Read) (*pgconn.Batch, error) {
	batch := &pgconn.Batch{}
	batch.ExecParams("begin read only", nil, nil, nil, nil)
	batch.ExecParams("set local app.tenant_id = '"+tenant.String()+"'", nil, nil, nil, nil)
	for _, read := range reads {
		prepared, err := conn.Prepare(ctx, read.SQL, read.SQL)
		if err != nil {
			return nil, err
		}
		var query pgx.ExtendedQueryBuilder
		if err := query.Build(conn.TypeMap(), prepared, read.Args); err != nil {
			return nil, err
		}
		batch.ExecPrepared(prepared.Name, query.ParamValues, query.ParamFormats, query.ResultFormats)
	}
	batch.ExecParams("commit", nil, nil, nil, nil)
	return batch, nil
}
