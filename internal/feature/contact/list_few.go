package contact

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// few finds all that a segment's list has after a position, in no order, where these are at most
// countedUpTo. Whoever looks for the first hundred in the list's order, when there are but fifty, looks
// at every contact one by one; looked for in any order they are joined as a whole.
func (l listing) few(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, after position) (ids []uuid.UUID, are bool, err error) {
	if l.only.Where.Text == "" || len(l.prefixes) > 0 {
		return nil, false, nil
	}
	id := "c.id"
	if l.byTag() {
		id = "t.contact_id"
	}
	q := newQuery(tenant).add(`select c.id`)
	l.conditions(q, "")
	l.from(q, id, after)
	q.add(` limit ?`, countedUpTo+1)
	rows, err := tx.Query(ctx, q.String(), q.arguments()...)
	if err != nil {
		return nil, false, fmt.Errorf("find few: %w", err)
	}
	ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return ids, len(ids) <= countedUpTo, err
}

// among reads the first of these in the list's order.
func (l listing) among(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, limit int) ([]Contact, error) {
	q := newQuery(tenant).add(`select ` + columns)
	q.add(` from contacts c where c.tenant_id = $1 and c.deleted_at is null and c.id = any(?)`, ids)
	l.ordered(q, "c.id", limit)
	return collect(ctx, tx, q.String(), q.arguments()...)
}

// read reads a page and, where it is the list's first, how long the list is.
func (l listing) read(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, after position, limit int) (rows []Contact, total *int64, err error) {
	ids, are, err := l.few(ctx, tx, tenant, after)
	switch {
	case err != nil:
		return nil, nil, err
	case are:
		n := int64(len(ids))
		rows, err = l.among(ctx, tx, tenant, ids, limit)
		return rows, &n, err
	}
	if rows, err = list(ctx, tx, tenant, l, after, limit); err != nil || ids != nil || after.ID != uuid.Nil {
		return rows, nil, err // more than can be counted, or not asked for
	}
	total, err = l.total(ctx, tx, tenant, countedUpTo)
	return rows, total, err
}
