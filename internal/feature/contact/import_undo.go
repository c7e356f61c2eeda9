package contact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// UndoImport begins to take back what an import changed: contacts it made and nobody used or
// changed since are removed, others get their former values where those the import wrote are
// still there, tags and the list are taken away. What cannot be taken back is listed.
func (s *Service) UndoImport(ctx context.Context, id uuid.UUID) (Import, error) {
	var imp Import
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if imp, err = importRow(ctx, tx, sqlImportLocked, tenant, id); err != nil {
			return err
		}
		if !imp.State.MayBecome(ImportUndoing) || imp.DryRun {
			return fault.Conflict("This import cannot be undone now.").WithCode("import_not_undoable")
		}
		if err := journalled(ctx, tx, tenant, imp); err != nil {
			return err
		}
		imp.State = ImportUndoing
		if _, err := tx.Exec(ctx, sqlStartUndo, tenant, id); err != nil {
			return err
		}
		a, _ := actor.From(ctx)
		return s.queue.Insert(ctx, tx, undoArgs{Tenant: tenant, Import: id, UserID: a.UserID, Email: a.Email}, nil)
	})
	return imp, err
}

const sqlJournalled = `select exists (select 1 from import_changes where tenant_id = $1 and import_id = $2)`

// journalled refuses an import that was made before its changes were written down.
func journalled(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, imp Import) error {
	var written bool
	if err := tx.QueryRow(ctx, sqlJournalled, tenant, imp.ID).Scan(&written); err != nil {
		return err
	}
	if !written && imp.Created+imp.Updated > 0 {
		return fault.Conflict("This import was made before imports could be undone.").WithCode("import_not_undoable")
	}
	return nil
}

// RunUndo works an undo until it ends or slice ran out; finished says which. It may be called
// again at any time: each chunk's transaction notes how far it came.
func (s *Service) RunUndo(ctx context.Context, tenant, id uuid.UUID, slice time.Duration) (finished bool, err error) {
	u := &undoing{s: s, tenant: tenant, claim: ident.New(), started: s.clock.Now()}
	held, err := u.take(ctx, id)
	for err == nil && held && !finished {
		finished, err = u.next(ctx)
		if slice > 0 && s.clock.Now().Sub(u.started) >= slice {
			break
		}
	}
	if errors.Is(err, errLost) || err == nil && !held {
		return false, nil
	}
	if held && !finished {
		err = errors.Join(err, u.release(context.WithoutCancel(ctx)))
	}
	if err != nil {
		return false, fmt.Errorf("undo import %s: %w", id, err)
	}
	return finished, nil
}

type undoing struct {
	s       *Service
	tenant  uuid.UUID
	claim   uuid.UUID
	started time.Time
	imp     Import
	told    time.Time
}

func (u *undoing) take(ctx context.Context, id uuid.UUID) (held bool, err error) {
	err = u.s.db.InTenant(ctx, u.tenant, func(ctx context.Context, tx pgx.Tx) error {
		claimed, err := tx.Exec(ctx, sqlClaimImport, u.tenant, id, u.claim, u.started, u.started.Add(importLease), ImportUndoing)
		if err != nil || claimed.RowsAffected() == 0 {
			return err
		}
		held = true
		u.imp, err = importRow(ctx, tx, sqlImport, u.tenant, id)
		return err
	})
	return held, err
}

func (u *undoing) release(ctx context.Context) error {
	return u.s.db.InTenant(ctx, u.tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlReleaseImport, u.tenant, u.imp.ID, u.claim)
		return err
	})
}

// next undoes the last chunk not yet undone, or ends.
func (u *undoing) next(ctx context.Context) (finished bool, err error) {
	next := u.imp
	err = u.s.db.InTenant(ctx, u.tenant, func(ctx context.Context, tx pgx.Tx) error {
		var id uuid.UUID
		if err := tx.QueryRow(ctx, sqlHeldUndo, u.tenant, u.imp.ID, u.claim).Scan(&id); errors.Is(err, pgx.ErrNoRows) {
			return errLost
		} else if err != nil {
			return err
		}
		c, found, err := u.chunk(ctx, tx)
		if err != nil {
			return err
		}
		now := u.s.clock.Now()
		if finished = !found; finished {
			return u.end(ctx, tx, &next, now)
		}
		c.now = now
		if err := c.undo(ctx); err != nil {
			return err
		}
		if err := u.advance(ctx, tx, c, &next); err != nil {
			return err
		}
		return u.tell(ctx, tx, next, now)
	})
	if err == nil {
		u.imp = next
	}
	return finished, err
}

