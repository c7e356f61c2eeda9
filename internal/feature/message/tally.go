package message

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
)

// quarter divides every time zone's day, so that instants within it share a day.
const quarter = 15 * time.Minute

// day is the daily counts for an instant.
func (m *merging) day(at time.Time) *billing.DailyCounts {
	at = at.Truncate(quarter)
	if m.days[at] == nil {
		m.days[at] = new(billing.DailyCounts)
	}
	return m.days[at]
}

// tally counts the steps a row took, each on the day of its own time. A failure that
// turned out otherwise is taken back where it was counted.
func (m *merging) tally(before, r *row) {
	if before.acceptedAt.IsZero() && !r.acceptedAt.IsZero() {
		m.day(r.acceptedAt).Accepted++
	}
	if before.sentAt.IsZero() && !r.sentAt.IsZero() {
		m.day(r.sentAt).Sent++
	}
	if before.deliveredAt.IsZero() && !r.deliveredAt.IsZero() {
		m.day(r.deliveredAt).Delivered++
	}
	if before.readAt.IsZero() && !r.readAt.IsZero() {
		m.day(r.readAt).Read++
	}
	if before.endedAt.Equal(r.endedAt) {
		return
	}
	if !before.endedAt.IsZero() {
		m.day(before.endedAt).Failed--
	}
	if !r.endedAt.IsZero() {
		m.day(r.endedAt).Failed++
	}
}

// The days as the messages themselves tell them, in the tenant's own zone.
const sqlCountDays = `
with span as (
    select t.timezone, $2::date::timestamp at time zone t.timezone as first, ($3::date + 1)::timestamp at time zone t.timezone as last
    from tenants t where t.tenant_id = $1),
steps as (
    select accepted_at as at, 'accepted' as step from messages where tenant_id = $1 and direction = 'out' and source <> 'history'
    union all select sent_at, 'sent' from messages where tenant_id = $1 and direction = 'out' and source <> 'history'
    union all select delivered_at, 'delivered' from messages where tenant_id = $1 and direction = 'out' and source <> 'history'
    union all select read_at, 'read' from messages where tenant_id = $1 and direction = 'out' and source <> 'history'
    union all select ended_at, 'failed' from messages where tenant_id = $1 and direction = 'out' and source <> 'history' and state in ('failed', 'expired', 'unknown')
    union all select created_at, 'inbound' from messages where tenant_id = $1 and direction = 'in' and source <> 'history')
select to_char((steps.at at time zone span.timezone)::date, 'YYYY-MM-DD'), steps.step, count(*)
from steps cross join span
where steps.at >= span.first and steps.at < span.last
group by 1, 2`

// CountDays recounts a tenant's days from its messages. It is billing.CountMessages.
func CountDays(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, from, to string) ([]billing.Day, error) {
	rows, err := tx.Query(ctx, sqlCountDays, tenant, from, to)
	if err != nil {
		return nil, err
	}
	days := make(map[string]*billing.Day)
	var list []billing.Day
	var day, step string
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&day, &step, &n}, func() error {
		if days[day] == nil {
			days[day] = &billing.Day{Day: day}
		}
		setStep(&days[day].DailyCounts, step, n)
		return nil
	})
	for _, d := range days {
		list = append(list, *d)
	}
	return list, err
}

func setStep(d *billing.DailyCounts, step string, n int64) {
	switch step {
	case "accepted":
		d.Accepted = n
	case "sent":
		d.Sent = n
	case "delivered":
		d.Delivered = n
	case "read":
		d.Read = n
	case "failed":
		d.Failed = n
	case "inbound":
		d.Inbound = n
	}
}
