package db

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Stats are counts since Open, and the pools as they are now.
type Stats struct {
	Committed  int64 // transactions
	RolledBack int64
	Failed     int64 // transactions that could not begin or commit
	Statements int64 // sent by us, BEGIN, SET and COMMIT of transactions not counted

	App    *pgxpool.Stat
	System *pgxpool.Stat
}

// Stats reads the counters. It is cheap enough for every scrape of the metrics.
func (d *DB) Stats() Stats {
	return Stats{
		Committed:  d.count.committed.Load(),
		RolledBack: d.count.rolledBack.Load(),
		Failed:     d.count.failed.Load(),
		Statements: d.count.statements.Load(),
		App:        d.app.Stat(),
		System:     d.system.Stat(),
	}
}

type counters struct {
	committed, rolledBack, failed, statements atomic.Int64
}

// tracing counts statements and passes them on to the configured tracer, if any.
type tracing struct {
	next       pgx.QueryTracer
	statements *atomic.Int64
}

var (
	_ pgx.QueryTracer = (*tracing)(nil)
	_ pgx.BatchTracer = (*tracing)(nil)
)

func (t *tracing) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if isTransactionControl(data.SQL) {
		return ctx
	}
	t.statements.Add(1)
	if t.next == nil {
		return ctx
	}
	return context.WithValue(t.next.TraceQueryStart(ctx, conn, data), tracedKey{}, true)
}

func (t *tracing) TraceQueryEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	if t.next != nil && ctx.Value(tracedKey{}) != nil {
		t.next.TraceQueryEnd(ctx, conn, data)
	}
}

func (t *tracing) TraceBatchStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	if next, ok := t.next.(pgx.BatchTracer); ok {
		return next.TraceBatchStart(ctx, conn, data)
	}
	return ctx
}

func (t *tracing) TraceBatchQuery(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchQueryData) {
	if isTransactionControl(data.SQL) {
		return
	}
	t.statements.Add(1)
	if next, ok := t.next.(pgx.BatchTracer); ok {
		next.TraceBatchQuery(ctx, conn, data)
	}
}

func (t *tracing) TraceBatchEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchEndData) {
	if next, ok := t.next.(pgx.BatchTracer); ok {
		next.TraceBatchEnd(ctx, conn, data)
	}
}

// tracedKey marks the context of a statement that the configured tracer saw start.
type tracedKey struct{}

func isTransactionControl(sql string) bool { return sql == "commit" || sql == "rollback" }
