package contact

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// overtakeGrace is how long a chunk that is written waits, with its locks, for the one before. That
// one waits for these locks when the two touch each other after all; then this one steps back.
const overtakeGrace = 2 * time.Second

// errOvertaking: a chunk was written before its turn and the one before did not end.
var errOvertaking = errors.New("the chunk before is not written yet")

// turn is a chunk on its way into the contacts; done is closed once it is committed.
type turn struct {
	chunk *chunk // nil: nothing came before
	done  chan struct{}
}

// writeAll writes chunks as they are cut. Two are written at a time where they cannot touch the
// same contact; they are committed in the order of the file.
func (r *importRun) writeAll(ctx context.Context, group *errgroup.Group, chunks <-chan *chunk, slice time.Duration) error {
	before := turn{done: make(chan struct{})}
	close(before.done)
	dry := r.imp.DryRun
	for k := range chunks {
		if dry || before.chunk == nil || !k.apart(before.chunk) {
			if err := await(ctx, before.done); err != nil {
				return err
			}
			r.base = r.imp
		}
		now := turn{chunk: k, done: make(chan struct{})}
		mine := before.done
		group.Go(func() error { return r.put(ctx, now, mine) })
		if err := await(ctx, before.done); err != nil {
			return err
		}
		if slice > 0 && before.chunk != nil && r.s.clock.Now().Sub(r.started) >= slice {
			return errSliceOver
		}
		before = now
	}
	return await(ctx, before.done)
}

func await(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// apart says that two chunks touch no contact in common: everybody is found by the phone alone, no
// two have the same, and no row makes a tag.
func (k *chunk) apart(other *chunk) bool {
	if len(k.byBSUID)+len(other.byBSUID) > 0 || k.namesTags() || other.namesTags() {
		return false
	}
	for phone := range k.byPhone {
		if _, both := other.byPhone[phone]; both {
			return false
		}
	}
	return true
}

func (k *chunk) namesTags() bool {
	for i := range k.people {
		if len(k.people[i].tags) > 0 {
			return true
		}
	}
	return false
}

// put writes a chunk. Losing to an inbound message that locked the same people in another order,
// or that made one of them meanwhile, is tried again at once.
func (r *importRun) put(ctx context.Context, t turn, before <-chan struct{}) error {
	var next Import
	var err error
	for range 3 {
		if next, err = r.write(ctx, *t.chunk, before); errors.Is(err, errOvertaking) {
			if err = await(ctx, before); err == nil {
				next, err = r.write(ctx, *t.chunk, before)
			}
		}
		if !db.IsSerialization(err) && !db.IsUnique(err, "contacts_") {
			break
		}
	}
	if err != nil {
		return err
	}
	r.imp = next
	r.renewStatistics(ctx)
	close(t.done)
	return nil
}

// write puts people, tags, counters and the place to go on into one transaction. The error part
// is stored before the commit under the chunk's first row, so a repetition overwrites it and a
// reader never misses one that is counted.
func (r *importRun) write(ctx context.Context, k chunk, before <-chan struct{}) (next Import, err error) {
	err = r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) error {
		if err := r.sameFields(ctx, tx); err != nil {
			return err
		}
		w := &writing{tx: tx, tenant: r.tenant, imp: r.base, now: r.s.clock.Now(), chunk: &k, keys: r.s.erasures}
		if err := w.writeOrTry(ctx); err != nil {
			return err
		}
		if err := k.refuseLater(w.problems, r.base.Delimiter[0]); err != nil {
			return err
		}
		if err := r.itsTurn(ctx, before); err != nil {
			return err
		}
		next, err = r.goOn(ctx, tx, &k, w)
		return err
	})
	return next, err
}

// itsTurn waits until the chunk before is committed.
func (r *importRun) itsTurn(ctx context.Context, before <-chan struct{}) error {
	grace := r.s.clock.NewTimer(overtakeGrace)
	defer grace.Stop()
	select {
	case <-before:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-grace.C():
		return errOvertaking
	}
}

// goOn counts the chunk and writes where the next one starts, if the import is still ours.
func (r *importRun) goOn(ctx context.Context, tx pgx.Tx, k *chunk, w *writing) (Import, error) {
	if err := r.stillHeld(ctx, tx); err != nil {
		return Import{}, err
	}
	next := r.imp
	next.advance(k, w)
	part, err := r.storePart(ctx, k)
	if err != nil {
		return Import{}, err
	}
	next.errorParts = append(next.errorParts, part...)
	if err := r.checkpoint(ctx, tx, &next, k, w, part); err != nil {
		return Import{}, err
	}
	return next, r.tell(ctx, tx, next, w.now)
}

func (r *importRun) stillHeld(ctx context.Context, tx pgx.Tx) error {
	var offset int64
	err := tx.QueryRow(ctx, sqlHeldImport, r.tenant, r.imp.ID, r.claim).Scan(&offset)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && offset != r.imp.Read {
		return errLost
	}
	return err
}
