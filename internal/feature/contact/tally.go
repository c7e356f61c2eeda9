package contact

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// tally collects, per tag, stage or owner, by how much its number of contacts changed. The zero
// id stands for all contacts of the tenant.
type tally map[uuid.UUID]int64

func everyone() uuid.UUID { return uuid.Nil }

// move notes that a contact went from one stage or owner to another; nil is none.
func (t tally) move(from, to *uuid.UUID) {
	if from != nil {
		t[*from]--
	}
	if to != nil {
		t[*to]++
	}
}

const sqlTallyAdd = `
insert into contact_tallies (tenant_id, tag_id, id, delta)
select $1, u.tag_id, u.id, u.delta from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as u(tag_id, id, delta)
on conflict do nothing`

// write appends the changes; it locks nothing that another writer needs.
func (t tally) write(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var tags, ids []uuid.UUID
	var deltas []int64
	for tag, delta := range t {
		if delta != 0 {
			tags, ids, deltas = append(tags, tag), append(ids, ident.New()), append(deltas, delta)
		}
	}
	if len(tags) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlTallyAdd, tenant, tags, ids, deltas)
	return err
}

const sqlTallyOf = `select coalesce(sum(delta), 0)::bigint from contact_tallies where tenant_id = $1 and tag_id = $2`

func counted(ctx context.Context, tx pgx.Tx, tenant, tag uuid.UUID) (int64, error) {
	var n int64
	err := tx.QueryRow(ctx, sqlTallyOf, tenant, tag).Scan(&n)
	return n, err
}

// Rows another fold holds are left to it.
const sqlTallyTake = `
delete from contact_tallies where tenant_id = $1 and tag_id = $2 and id = any(
    select t.id from contact_tallies t where t.tenant_id = $1 and t.tag_id = $2
    order by t.id limit $3 for update skip locked)
returning delta`

// foldTally makes one row of up to 10,000 of a tag's.
func foldTally(ctx context.Context, tx pgx.Tx, tenant, tag uuid.UUID) error {
	rows, err := tx.Query(ctx, sqlTallyTake, tenant, tag, 10_000)
	if err != nil {
		return err
	}
	deltas, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	var sum int64
	for _, delta := range deltas {
		sum += delta
	}
	return tally{tag: sum}.write(ctx, tx, tenant)
}

// sortedIDs sorts ids and drops repetitions: locks are taken in this order everywhere. The result
// is never nil, which PostgreSQL would take for NULL.
func sortedIDs(ids []uuid.UUID) []uuid.UUID {
	ids = append([]uuid.UUID{}, ids...)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}
