package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// endTimeout bounds COMMIT and ROLLBACK, which do not stop with the caller's context: a
// commit broken off half-way leaves its outcome unknown.
const endTimeout = 30 * time.Second

// ErrNested is returned for a transaction begun inside another one of the same context. It
// would wait for a second connection while holding the first, and would not see the
// first's writes: pass the tx along instead.
var ErrNested = errors.New("a transaction is already open in this context; pass its tx along")

// InTenant runs fn in a transaction of the application role that sees and writes the rows
// of one tenant. It commits when fn returns nil and rolls back on an error or a panic.
// Nothing is retried. BEGIN and SET LOCAL share one round trip.
//
// Options change how its statements run.
//
// The context given to fn carries the transaction; InTenant, Global and AsSystem refuse it
// with ErrNested until this transaction has ended.
func (d *DB) InTenant(ctx context.Context, tenant uuid.UUID, fn func(ctx context.Context, tx pgx.Tx) error, options ...Option) error {
	if tenant == uuid.Nil {
		return errors.New("begin tenant transaction: no tenant given")
	}
	sets := []string{"set local app.tenant_id = '" + tenant.String() + "'"}
	for _, o := range options {
		sets = append(sets, string(o))
	}
	return d.run(ctx, d.app, sets, fn)
}

// Option is a SET LOCAL that goes out with BEGIN.
type Option string

// PlanOnce plans each statement once per connection and not for the values of every call. It
// suits short transactions that look rows up by their key: planning takes longer than they do.
const PlanOnce Option = "set local plan_cache_mode = force_generic_plan"

// PlanAnew plans each statement for the values of every call, whatever was planned before. It suits lists with
// many filters that may each be absent, for a plan for any values can follow none of them; and statements
// with long arrays that run under PlanOnce with short ones.
const PlanAnew Option = "set local plan_cache_mode = force_custom_plan"

// Global runs fn in a transaction of the application role without a tenant: global tables
// are there, and every tenant's table is empty.
func (d *DB) Global(ctx context.Context, fn func(ctx context.Context, tx pgx.Tx) error) error {
	return d.run(ctx, d.app, []string{"set local app.tenant_id = ''"}, fn)
}

// AsSystem runs fn in a transaction of the system role, which sees every tenant. It is the
// only way around the tenant's policies, so the call says why, in words for the audit that
// reads all calls ("sweep lanes whose lease ran out").
func (d *DB) AsSystem(ctx context.Context, reason string, fn func(ctx context.Context, tx pgx.Tx) error) error {
	if reason == "" {
		return errors.New("begin system transaction: no reason given")
	}
	if err := d.run(ctx, d.system, nil, fn); err != nil {
		return fmt.Errorf("%s: %w", reason, err)
	}
	return nil
}

// openKey marks a context with the transaction that is open in it.
type openKey struct{}

func (d *DB) run(ctx context.Context, pool *pgxpool.Pool, sets []string, fn func(ctx context.Context, tx pgx.Tx) error) error {
	if open, ok := ctx.Value(openKey{}).(*transaction); ok && !open.closed.Load() {
		return ErrNested
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("acquire connection: %w", err)
	}
	defer conn.Release()
	tx, err := begin(ctx, conn.Conn(), sets)
	if err != nil {
		d.count.failed.Add(1)
		return err
	}
	defer d.abandon(ctx, tx)
	if err := fn(context.WithValue(ctx, openKey{}, tx), tx); err != nil {
		return err
	}
	return d.finish(ctx, tx)
}

// finish commits, unless the caller has gone in the meantime or fn ended it by itself.
func (d *DB) finish(ctx context.Context, tx *transaction) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := tx.Commit(end); err != nil {
		d.count.failed.Add(1)
		return fmt.Errorf("commit: %w", err)
	}
	d.count.committed.Add(1)
	return nil
}

// abandon rolls back what was not committed, also while a panic passes through.
func (d *DB) abandon(ctx context.Context, tx *transaction) {
	if tx.closed.Load() {
		return
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	d.count.rolledBack.Add(1)
	if err := tx.Rollback(end); err != nil {
		d.log.DebugContext(ctx, "roll back", "error", err)
	}
}
