package campaign

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// What each campaign's counters should be, from the rows behind them. Recipients not
// fed are pending, cancelled or duplicate; the others are where their message is. Who clicked is
// apart from that.
const sqlMiscounted = `
select count(*) from (
    select k.campaign_id from campaign_counters k
    left join lateral (
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
            (select count(*) from link_clickers p where p.tenant_id = $1 and p.campaign_id = k.campaign_id and p.number = 0) as clicked
        from campaign_recipients r
        left join messages m on m.tenant_id = $1 and m.id = r.message_id
        where r.tenant_id = $1 and r.campaign_id = k.campaign_id) t on true
    where k.tenant_id = $1 and (k.total, k.queued, k.sending, k.in_doubt, k.unknown, k.accepted, k.sent, k.delivered, k.read,
            k.expired, k.failed, k.refused, k.cancelled, k.duplicate, k.clicked)
        is distinct from (t.total, t.queued, t.sending, t.in_doubt, t.unknown, t.accepted, t.sent, t.delivered, t.read,
            t.expired, t.failed, t.refused, t.cancelled, t.duplicate, t.clicked)) wrong`

// Miscounted says how many campaigns' counters differ from their rows, in one snapshot.
func (s *Service) Miscounted(ctx context.Context, tenant uuid.UUID) (n int64, err error) {
	err = s.DB.Snapshot(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlMiscounted, tenant).Scan(&n)
	})
	return n, err
}
