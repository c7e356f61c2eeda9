package message

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Locked in id order, like every transaction that touches messages; a row that
// another transaction took or moved meanwhile is left out. A join: as a filter, the list would
// be searched from its start for every row.
const sqlLockQueued = `
select m.id from messages m join unnest($2::uuid[]) as u(id) on u.id = m.id
where m.tenant_id = $1 and m.id between $4 and $5 and m.state = 'queued' and m.due_at <= $3
order by m.id for update of m`

// With a claim goes what the gate saw and went by, for the messages' explanations: in its statements,
// not one of its own.
const noteClaim = `
with noted as (
    insert into message_claims (tenant_id, id, at, rules) values ($1, $2, $4, $5)
    on conflict (tenant_id, id) do nothing)`

const claimColumnsOf = `unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::bigint[], $11::bigint[], $12::text[], $13::smallint[], $14::timestamptz[]`

const claimColumnNames = `id, category, market, rate_card, base, markup, opt_in, recent, window_until`

// The claim: a new unique claim number, which also names the hold, the price, and the moment
// after which nobody may write the request any more.
const sqlClaim = noteClaim + `
update messages m set state = 'sending', claim = $2, deadline = $3, due_at = null,
    claimed_at = $4, category = u.category, market = u.market, rate_card = u.rate_card,
    hold_amount = u.base + u.markup, hold_transaction = $2, hold_open = true, base = u.base, markup = u.markup,
    gate_opt_in = u.opt_in, gate_recent = u.recent, gate_window = u.window_until
from ` + claimColumnsOf + `)
    as u(` + claimColumnNames + `)
where m.tenant_id = $1 and m.id = u.id and m.id between $15 and $16 and m.state = 'queued'`

// The same for recipients who were pending: one row, written once.
const sqlClaimFed = noteClaim + `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, priority, kind, template_id, params, state,
    created_at, variant, claim, deadline, claimed_at, category, market, rate_card, hold_amount, hold_transaction, hold_open, base, markup,
    gate_opt_in, gate_recent, gate_window)
select $1, u.id, $15, u.contact_id, u.campaign_id, 'campaign', 3, 'template', u.template_id, u.params, 'sending',
    $4, u.variant, $2, $3, $4, u.category, u.market, u.rate_card, u.base + u.markup, $2, true, u.base, u.markup,
    u.opt_in, u.recent, u.window_until
from ` + claimColumnsOf + `, $16::uuid[], $17::uuid[], $18::uuid[], $19::jsonb[], $20::smallint[])
    as u(` + claimColumnNames + `, contact_id, campaign_id, template_id, params, variant)
returning 1`

// Whom the gate decides about without sending is queued before it is ended or delayed.
const sqlQueuePending = `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, priority, kind, template_id, params, state, due_at, created_at, variant)
select $1, u.id, $2, u.contact_id, u.campaign_id, 'campaign', 3, 'template', u.template_id, u.params, 'queued', $3, $3, u.variant
from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::smallint[])
    as u(id, contact_id, campaign_id, template_id, params, variant)
returning 1`

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
	lock.queued = make(map[uuid.UUID]bool, len(g.all))
	switch {
	case len(g.earlier.of) > 0:
		g.lockWithEarlier(&batch, l.tenant, g.now, lock.queued)
	case len(ids) > 0:
		lockQueued(&batch, l.tenant, ids, g.now, lock.queued)
	}
	for id, c := range g.all {
		if c.pending != nil {
			lock.queued[id] = true
		}
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

// claimColumns carries the values of a claim to unnest: of rows that are queued, and of rows fed with it.
type claimColumns struct {
	queued, fed rowValues
	recipients  pendingColumns // beside fed
}

// rowValues is what a claim writes on rows.
type rowValues struct {
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

// add adds a row with what the gate saw of its person.
func (c *rowValues) add(g gated, now time.Time) {
	var recent *int16
	if g.capped {
		n := int16(min(g.to.recent, math.MaxInt16))
		recent = &n
	}
	var window *time.Time
	if now.Before(g.to.windowUntil) {
		window = &g.to.windowUntil
	}
	c.ids, c.categories, c.markets = append(c.ids, g.id), append(c.categories, g.category), append(c.markets, g.market)
	c.rateCards, c.bases, c.markups = append(c.rateCards, g.rateCard), append(c.bases, int64(g.price.base)), append(c.markups, int64(g.price.markup))
	c.optIns, c.recents, c.windows = append(c.optIns, string(g.to.consent.Marketing)), append(c.recents, recent), append(c.windows, window)
}

func (c *rowValues) args() []any {
	return []any{c.ids, c.categories, c.markets, c.rateCards, c.bases, c.markups, c.optIns, c.recents, c.windows}
}

// pendingColumns is recipients who were pending as columns.
type pendingColumns struct {
	ids, contacts, campaigns, templates []uuid.UUID
	params                              []json.RawMessage
	variants                            []int16
}

func (c *pendingColumns) add(p Pending) {
	c.ids, c.contacts, c.campaigns = append(c.ids, p.MessageID), append(c.contacts, p.ContactID), append(c.campaigns, p.CampaignID)
	c.templates, c.params, c.variants = append(c.templates, p.TemplateID), append(c.params, p.Params), append(c.variants, p.Variant)
}

// markClaimed writes a claim in one round trip and says on how many rows.
func markClaimed(ctx context.Context, tx pgx.Tx, l lease, claim uuid.UUID, deadline time.Time, g *gating, c claimColumns) (n int, err error) {
	var batch pgx.Batch
	count := func(tag pgconn.CommandTag) error {
		n += int(tag.RowsAffected())
		return nil
	}
	head := []any{l.tenant, claim, deadline, g.now, g.rules}
	if len(c.queued.ids) > 0 {
		low, high := bounds(c.queued.ids)
		batch.Queue(sqlClaim, append(append(head[:5:5], c.queued.args()...), low, high)...).Exec(count)
	}
	if r := c.recipients; len(c.fed.ids) > 0 {
		batch.Queue(sqlClaimFed, append(append(head[:5:5], c.fed.args()...), l.channel, r.contacts, r.campaigns, r.templates, r.params, r.variants)...).Exec(count)
	}
	if batch.Len() == 0 {
		return 0, nil
	}
	err = tx.SendBatch(ctx, &batch).Close()
	return n, err
}

// insertPending queues recipients who were pending.
func insertPending(ctx context.Context, tx pgx.Tx, l lease, list []Pending, now time.Time) error {
	var c pendingColumns
	for _, p := range list {
		c.add(p)
	}
	_, err := tx.Exec(ctx, sqlQueuePending, l.tenant, l.channel, now, c.ids, c.contacts, c.campaigns, c.templates, c.params, c.variants)
	return err
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
