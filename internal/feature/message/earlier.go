package message

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// earlier are all attempts made before each new attempt of a batch, and which of them reached
// their person. A message's line of attempts never changes but at its end, so that who came before
// may be read outside the claim; how they stand may not.
type earlier struct {
	of      map[uuid.UUID][]uuid.UUID // new attempt → those before it, the nearest first
	arrived map[uuid.UUID]bool        // of those before
}

// The line of resend_of, a dozen long at most, each step by the primary key.
const sqlAttemptsBefore = `
with recursive line as (
    select u.attempt, o.id, o.resend_of, o.state
    from unnest($2::uuid[], $3::uuid[]) as u(attempt, resend_of)
    cross join lateral (
        select m.id, m.resend_of, m.state from messages m where m.tenant_id = $1 and m.id = u.resend_of limit 1) o
    union all
    select l.attempt, o.id, o.resend_of, o.state
    from line l
    cross join lateral (
        select m.id, m.resend_of, m.state from messages m where m.tenant_id = $1 and m.id = l.resend_of limit 1) o)
select attempt, id, state from line`

// attemptsBefore reads the attempts before those in list. None costs nothing.
func attemptsBefore(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Resend) (earlier, error) {
	if len(list) == 0 {
		return earlier{}, nil
	}
	e := earlier{of: make(map[uuid.UUID][]uuid.UUID, len(list)), arrived: make(map[uuid.UUID]bool)}
	attempts, olds := make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	for i, r := range list {
		attempts[i], olds[i] = r.ID, r.Of
	}
	rows, err := tx.Query(ctx, sqlAttemptsBefore, tenant, attempts, olds)
	if err != nil {
		return earlier{}, err
	}
	var of, id uuid.UUID
	var state State
	_, err = pgx.ForEachRow(rows, []any{&of, &id, &state}, func() error {
		e.of[of], e.arrived[id] = append(e.of[of], id), state.arrived()
		return nil
	})
	return e, err
}

// newAttempts are those of a batch that send something again.
func newAttempts(list []candidate) (again []Resend) {
	for _, c := range list {
		if c.resendOf != (uuid.UUID{}) {
			again = append(again, Resend{Of: c.resendOf, ID: c.id})
		}
	}
	return again
}

// reached says whether any attempt before this one reached its person.
func (e earlier) reached(attempt uuid.UUID) bool {
	return slices.ContainsFunc(e.of[attempt], func(id uuid.UUID) bool { return e.arrived[id] })
}

// all are the attempts in list and those before them.
func (e earlier) all(list []Resend) (ids []uuid.UUID) {
	for _, r := range list {
		ids = append(append(ids, r.ID), e.of[r.ID]...)
	}
	return ids
}

// arrived says that a message reached its person.
func (s State) arrived() bool { return s == Delivered || s == Read }

// The queued rows of a batch together with the attempts before them, each looked up by its id in
// the order given, which is that of the ids. They are locked in one go because everybody locks
// messages by id: the queued rows first and the older ones after would cross a merge that holds
// the older and waits for the newer. Waiting for the lock shows what such a merge commits.
const sqlLockWithEarlier = `
select m.id, u.before, m.state
from unnest($2::uuid[], $3::boolean[]) as u(wanted, before)
cross join lateral (
    select x.id, x.state from messages x
    where x.tenant_id = $1 and x.id = u.wanted and (u.before or x.state = 'queued' and x.due_at <= $4) for update) m`

// lockWithEarlier locks a batch that sends again and notes who of those before arrived by now.
func (g *gating) lockWithEarlier(batch *pgx.Batch, tenant uuid.UUID, now time.Time, queued map[uuid.UUID]bool) {
	wanted := make(map[uuid.UUID]bool, len(g.all))
	for id := range g.earlier.arrived {
		wanted[id] = true
	}
	for _, id := range g.ids() {
		wanted[id] = false
	}
	ids := slices.SortedFunc(maps.Keys(wanted), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	before := make([]bool, len(ids))
	for i, id := range ids {
		before[i] = wanted[id]
	}
	batch.Queue(sqlLockWithEarlier, tenant, ids, before, now).Query(func(rows pgx.Rows) error {
		var id uuid.UUID
		var isBefore bool
		var state State
		_, err := pgx.ForEachRow(rows, []any{&id, &isBefore, &state}, func() error {
			if isBefore {
				g.earlier.arrived[id] = state.arrived()
			} else {
				queued[id] = true
			}
			return nil
		})
		return err
	})
}

// refuseArrived refuses new attempts whose message arrived between the gate and the claim.
func (g *gating) refuseArrived() {
	for id := range g.earlier.of {
		if g.earlier.reached(id) {
			g.refuse(g.all[id], ReasonArrived, nil)
		}
	}
	g.batch = slices.DeleteFunc(g.batch, func(item gated) bool { return g.earlier.reached(item.id) })
}
