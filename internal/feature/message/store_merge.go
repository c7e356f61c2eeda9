package message

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

const rowToMerge = `
select m.id, m.channel_id, m.contact_id, m.campaign_id, m.variant, m.superseded, m.state, coalesce(m.reason, ''), coalesce(m.error_code, 0), coalesce(m.error_detail, ''),
    m.claim, m.due_at, m.deadline, m.retries, coalesce(m.wamid, ''), m.created_at,
    m.accepted_at, m.sent_at, m.delivered_at, m.read_at, m.ended_at,
    m.category, m.market, m.rate_card, m.hold_amount, m.hold_transaction, m.hold_open,
    m.base, m.markup, m.posted_base, m.posted_markup, m.posted_seq, m.pricing_type, m.pricing_category
from unnest($2::uuid[]) as u(wanted)`

// Messages that lie together, as those of a claim do, are read from the stretch they lie in.
const sqlLockTogether = rowToMerge + ` join messages m on m.id = u.wanted
where m.tenant_id = $1 and m.id between $3 and $4 and m.direction = 'out'
order by m.id for update of m`

// Scattered ones are looked up each by its id, in the order given: the stretch from the first to
// the last may hold a month's messages. Locking inside keeps the planner from joining otherwise.
const sqlLockScattered = rowToMerge + ` cross join lateral (
    select x.id, x.channel_id, x.contact_id, x.campaign_id, x.variant, x.superseded, x.state, x.reason, x.error_code, x.error_detail,
        x.claim, x.due_at, x.deadline, x.retries, x.wamid, x.created_at,
        x.accepted_at, x.sent_at, x.delivered_at, x.read_at, x.ended_at,
        x.category, x.market, x.rate_card, x.hold_amount, x.hold_transaction, x.hold_open,
        x.base, x.markup, x.posted_base, x.posted_markup, x.posted_seq, x.pricing_type, x.pricing_category
    from messages x where x.tenant_id = $1 and x.id = u.wanted and x.direction = 'out' for update) m`

// lockRows locks messages in id order and reads what the merge needs.
func lockRows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, lie layout) (map[uuid.UUID]*row, error) {
	rows, err := queryRows(ctx, tx, tenant, ids, lie)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]*row, len(ids))
	defer rows.Close()
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, err
		}
		found[r.id] = r
	}
	return found, rows.Err()
}

// Of a message that this worker's claim wrote, the claim alone says whether it is as it was written:
// whatever else moves it ends the claim. All are locked in the order of their ids.
const sqlLockWritten = `
select m.id, coalesce(m.state = 'sending' and m.claim = u.claim, false)
from unnest($2::uuid[], $3::uuid[]) as u(wanted, claim) join messages m on m.id = u.wanted
where m.tenant_id = $1 and m.id between $4 and $5 and m.direction = 'out'
order by m.id for update of m`

// lockReported locks the messages of reports. Those that are as our claim wrote them are known; the
// others are read.
func lockReported(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, reports map[uuid.UUID][]Report, lie layout) (map[uuid.UUID]*row, error) {
	written := make(map[uuid.UUID]*row, len(ids))
	claims := make([]pgtype.UUID, len(ids))
	for i, id := range ids {
		if r := reports[id][0].written; r != nil {
			written[id], claims[i] = r, nullable(r.claim)
		}
	}
	if len(written) == 0 {
		return lockRows(ctx, tx, tenant, ids, lie)
	}
	others, err := lockWritten(ctx, tx, tenant, ids, claims, written)
	if err != nil || len(others) == 0 {
		return written, err
	}
	found, err := lockRows(ctx, tx, tenant, others, lie)
	maps.Copy(written, found)
	return written, err
}

// lockWritten locks messages, keeps of those written the ones that are so still, and returns the others.
func lockWritten(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, claims []pgtype.UUID, written map[uuid.UUID]*row) ([]uuid.UUID, error) {
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlLockWritten, tenant, ids, claims, low, high)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var same bool
	known := make(map[uuid.UUID]bool, len(ids))
	_, err = pgx.ForEachRow(rows, []any{&id, &same}, func() error {
		known[id] = same
		return nil
	})
	var others []uuid.UUID
	for _, id := range ids {
		if !known[id] {
			delete(written, id)
			others = append(others, id)
		}
	}
	return others, err
}

