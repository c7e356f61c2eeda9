package message

import (
	"context"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Locked in id order, like every transaction that touches messages; a row that
// another transaction took or moved meanwhile is left out. A join: as a filter, the list would
// be searched from its start for every row.
const sqlLockQueued = `
select m.id from messages m join unnest($2::uuid[]) as u(id) on u.id = m.id
where m.tenant_id = $1 and m.id between $4 and $5 and m.state = 'queued' and m.due_at <= $3
order by m.id for update of m`

// The claim: a new unique claim number, which also names the hold, the price, and the moment
// after which nobody may write the request any more. With it what the gate saw and went by, for
// the messages' explanations: in this statement, not one of its own.
const sqlClaim = `
with noted as (
    insert into message_claims (tenant_id, id, at, rules) values ($1, $2, $4, $13)
    on conflict (tenant_id, id) do nothing)
update messages m set state = 'sending', claim = $2, deadline = $3, due_at = null,
    claimed_at = $4, category = u.category, market = u.market, rate_card = u.rate_card,
    hold_amount = u.base + u.markup, hold_transaction = $2, hold_open = true, base = u.base, markup = u.markup,
    gate_opt_in = u.opt_in, gate_recent = u.recent, gate_window = u.window_until
from unnest($5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::bigint[], $10::bigint[], $14::text[], $15::smallint[], $16::timestamptz[])
    as u(id, category, market, rate_card, base, markup, opt_in, recent, window_until)
where m.tenant_id = $1 and m.id = u.id and m.id between $11 and $12 and m.state = 'queued'`

// Refusals are final and cost nothing.
const sqlRefuse = `
update messages m set state = u.state, reason = u.reason, ended_at = $2, due_at = null
from unnest($3::uuid[], $4::text[], $5::text[]) as u(id, state, reason)
where m.tenant_id = $1 and m.id = u.id and m.state = 'queued'`

const sqlDelay = `
update messages m set due_at = u.due_at
from unnest($2::uuid[], $3::timestamptz[]) as u(id, due_at)
where m.tenant_id = $1 and m.id = u.id and m.state = 'queued'`

// Messages are parked while their campaign does not run: due at infinity.
const sqlPark = `
update messages set due_at = 'infinity' where tenant_id = $1 and id = any($2) and state = 'queued'`

// After a COMMIT whose answer was lost: the rows that carry the claim are ours, to send or,
// when it lapsed meanwhile, to hand back.
const sqlReadBackClaim = `
select id from messages where tenant_id = $1 and id = any($2) and claim = $3 and state in ('sending', 'in_doubt')`

// People whose consent is not what the gate saw.
const sqlChangedConsent = `
select c.id from unnest($2::uuid[], $3::integer[]) as u(contact_id, version)
join contacts c on c.tenant_id = $1 and c.id = u.contact_id
where c.consent_version <> u.version`

// claimLock is what the locks of a claim show.
type claimLock struct {
	held   bool      // the lane is ours
	at     time.Time // the database's clock
	queued map[uuid.UUID]bool
}

// lockClaim locks the lane, then the queued rows, and looks whether somebody's consent changed since
// the gate: their messages stay queued, to be gated anew. Where a batch sends again, it looks once more
// whether what went before arrived. One round trip.
func lockClaim(ctx context.Context, tx pgx.Tx, l lease, g *gating) (claimLock, error) {
	var batch pgx.Batch
	var lock claimLock
	ids := g.ids()
	batch.Queue(sqlLockLane, l.channel, l.token).QueryRow(func(r pgx.Row) error { return r.Scan(&lock.held, &lock.at) })
	lock.queued = make(map[uuid.UUID]bool, len(ids))
	if len(g.earlier.of) > 0 {
		g.lockWithEarlier(&batch, l.tenant, g.now, lock.queued)
	} else {
		lockQueued(&batch, l.tenant, ids, g.now, lock.queued)
	}
	contacts, versions := g.versions()
	batch.Queue(sqlChangedConsent, l.tenant, contacts, versions).Query(func(rows pgx.Rows) error {
		var contact uuid.UUID
		_, err := pgx.ForEachRow(rows, []any{&contact}, func() error {
			g.forget(contact, lock.queued)
			return nil
		})
		return err
	})
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return lock, err
	}
	g.refuseArrived()
	return lock, nil
}

// lockQueued locks a batch of first attempts.
func lockQueued(batch *pgx.Batch, tenant uuid.UUID, ids []uuid.UUID, now time.Time, queued map[uuid.UUID]bool) {
	low, high := bounds(ids)
	batch.Queue(sqlLockQueued, tenant, ids, now, low, high).Query(func(rows pgx.Rows) error {
		var id uuid.UUID
		_, err := pgx.ForEachRow(rows, []any{&id}, func() error {
			queued[id] = true
			return nil
		})
		return err
	})
}

// claimColumns carries the per-row values of a claim to unnest.
type claimColumns struct {
	ids        []uuid.UUID
	categories []string
	markets    []string
	rateCards  []uuid.UUID
	bases      []int64
	markups    []int64
	optIns     []string
	recents    []*int16
	windows    []*time.Time
}

// saw adds what the gate saw of a message's person.
func (c *claimColumns) saw(g gated, now time.Time) {
	var recent *int16
	if g.capped {
		n := int16(min(g.to.recent, math.MaxInt16))
		recent = &n
	}
	var window *time.Time
	if now.Before(g.to.windowUntil) {
		window = &g.to.windowUntil
	}
	c.optIns, c.recents, c.windows = append(c.optIns, string(g.to.consent.Marketing)), append(c.recents, recent), append(c.windows, window)
}

func markClaimed(ctx context.Context, tx pgx.Tx, tenant, claim uuid.UUID, deadline, now time.Time, r claimRules, c claimColumns) (int64, error) {
	low, high := bounds(c.ids)
	tag, err := tx.Exec(ctx, sqlClaim, tenant, claim, deadline, now, c.ids, c.categories, c.markets, c.rateCards, c.bases, c.markups, low, high,
		r, c.optIns, c.recents, c.windows)
	return tag.RowsAffected(), err
}

func refuse(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time, ids []uuid.UUID, states, reasons []string) error {
	_, err := tx.Exec(ctx, sqlRefuse, tenant, now, ids, states, reasons)
	return err
}

func delay(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, until []time.Time) error {
	_, err := tx.Exec(ctx, sqlDelay, tenant, ids, until)
	return err
}

func park(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlPark, tenant, ids)
	return err
}

func readBackClaim(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, claim uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := tx.Query(ctx, sqlReadBackClaim, tenant, ids, claim)
	if err != nil {
		return nil, err
	}
	ours := make(map[uuid.UUID]bool)
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		ours[id] = true
		return nil
	})
	return ours, err
}

// bounds returns the lowest and the highest id, which prune partitions.
func bounds(ids []uuid.UUID) (low, high uuid.UUID) {
	for i, id := range ids {
		if i == 0 || string(id[:]) < string(low[:]) {
			low = id
		}
		if i == 0 || string(id[:]) > string(high[:]) {
			high = id
		}
	}
	return low, high
}
