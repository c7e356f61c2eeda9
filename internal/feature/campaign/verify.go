package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// What each campaign's counters should be, from the rows behind them. Recipients not
// fed are pending, cancelled, duplicate or held out; the others are where their latest message is.
const recounted = `
        select count(*) as total,
            count(*) filter (where m.state = 'queued') as queued,
            count(*) filter (where m.state = 'sending') as sending,
            count(*) filter (where m.state = 'in_doubt') as in_doubt,
            count(*) filter (where m.state = 'unknown') as unknown,
            count(*) filter (where m.state = 'accepted') as accepted,
            count(*) filter (where m.state = 'sent') as sent,
            count(*) filter (where m.state = 'delivered') as delivered,
            count(*) filter (where m.state = 'read') as read,
            count(*) filter (where m.state = 'expired') as expired,
            count(*) filter (where m.state = 'failed') as failed,
            count(*) filter (where m.state = 'refused') as refused,
            count(*) filter (where m.state = 'cancelled' or r.state = 'cancelled') as cancelled,
            count(*) filter (where m.state = 'duplicate' or r.state = 'duplicate') as duplicate,
            count(*) filter (where r.state = 'held_out') as held_out,
            count(*) filter (where r.state = 'resting') as resting,
            count(*) filter (where r.retry_at is not null) as retrying,
            count(*) filter (where r.replied_at is not null) as replied,
            count(w.contact_id) as clicked
        from campaign_recipients r
        left join messages m on m.tenant_id = $1 and m.id = r.message_id
        left join link_clickers w on w.tenant_id = $1 and w.campaign_id = r.campaign_id and w.number = 0 and w.contact_id = r.contact_id`

const sqlMiscounted = `
select count(*) from (
    select k.campaign_id from campaign_counters k
    left join lateral (` + recounted + `
        where r.tenant_id = $1 and r.campaign_id = k.campaign_id) t on true
    where k.tenant_id = $1 and (k.total, k.queued, k.sending, k.in_doubt, k.unknown, k.accepted, k.sent, k.delivered, k.read,
            k.expired, k.failed, k.refused, k.cancelled, k.duplicate, k.held_out, k.resting, k.retrying, k.replied, k.clicked)
        is distinct from (t.total, t.queued, t.sending, t.in_doubt, t.unknown, t.accepted, t.sent, t.delivered, t.read,
            t.expired, t.failed, t.refused, t.cancelled, t.duplicate, t.held_out, t.resting, t.retrying, t.replied, (
            select count(*) from link_clickers p where p.tenant_id = $1 and p.campaign_id = k.campaign_id and p.number = 0))) wrong`

const sqlMiscountedVariants = `
select count(*) from (
    select v.campaign_id from campaign_variants v
    left join lateral (` + recounted + `
        where r.tenant_id = $1 and r.campaign_id = v.campaign_id and r.variant = v.variant) t on true
    where v.tenant_id = $1 and (v.total, v.queued, v.sending, v.in_doubt, v.unknown, v.accepted, v.sent, v.delivered, v.read,
            v.expired, v.failed, v.refused, v.cancelled, v.duplicate, v.retrying, v.replied, v.clicked)
        is distinct from (t.total, t.queued, t.sending, t.in_doubt, t.unknown, t.accepted, t.sent, t.delivered, t.read,
            t.expired, t.failed, t.refused, t.cancelled, t.duplicate, t.retrying, t.replied, t.clicked)) wrong`

// Acts counted for a hold-out are the acts recorded.
const sqlMiscountedActs = `
select count(*) from (
    select k.campaign_id from campaign_act_counts k
    left join lateral (
        select count(*) filter (where not a.held_out) as messaged, count(*) filter (where a.held_out) as held_out,
            coalesce(sum(a.value) filter (where not a.held_out), 0) as messaged_value,
            coalesce(sum(a.value) filter (where a.held_out), 0) as held_out_value,
            coalesce(sum(a.value::numeric * a.value) filter (where not a.held_out), 0) as messaged_square,
            coalesce(sum(a.value::numeric * a.value) filter (where a.held_out), 0) as held_out_square
        from campaign_acts a where a.tenant_id = $1 and a.campaign_id = k.campaign_id and a.act = k.act) t on true
    where k.tenant_id = $1 and (k.messaged, k.held_out, k.messaged_value, k.held_out_value, k.messaged_square, k.held_out_square)
        is distinct from (t.messaged, t.held_out, t.messaged_value, t.held_out_value, t.messaged_square, t.held_out_square)) wrong`

// Miscounted says how many campaigns' counters, or variants' of them, differ from their rows, in one snapshot.
func (s *Service) Miscounted(ctx context.Context, tenant uuid.UUID) (n int64, err error) {
	err = s.DB.Snapshot(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		for _, sql := range []string{sqlMiscounted, sqlMiscountedVariants, sqlMiscountedActs} {
			var wrong int64
			if err := tx.QueryRow(ctx, sql, tenant).Scan(&wrong); err != nil {
				return err
			}
			n += wrong
		}
		return nil
	})
	return n, err
}

// An attempt stands for its recipient alone: the one before it is superseded and did not arrive
// when the next was sent, nobody held out has a message, and no latest attempt is superseded. A first
// attempt stands for somebody tried again only because it arrived after all.
const sqlAmiss = `
select count(*) from campaign_counters k
cross join lateral (
    select r.attempts, r.state, m.superseded, m.resend_of, m.state as stands, (
        select o.superseded from messages o where o.tenant_id = $1 and o.id = m.resend_of limit 1) as before
    from campaign_recipients r
    join messages m on m.tenant_id = $1 and m.id = r.message_id
    where r.tenant_id = $1 and r.campaign_id = k.campaign_id) a
where k.tenant_id = $1 and (a.superseded or a.state in ('held_out', 'resting') or not a.before
    or a.resend_of is not null and a.attempts = 1
    or a.resend_of is null and a.attempts > 1 and a.stands not in ('delivered', 'read'))`

// Amiss says how many recipients have more than one attempt that counts, or one they should not have.
func (s *Service) Amiss(ctx context.Context, tenant uuid.UUID) (n int64, err error) {
	err = s.DB.Snapshot(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAmiss, tenant).Scan(&n)
	})
	return n, err
}