func queryRows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, lie layout) (pgx.Rows, error) {
	if lie == scattered {
		slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
		return tx.Query(ctx, sqlLockScattered, tenant, ids)
	}
	low, high := bounds(ids)
	return tx.Query(ctx, sqlLockTogether, tenant, ids, low, high)
}

func scanRow(rows pgx.Rows) (*row, error) {
	var r row
	var campaign, claim, rateCard, holdTx pgtype.UUID // nullable, and read without their text form
	var due, deadline, accepted, sent, delivered, read, ended *time.Time
	err := rows.Scan(&r.id, &r.channelID, &r.contactID, &campaign, &r.variant, &r.superseded, &r.state, &r.reason, &r.errorCode, &r.errDetail,
		&claim, &due, &deadline, &r.retries, &r.wamid, &r.createdAt,
		&accepted, &sent, &delivered, &read, &ended,
		&r.category, &r.market, &rateCard, &r.hold, &holdTx, &r.holdOpen,
		&r.price.base, &r.price.markup, &r.posted.base, &r.posted.markup, &r.seq, &r.pricingType, &r.pricingCategory)
	r.campaignID, r.claim, r.rateCard, r.holdTx = campaign.Bytes, claim.Bytes, rateCard.Bytes, holdTx.Bytes
	r.dueAt, r.deadline = value(due), value(deadline)
	r.acceptedAt, r.sentAt, r.deliveredAt, r.readAt, r.endedAt = value(accepted), value(sent), value(delivered), value(read), value(ended)
	return &r, err
}

const setRow = `
update messages m set state = u.state, reason = nullif(u.reason, ''), error_code = nullif(u.error_code, 0),
    error_detail = nullif(u.error_detail, ''), claim = u.claim, due_at = u.due_at, deadline = u.deadline,
    retries = u.retries, wamid = nullif(u.wamid, ''),
    accepted_at = u.accepted_at, sent_at = u.sent_at, delivered_at = u.delivered_at, read_at = u.read_at, ended_at = u.ended_at,
    hold_open = u.hold_open, posted_base = u.posted_base, posted_markup = u.posted_markup, posted_seq = u.posted_seq,
    pricing_type = u.pricing_type, pricing_category = u.pricing_category`

const writtenColumns = ` as u(id, state, reason, error_code, error_detail, claim, due_at, deadline, retries, wamid,
    accepted_at, sent_at, delivered_at, read_at, ended_at, hold_open, posted_base, posted_markup, posted_seq,
    pricing_type, pricing_category)`

const sqlWriteTogether = setRow + `
from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::uuid[], $8::timestamptz[], $9::timestamptz[],
    $10::smallint[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[],
    $17::boolean[], $18::bigint[], $19::bigint[], $20::smallint[], $21::text[], $22::text[])` + writtenColumns + `
where m.tenant_id = $1 and m.id = u.id and m.id between $23 and $24`

const sqlWriteScattered = setRow + `
from (select $2::uuid, $3::text, $4::text, $5::int, $6::text, $7::uuid, $8::timestamptz, $9::timestamptz,
    $10::smallint, $11::text, $12::timestamptz, $13::timestamptz, $14::timestamptz, $15::timestamptz, $16::timestamptz,
    $17::boolean, $18::bigint, $19::bigint, $20::smallint, $21::text, $22::text)` + writtenColumns + `
where m.tenant_id = $1 and m.id = u.id`

// writeRows stores merged rows; the caller holds their locks.
func writeRows(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []*row, lie layout) (err error) {
	if lie == scattered {
		var batch pgx.Batch
		for _, r := range rows {
			batch.Queue(sqlWriteScattered, r.args(tenant)...)
		}
		return tx.SendBatch(ctx, &batch).Close()
	}
	if rows, err = writeAccepted(ctx, tx, tenant, rows); err != nil || len(rows) == 0 {
		return err
	}
	var c rowColumns
	for _, r := range rows {
		c.add(r)
	}
	low, high := bounds(c.ids)
	_, err = tx.Exec(ctx, sqlWriteTogether, tenant, c.ids, c.states, c.reasons, c.codes, c.details, c.claims, c.dues, c.deadlines,
		c.retries, c.wamids, c.accepted, c.sent, c.delivered, c.read, c.ended,
		c.holds, c.bases, c.markups, c.seqs, c.types, c.categories, low, high)
	return err
}

