package message

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Restored is an earlier attempt that stands for its message again.
type Restored struct {
	ID, Retry uuid.UUID
	State     State
}

const sqlLockAttempts = `
select id, state, superseded from messages
where tenant_id = $1 and id = any($2) and id between $3 and $4
order by id for update`

const sqlStandFor = `
update messages m set superseded = u.superseded
from unnest($2::uuid[], $3::boolean[]) as u(id, superseded)
where m.tenant_id = $1 and m.id = u.id and m.id between $4 and $5`

// Restore lets earlier attempts that arrived stand for their messages again, where the gate
// refused the new attempt for that. list holds the new attempt in ID and the one before it in Of;
// which of all before it arrived is looked up.
func (s *Service) Restore(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Resend) ([]Restored, error) {
	before, err := attemptsBefore(ctx, tx, tenant, list)
	if err != nil {
		return nil, err
	}
	standing, err := lockAttempts(ctx, tx, tenant, before.all(list))
	if err != nil {
		return nil, err
	}
	back := restored(list, before, standing)
	if len(back) == 0 {
		return nil, nil
	}
	var changed []uuid.UUID
	var superseded []bool
	for _, b := range back {
		changed, superseded = append(changed, b.ID, b.Retry), append(superseded, false, true)
	}
	low, high := bounds(changed)
	_, err = tx.Exec(ctx, sqlStandFor, tenant, changed, superseded, low, high)
	return back, err
}

// restored pairs each refused attempt with the one that arrived; the furthest of several.
func restored(list []Resend, before earlier, standing map[uuid.UUID]attempt) (back []Restored) {
	for _, r := range list {
		retry := standing[r.ID]
		if retry.superseded || retry.state != Refused {
			continue
		}
		best := Restored{Retry: r.ID}
		for _, id := range before.of[r.ID] {
			old := standing[id]
			if old.superseded && old.state.arrived() && rank[old.state] > rank[best.State] {
				best.ID, best.State = id, old.state
			}
		}
		if best.ID != (uuid.UUID{}) {
			back = append(back, best)
		}
	}
	return back
}

// attempt is how one of a message's attempts stands.
type attempt struct {
	state      State
	superseded bool
}

func lockAttempts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]attempt, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlLockAttempts, tenant, ids, low, high)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]attempt, len(ids))
	var id uuid.UUID
	var a attempt
	_, err = pgx.ForEachRow(rows, []any{&id, &a.state, &a.superseded}, func() error {
		found[id] = a
		return nil
	})
	return found, err
}
