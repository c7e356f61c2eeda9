package campaign

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/aerostic/aerostic/internal/feature/message"
)

// tally is what a transaction adds to a campaign's counts and, where it has several, to those of
// its variants.
type tally struct {
	all Counts
	by  map[int16]*Counts
}

// on changes the campaign's counts and the variant's alike; variant 0 is none.
func (t *tally) on(variant int16, change func(*Counts)) {
	change(&t.all)
	if variant == 0 {
		return
	}
	if t.by == nil {
		t.by = make(map[int16]*Counts)
	}
	if t.by[variant] == nil {
		t.by[variant] = new(Counts)
	}
	change(t.by[variant])
}

// move counts one message's move from state to state. Of an attempt that a later one stands for,
// only the money counts: its person is where the later one is.
func (t *tally) move(c message.Change) {
	t.on(c.Variant, func(k *Counts) {
		if c.From != c.To && !c.Superseded {
			k.add(c.From, -1)
			k.add(c.To, 1)
		}
		k.Committed += c.Committed
		k.Charged += c.Charged
	})
}

const sqlCount = `
update campaign_counters set queued = queued + $3, sending = sending + $4, in_doubt = in_doubt + $5, unknown = unknown + $6,
    accepted = accepted + $7, sent = sent + $8, delivered = delivered + $9, read = read + $10, expired = expired + $11,
    failed = failed + $12, refused = refused + $13, cancelled = cancelled + $14, duplicate = duplicate + $15,
    committed = committed + $16, charged = charged + $17, total = total + $18,
    replied = replied + $19, held_out = held_out + $20, resting = resting + $21, retrying = retrying + $22, clicked = clicked + $23
where tenant_id = $1 and campaign_id = $2`

// count adds a tally to a campaign's counters, and to its variants' where it has some: in one round
// trip, because all of a campaign's batches wait for the counters' lock.
func count(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, t tally) error {
	var batch pgx.Batch
	d := t.all
	batch.Queue(sqlCount, tenant, id, d.Queued, d.Sending, d.InDoubt, d.Unknown, d.Accepted, d.Sent, d.Delivered,
		d.Read, d.Expired, d.Failed, d.Refused, d.Cancelled, d.Duplicate, d.Committed, d.Charged, d.Total,
		d.Replied, d.HeldOut, d.Resting, d.Retrying, d.Clicked)
	if len(t.by) > 0 {
		countVariants(&batch, tenant, id, t.by)
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// The variants' rows are under the lock of the campaign's own, taken just before.
const sqlCountVariants = `
update campaign_variants v set total = v.total + u.total, queued = v.queued + u.queued, sending = v.sending + u.sending,
    in_doubt = v.in_doubt + u.in_doubt, unknown = v.unknown + u.unknown, accepted = v.accepted + u.accepted, sent = v.sent + u.sent,
    delivered = v.delivered + u.delivered, read = v.read + u.read, expired = v.expired + u.expired, failed = v.failed + u.failed,
    refused = v.refused + u.refused, cancelled = v.cancelled + u.cancelled, duplicate = v.duplicate + u.duplicate,
    committed = v.committed + u.committed, charged = v.charged + u.charged, replied = v.replied + u.replied, retrying = v.retrying + u.retrying,
    clicked = v.clicked + u.clicked
from unnest($3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
    $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[])
    as u(variant, total, queued, sending, in_doubt, unknown, accepted, sent, delivered, read, expired, failed, refused, cancelled,
    duplicate, committed, charged, replied, retrying, clicked)
where v.tenant_id = $1 and v.campaign_id = $2 and v.variant = u.variant`

func countVariants(batch *pgx.Batch, tenant, id uuid.UUID, by map[int16]*Counts) {
	var variants []int16
	columns := make([][]int64, 19)
	for variant, d := range by {
		variants = append(variants, variant)
		for i, n := range []int64{d.Total, d.Queued, d.Sending, d.InDoubt, d.Unknown, d.Accepted, d.Sent, d.Delivered, d.Read, d.Expired,
			d.Failed, d.Refused, d.Cancelled, d.Duplicate, int64(d.Committed), int64(d.Charged), d.Replied, d.Retrying, d.Clicked} {
			columns[i] = append(columns[i], n)
		}
	}
	args := []any{tenant, id, variants}
	for _, column := range columns {
		args = append(args, column)
	}
	batch.Queue(sqlCountVariants, args...).Exec(func(tag pgconn.CommandTag) error {
		if tag.RowsAffected() != int64(len(by)) {
			return fmt.Errorf("counted %d of %d variants", tag.RowsAffected(), len(by))
		}
		return nil
	})
}

const sqlOpenVariants = `
insert into campaign_variants (tenant_id, campaign_id, variant)
select $1, $2, v from unnest($3::smallint[]) v
on conflict (tenant_id, campaign_id, variant) do nothing`

// openVariants gives each variant its row of counts, when the campaign starts.
func openVariants(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if c.Experiment == nil {
		return nil
	}
	var variants []int16
	for v := range int16(c.variants()) {
		variants = append(variants, v+1)
	}
	_, err := tx.Exec(ctx, sqlOpenVariants, tenant, c.ID, variants)
	return err
}