// What most of a claim's messages come to: Meta took them, and nothing else of them changed.
const sqlWriteAccepted = `
update messages m set state = 'accepted', claim = null, deadline = null, wamid = u.wamid, accepted_at = u.at
from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as u(id, wamid, at)
where m.tenant_id = $1 and m.id = u.id and m.id between $5 and $6`

// writeAccepted writes the rows that only were accepted, and returns the others.
func writeAccepted(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []*row) (others []*row, err error) {
	var ids []uuid.UUID
	var wamids []string
	var times []time.Time
	for _, r := range rows {
		if !r.onlyAccepted {
			others = append(others, r)
			continue
		}
		ids, wamids, times = append(ids, r.id), append(wamids, r.wamid), append(times, r.acceptedAt)
	}
	if len(ids) == 0 {
		return others, nil
	}
	low, high := bounds(ids)
	_, err = tx.Exec(ctx, sqlWriteAccepted, tenant, ids, wamids, times, low, high)
	return others, err
}

// args are what sqlWriteScattered takes.
func (r *row) args(tenant uuid.UUID) []any {
	return []any{
		tenant, r.id, string(r.state), r.reason, int32(r.errorCode), r.errDetail, nullable(r.claim), instant(&r.dueAt), instant(&r.deadline),
		r.retries, r.wamid, instant(&r.acceptedAt), instant(&r.sentAt), instant(&r.deliveredAt), instant(&r.readAt), instant(&r.endedAt),
		r.holdOpen, int64(r.posted.base), int64(r.posted.markup), int16(r.seq), r.pricingType, r.pricingCategory,
	}
}

// rowColumns is rows turned into columns for unnest.
type rowColumns struct {
	ids                                                     []uuid.UUID
	states, reasons, details, wamids, types, categories     []string
	codes                                                   []int32
	claims                                                  []pgtype.UUID
	dues, deadlines, accepted, sent, delivered, read, ended []*time.Time
	retries, seqs                                           []int16
	holds                                                   []bool
	bases, markups                                          []int64
}

func (c *rowColumns) add(r *row) {
	c.ids = append(c.ids, r.id)
	c.states = append(c.states, string(r.state))
	c.reasons = append(c.reasons, r.reason)
	c.codes = append(c.codes, int32(r.errorCode))
	c.details = append(c.details, r.errDetail)
	c.claims = append(c.claims, nullable(r.claim))
	c.dues = append(c.dues, instant(&r.dueAt))
	c.deadlines = append(c.deadlines, instant(&r.deadline))
	c.retries = append(c.retries, r.retries)
	c.wamids = append(c.wamids, r.wamid)
	c.accepted = append(c.accepted, instant(&r.acceptedAt))
	c.sent = append(c.sent, instant(&r.sentAt))
	c.delivered = append(c.delivered, instant(&r.deliveredAt))
	c.read = append(c.read, instant(&r.readAt))
	c.ended = append(c.ended, instant(&r.endedAt))
	c.holds = append(c.holds, r.holdOpen)
	c.bases = append(c.bases, int64(r.posted.base))
	c.markups = append(c.markups, int64(r.posted.markup))
	c.seqs = append(c.seqs, r.seq)
	c.types = append(c.types, r.pricingType)
	c.categories = append(c.categories, r.pricingCategory)
}

func nullable(id uuid.UUID) pgtype.UUID { return pgtype.UUID{Bytes: id, Valid: id != uuid.UUID{}} }

func instant(t *time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return t
}

const sqlIDsByWAMID = `
select wamid, id from messages where tenant_id = $1 and wamid = any($2) and direction = 'out'`

// idsByWAMID finds our messages by Meta's ids, for statuses that do not echo ours.
func idsByWAMID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, wamids []string) (map[string]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlIDsByWAMID, tenant, wamids)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]uuid.UUID)
	var wamid string
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&wamid, &id}, func() error {
		ids[wamid] = id
		return nil
	})
	return ids, err
}
