package contact

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Clicks and conversions have no time-ordered ids. An entry's is made of when it happened and of what
// tells it from others, so it is the same each time, and the order of ids is the order of times. Each
// statement reads all of the millisecond at which a page begins, and the latest before it with all that
// happened at the same instant as the last of them: no page leaves one out.
const (
	sqlClicksOf = `
select k.campaign_id, coalesce(c.name, ''), k.contact_id, k.number, coalesce(l.url, ''), k.at
from (
    (select x.campaign_id, x.contact_id, x.number, x.at from link_clicks x
     where x.tenant_id = $1 and x.contact_id = any($2) and x.at >= $3 and x.at < $4)
    union all
    (select x.campaign_id, x.contact_id, x.number, x.at from link_clicks x
     where x.tenant_id = $1 and x.contact_id = any($2) and x.at < $3
     order by x.at desc fetch first $5 rows with ties)) k
left join campaigns c on c.tenant_id = $1 and c.id = k.campaign_id
left join links l on l.tenant_id = $1 and l.campaign_id = k.campaign_id and l.number = k.number`
	sqlConversionsOf = `
select e.event_id, coalesce(g.name, ''), e.value, t.currency, e.at, e.campaign_id, coalesce(c.name, '')
from (
    (select x.event_id, x.goal_id, x.value, x.at, x.campaign_id from conversions x
     where x.tenant_id = $1 and x.contact_id = any($2) and x.at >= $3 and x.at < $4)
    union all
    (select x.event_id, x.goal_id, x.value, x.at, x.campaign_id from conversions x
     where x.tenant_id = $1 and x.contact_id = any($2) and x.at < $3
     order by x.at desc fetch first $5 rows with ties)) e
join tenants t on t.tenant_id = $1
left join goals g on g.tenant_id = $1 and g.id = e.goal_id
left join campaigns c on c.tenant_id = $1 and c.id = e.campaign_id`
)

// instants are the bounds of what is read before an id: its millisecond, and the end of that.
func (r *reading) instants() (from, to time.Time) {
	if r.before == uuid.Max {
		from = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	} else {
		from = ident.Time(r.before)
	}
	return from, from.Add(time.Millisecond)
}

// idOf is the id of what happened at a moment: the moment to the microsecond, and a hash of the rest.
func idOf(at time.Time, parts ...string) uuid.UUID {
	id := ident.At(at)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	copy(id[9:], sum[:])
	binary.BigEndian.PutUint16(id[6:8], 0x7000|uint16(at.Nanosecond()/1000%1000))
	return id
}

func (r *reading) clicks(ctx context.Context) error {
	from, to := r.instants()
	rows, err := r.tx.Query(ctx, sqlClicksOf, r.tenant, r.lives.ids, from, to, r.limit)
	if err != nil {
		return err
	}
	var campaign, contact uuid.UUID
	var name, target string
	var number int16
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&campaign, &name, &contact, &number, &target, &at}, func() error {
		id := idOf(at, "click", campaign.String(), contact.String(), string(rune('0'+number)))
		of := campaign
		r.add(Entry{ID: id, Kind: EntryClick, At: at, Title: clickWords(target, name), Text: target, CampaignID: &of})
		return nil
	})
	return err
}

// clickWords say where a click led: the host and path, without what tells one visit from another.
func clickWords(target, campaign string) string {
	words := "Clicked a link"
	if u, err := url.Parse(target); err == nil && u.Host != "" {
		words = "Clicked the link " + strings.TrimSuffix(u.Host+u.Path, "/")
	}
	return named(words+" in the campaign", campaign, words)
}

func (r *reading) conversions(ctx context.Context) error {
	from, to := r.instants()
	rows, err := r.tx.Query(ctx, sqlConversionsOf, r.tenant, r.lives.ids, from, to, r.limit)
	if err != nil {
		return err
	}
	var event, goal, name string
	var value money.Amount
	var currency money.Currency
	var at time.Time
	var campaign *uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&event, &goal, &value, &currency, &at, &campaign, &name}, func() error {
		e := Entry{ID: idOf(at, "goal", event), Kind: EntryGoal, At: at, Title: named("Reached the goal", goal, "Reached a goal"), CampaignID: campaign}
		if value > 0 {
			e.Title += " with " + money.Format(value, currency)
		}
		if name != "" {
			e.Text = "Counts for the campaign " + name + "."
		}
		r.add(e)
		return nil
	})
	return err
}
