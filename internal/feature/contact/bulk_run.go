package contact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	// Contacts per transaction.
	bulkChunk = 5000
	// A worker silent for so long has lost its bulk; a chunk takes a fraction of a second.
	bulkLease = time.Minute
)

// errBulkLost: somebody else has the bulk now, or it has ended.
var errBulkLost = errors.New("bulk is no longer held")

// RunBulk works a bulk in this goroutine until it ends; finished reports that it did, and did not
// end early because slice ran out (0: no limit) or another worker has it. It may be called again at
// any time, in any process: each chunk's transaction writes where the next one starts, so a killed
// run continues exactly there.
func (s *Service) RunBulk(ctx context.Context, tenant, id uuid.UUID, slice time.Duration) (finished bool, err error) {
	run := &bulkRun{s: s, tenant: tenant, id: id, claim: ident.New(), started: s.clock.Now()}
	if held, err := run.take(ctx); err != nil || !held {
		return false, err
	}
	for run.bulk.State == BulkRunning {
		if slice > 0 && s.clock.Now().Sub(run.started) >= slice {
			break
		}
		if err = run.put(ctx); err != nil {
			break
		}
	}
	if errors.Is(err, errBulkLost) {
		return false, nil
	}
	if run.bulk.State == BulkRunning {
		if released := run.release(context.WithoutCancel(ctx)); err == nil {
			err = released
		}
	}
	if err != nil {
		return false, fmt.Errorf("bulk %s: %w", id, err)
	}
	return run.bulk.State != BulkRunning, nil
}

type bulkRun struct {
	s       *Service
	tenant  uuid.UUID
	id      uuid.UUID
	claim   uuid.UUID
	bulk    Bulk
	started time.Time
	told    time.Time // when progress was last published
	known   int64     // contacts changed when the planner's statistics were last renewed
}

func (r *bulkRun) take(ctx context.Context) (held bool, err error) {
	err = r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) error {
		claimed, err := tx.Exec(ctx, sqlClaimBulk, r.tenant, r.id, r.claim, r.started, r.started.Add(bulkLease))
		held = err == nil && claimed.RowsAffected() == 1
		return err
	})
	r.bulk.State = BulkRunning
	return held, err
}

func (r *bulkRun) release(ctx context.Context) error {
	return r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlReleaseBulk, r.tenant, r.id, r.claim, r.s.clock.Now().Add(bulkLease))
		return err
	})
}

// put works a chunk. Losing to somebody who locked the same people in another order is tried again.
func (r *bulkRun) put(ctx context.Context) (err error) {
	var next Bulk
	for range 3 {
		err = r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
			next, err = r.chunk(ctx, tx)
			return err
		})
		if !db.IsSerialization(err) {
			break
		}
	}
	if err == nil {
		r.bulk = next
		r.renewStatistics(ctx)
	}
	return err
}

// renewStatistics lets the planner know of what the bulk changed, whenever that is five times as
// much as it was told of, and at the end.
func (r *bulkRun) renewStatistics(ctx context.Context) {
	changed := r.bulk.Changed
	if changed < 2*bulkChunk || changed < 5*r.known && (r.bulk.State == BulkRunning || changed == r.known) {
		return
	}
	r.known = changed
	r.s.analyze(ctx)
}

// chunk changes the next contacts and writes where to go on, or ends the bulk when there are none.
func (r *bulkRun) chunk(ctx context.Context, tx pgx.Tx) (Bulk, error) {
	b, err := oneBulk(ctx, tx, sqlHeldBulk, r.tenant, r.id, r.claim)
	if fault.KindOf(err) == fault.KindNotFound {
		return b, errBulkLost
	}
	if err != nil {
		return b, err
	}
	l, err := r.s.listingFor(ctx, tx, r.tenant, b.Filter, Newest, b.after)
	if err != nil {
		return b, err
	}
	if b.Total == nil {
		if b.Total, err = l.total(ctx, tx, r.tenant, 0); err != nil {
			return b, err
		}
	}
	l.locked = true
	rows, err := list(ctx, tx, r.tenant, l, b.after, bulkChunk)
	if err != nil {
		return b, err
	}
	if len(rows) == 0 {
		return b, r.finish(ctx, tx, &b)
	}
	changed, err := r.s.act(ctx, tx, r.tenant, b, rows)
	if err != nil {
		return b, err
	}
	b.Seen, b.Changed, b.after = b.Seen+int64(len(rows)), b.Changed+changed, l.position(rows[len(rows)-1]).(position)
	return b, r.advance(ctx, tx, b)
}

func (r *bulkRun) advance(ctx context.Context, tx pgx.Tx, b Bulk) error {
	now := r.s.clock.Now()
	if _, err := tx.Exec(ctx, sqlAdvanceBulk, r.tenant, r.id, b.Total, b.after, b.Seen, b.Changed, now.Add(bulkLease)); err != nil {
		return err
	}
	if now.Sub(r.told) < progressEvery {
		return nil
	}
	r.told = now
	return b.publish(ctx, tx, r.tenant)
}

// finish ends what the bulk was made for.
func (r *bulkRun) finish(ctx context.Context, tx pgx.Tx, b *Bulk) error {
	var err error
	switch b.Action.Kind {
	case BulkReform:
		err = reformed(ctx, tx, r.tenant, b.Action.Field)
	case BulkDropField:
		_, err = tx.Exec(ctx, sqlDropField, r.tenant, b.Action.Field)
	case BulkDropStage:
		err = dropStage(ctx, tx, r.tenant, b.Filter.Stage)
	}
	if err != nil {
		return err
	}
	return r.s.endBulk(ctx, tx, r.tenant, b, BulkDone, "")
}

// reformed makes what the field becomes what it is.
func reformed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, key string) error {
	f, err := lockField(ctx, tx, tenant, key)
	if fault.KindOf(err) == fault.KindNotFound || err == nil && f.Becomes == nil {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	f.Type, f.Options, f.Becomes = f.Becomes.Type, append([]string{}, f.Becomes.Options...), nil
	return updateField(ctx, tx, tenant, f)
}

func dropStage(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id string) error {
	if _, err := tx.Exec(ctx, sqlDropTallies, tenant, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlDropStage, tenant, id)
	return err
}
