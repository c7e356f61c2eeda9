package goal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The last touch of each event's person within its goal's window, at or before the event; of two at
// one instant, the campaign with the lower id. What went to a contact that was merged into the person
// went to the person; clicks a merge carries over. A message is a touch when it reached the phone.
const sqlTouches = `
select e.event_id, t.campaign_id, t.at, e.received_at
from unnest($2::text[]) as u(event_id)
join conversions e on e.tenant_id = $1 and e.event_id = u.event_id
join goals g on g.tenant_id = $1 and g.id = e.goal_id
left join lateral (
    select x.campaign_id, x.at from (
        select r.campaign_id, coalesce(m.delivered_at, m.read_at) as at
        from campaign_recipients r join messages m on m.tenant_id = $1 and m.id = r.message_id
        where r.tenant_id = $1 and r.contact_id = e.contact_id and g.touch = 'delivered'
        union all
        select r.campaign_id, (select coalesce(m.delivered_at, m.read_at) from messages m where m.tenant_id = $1 and m.id = r.message_id)
        from contacts p join campaign_recipients r on r.tenant_id = $1 and r.contact_id = p.id
        where p.tenant_id = $1 and p.merged_into = e.contact_id and g.touch = 'delivered'
        union all
        select k.campaign_id, k.at from link_clicks k
        where k.tenant_id = $1 and k.contact_id = e.contact_id and g.touch = 'clicked'
            and k.at <= e.at and k.at > e.at - make_interval(hours => 24 * g.window_days)) x
    where x.at <= e.at and x.at > e.at - make_interval(hours => 24 * g.window_days)
    order by x.at desc, x.campaign_id limit 1) t on true`

const sqlLockConversions = `
select e.event_id from conversions e join unnest($2::text[]) as u(event_id) on e.event_id = u.event_id
where e.tenant_id = $1 order by e.event_id for update of e`

const sqlCredit = `
update conversions e set campaign_id = u.campaign_id, touched_at = u.touched_at, look_at = u.look_at
from unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) as u(event_id, campaign_id, touched_at, look_at)
where e.tenant_id = $1 and e.event_id = u.event_id`

// credit is what attribution found out, as columns for unnest.
type credit struct {
	events    []string
	campaigns []*uuid.UUID
	touched   []*time.Time
	looks     []*time.Time
}

// attribute writes for each event the campaign it counts for as the data stand, and when to look
// again. It returns the campaigns by event. The rows are held meanwhile: who comes later sees at
// least what we saw.
func (s *Service) attribute(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, events []string, now time.Time) (map[string]*uuid.UUID, error) {
	if len(events) == 0 {
		return nil, nil
	}
	if _, err := tx.Exec(ctx, sqlLockConversions, tenant, events); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, sqlTouches, tenant, events)
	if err != nil {
		return nil, err
	}
	var c credit
	credited := make(map[string]*uuid.UUID, len(events))
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (none struct{}, err error) {
		var id string
		var campaign *uuid.UUID
		var touched *time.Time
		var received time.Time
		if err := row.Scan(&id, &campaign, &touched, &received); err != nil {
			return none, err
		}
		c.events, c.campaigns, c.touched = append(c.events, id), append(c.campaigns, campaign), append(c.touched, touched)
		c.looks = append(c.looks, nextLook(received, now))
		credited[id] = campaign
		return none, nil
	})
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, sqlCredit, tenant, c.events, c.campaigns, c.touched, c.looks)
	return credited, err
}

// looks is when an event is looked at again after it came. Meta repeats a report that it could not
// deliver for seven days; after that none can still come.
func looks() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, day, 3 * day, 8 * day}
}

// nextLook is when to look at an event again; nil when nothing new can be known.
func nextLook(received, now time.Time) *time.Time {
	for _, after := range looks() {
		if at := received.Add(after); at.After(now) {
			return &at
		}
	}
	return nil
}