const sqlLastChunk = `
select first_row, low_id, high_id, contact_ids, event_ids, tag_ids, tagged_ids, at from import_changes
where tenant_id = $1 and import_id = $2 and first_row < $3 order by first_row desc limit 1`

func (u *undoing) chunk(ctx context.Context, tx pgx.Tx) (*undoChunk, bool, error) {
	before := int64(1 << 62)
	if u.imp.undoRow != nil {
		before = *u.imp.undoRow
	}
	c := &undoChunk{tx: tx, tenant: u.tenant, imp: u.imp, tally: tally{}}
	j := &c.journal
	err := tx.QueryRow(ctx, sqlLastChunk, u.tenant, u.imp.ID, before).
		Scan(&c.first, &j.low, &j.high, &j.contacts, &j.events, &j.tags, &j.tagged, &c.at)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	return c, true, err
}

func (u *undoing) advance(ctx context.Context, tx pgx.Tx, c *undoChunk, next *Import) error {
	var part []int64
	if len(c.kept) > 0 {
		var text []byte
		for _, k := range c.kept {
			text = sheet.AppendRow(text, []byte(k.name), []byte(k.address), []byte(k.field), []byte(k.reason))
		}
		part = []int64{c.first}
		if err := u.s.blobs.Put(ctx, keptKey(u.tenant, u.imp.ID, c.first), bytes.NewReader(text), int64(len(text)), "text/csv"); err != nil {
			return err
		}
	}
	next.undoRow, next.undoParts = &c.first, append(slices.Clone(next.undoParts), part...)
	next.Undo.Removed, next.Undo.Restored = next.Undo.Removed+c.removed, next.Undo.Restored+c.restored
	next.Undo.Kept, next.Undo.HasKept = next.Undo.Kept+int64(len(c.kept)), len(next.undoParts) > 0
	_, err := tx.Exec(ctx, sqlAdvanceUndo, u.tenant, u.imp.ID, c.first, c.removed, c.restored, len(c.kept), notNil(part), c.now.Add(importLease))
	return err
}

func (u *undoing) tell(ctx context.Context, tx pgx.Tx, next Import, now time.Time) error {
	if next.State == ImportUndoing && now.Sub(u.told) < progressEvery {
		return nil
	}
	u.told = now
	return realtime.Publish(ctx, tx, u.tenant, "imports", next.progress())
}

// end takes away the list that was made for the import when nobody is in it any more.
func (u *undoing) end(ctx context.Context, tx pgx.Tx, next *Import, now time.Time) error {
	next.State, next.Undo.At = ImportUndone, &now
	if _, err := tx.Exec(ctx, sqlEndUndo, u.tenant, u.imp.ID, now); err != nil {
		return err
	}
	if list := u.imp.madeList; list != nil {
		left, err := counted(ctx, tx, u.tenant, *list)
		if err != nil {
			return err
		}
		if left == 0 {
			if err := hideTag(ctx, tx, u.tenant, *list, now); err != nil && fault.KindOf(err) != fault.KindNotFound {
				return err
			}
			if err := u.s.queue.Insert(ctx, tx, dropTagArgs{Tenant: u.tenant, Tag: *list}, nil); err != nil {
				return err
			}
		}
	}
	return u.tell(ctx, tx, *next, now)
}

func keptKey(tenant, id uuid.UUID, first int64) string {
	return tenant.String() + "/imports/" + id.String() + "/kept/" + strconv.FormatInt(first, 10)
}

// KeptFile opens what an undo could not take back: who, which value, why. The caller closes it.
func (s *Service) KeptFile(ctx context.Context, id uuid.UUID) (io.ReadCloser, error) {
	return s.parts(ctx, id, func(imp Import, tenant uuid.UUID) (titles [][]byte, keys []string) {
		for _, first := range imp.undoParts {
			keys = append(keys, keptKey(tenant, id, first))
		}
		return [][]byte{[]byte("name"), []byte("address"), []byte("value"), []byte("reason")}, keys
	})
}
