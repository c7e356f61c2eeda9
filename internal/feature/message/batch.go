package message

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

const (
	// tenantsAtOnce of one batch; with the second loop it stays within half of a process's connections.
	tenantsAtOnce = 4
	// growEvery is how often a batch looks for what has come since.
	growEvery = 50 * time.Millisecond
)

// batch is deliveries that are applied together. Workspaces have their turns, who waits longest first, and
// until a workspace's turn comes, what arrives for it joins: what a customer writes waits for one turn of
// everybody, not for two.
type batch struct {
	s      *Service
	tx     pgx.Tx // holds the deliveries' locks
	items  *groups
	taken  []uuid.UUID         // every delivery that is locked
	late   map[uuid.UUID]bool  // those of them that the next batch applies
	turns  []uuid.UUID         // workspaces whose turn is to come
	parts  map[uuid.UUID]*part // and what concerns them
	looked time.Time
}

// openBatch takes what waits; items is nil where nothing does.
func (s *Service) openBatch(ctx context.Context, tx pgx.Tx) (b *batch, err error) {
	b = &batch{s: s, tx: tx, late: make(map[uuid.UUID]bool), looked: s.Clock.Now()}
	if b.items, err = b.take(ctx); err == nil && b.items != nil {
		b.parts = b.items.byTenant()
		b.turns = inTurn(b.parts)
	}
	return b, err
}

// take locks waiting deliveries and takes them apart; nil: there are none.
func (b *batch) take(ctx context.Context) (*groups, error) {
	list, err := takeDeliveries(ctx, b.tx, b.taken, ingestBatch-len(b.taken))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	g := newGroups(b.s.Clock.Now())
	for _, d := range list {
		b.taken = append(b.taken, d.ID)
		g.add(d)
	}
	return g, g.findOwners(ctx, b.tx, b.s.Channels)
}

// inTurn orders workspaces by their oldest delivery.
func inTurn(parts map[uuid.UUID]*part) []uuid.UUID {
	return slices.SortedFunc(maps.Keys(parts), func(x, y uuid.UUID) int {
		a, b := parts[x].oldest(), parts[y].oldest()
		return bytes.Compare(a[:], b[:])
	})
}

// apply applies each workspace's part in that workspace's own transactions, some workspaces at a time: most
// of a transaction is waiting for the database. Theirs go to another pool than the one that holds the locks,
// so their context is not txCtx, that transaction's.
func (b *batch) apply(ctx, txCtx context.Context) (err error) {
	var applying errgroup.Group
	applying.SetLimit(tenantsAtOnce)
	for len(b.turns) > 0 && err == nil {
		tenant := b.turns[0]
		part := b.parts[tenant]
		b.turns = b.turns[1:]
		delete(b.parts, tenant)
		applying.Go(func() error {
			if err := b.s.applyPart(ctx, tenant, part, b.items); err != nil {
				return fmt.Errorf("apply deliveries of tenant %s: %w", tenant, err)
			}
			return nil
		})
		err = b.grow(txCtx)
	}
	return errors.Join(err, applying.Wait())
}

// grow lets what has come since join. A batch that was full does not grow: more is taken when it ends.
func (b *batch) grow(ctx context.Context) error {
	now := b.s.Clock.Now()
	if len(b.turns) == 0 || len(b.taken) == ingestBatch || now.Sub(b.looked) < growEvery {
		return nil
	}
	b.looked = now
	g, err := b.take(ctx)
	if err == nil && g != nil {
		b.join(g)
	}
	return err
}

// join adds what concerns workspaces whose turn is to come. A delivery that concerns another one waits,
// whole, for the next batch.
func (b *batch) join(g *groups) {
	parts := g.byTenant()
	late := make(map[uuid.UUID]bool)
	for tenant, p := range parts {
		if b.parts[tenant] == nil {
			p.eachDelivery(func(id uuid.UUID) { late[id] = true })
		}
	}
	for tenant, p := range parts {
		if into := b.parts[tenant]; into != nil {
			into.add(p, late)
		}
	}
	b.items.takeAsides(g, late)
	maps.Copy(b.late, late)
}

// applied are the deliveries of the batch that were applied.
func (b *batch) applied() []uuid.UUID {
	return slices.DeleteFunc(slices.Clone(b.taken), func(id uuid.UUID) bool { return b.late[id] })
}
