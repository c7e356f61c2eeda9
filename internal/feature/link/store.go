package link

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const sqlKey = `select key from link_keys where tenant_id = $1`

func keyOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (sealed []byte, err error) {
	return sealed, tx.QueryRow(ctx, sqlKey, tenant).Scan(&sealed)
}

// Two first campaigns at once make one key.
const sqlInsertKey = `
insert into link_keys (tenant_id, key, created_at) values ($1, $2, $3) on conflict (tenant_id) do nothing`

func insertKey(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sealed []byte, now time.Time) error {
	_, err := tx.Exec(ctx, sqlInsertKey, tenant, sealed, now)
	return err
}

const sqlUpdateKey = `update link_keys set key = $2 where tenant_id = $1`

func updateKey(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sealed []byte) error {
	_, err := tx.Exec(ctx, sqlUpdateKey, tenant, sealed)
	return err
}

const sqlDeleteLinks = `delete from links where tenant_id = $1 and campaign_id = $2`

const sqlInsertLinks = `
insert into links (tenant_id, campaign_id, number, slot, url)
select $1, $2, u.number, u.slot, u.url from unnest($3::text[], $4::text[]) with ordinality as u(slot, url, number)
on conflict (tenant_id, campaign_id, number) do nothing`

func replaceLinks(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID, slots, urls []string) error {
	if _, err := tx.Exec(ctx, sqlDeleteLinks, tenant, campaign); err != nil || len(slots) == 0 {
		return err
	}
	_, err := tx.Exec(ctx, sqlInsertLinks, tenant, campaign, slots, urls)
	return err
}

// What a token leads to: a message's campaign, or the campaign itself for a sample. Who was merged
// into another is that other.
const sqlResolve = `
select l.campaign_id, l.url, coalesce(x.merged_into, m.contact_id)
from links l left join messages m on m.tenant_id = $1 and m.id = $2
    left join contacts x on x.tenant_id = $1 and x.id = m.contact_id
where l.tenant_id = $1 and l.number = $3 and l.campaign_id = coalesce(
    (select f.campaign_id from messages f where f.tenant_id = $1 and f.id = $2), $2)`

// found is what a token leads to. contact is nil for a sample.
type found struct {
	campaign uuid.UUID
	url      string
	contact  *uuid.UUID
}

func resolve(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, number int) (f found, err error) {
	return f, tx.QueryRow(ctx, sqlResolve, tenant, id, number).Scan(&f.campaign, &f.url, &f.contact)
}

// Locked while their clicks are written, so that two processes count one after the other.
const sqlLockLinks = `
select l.number from links l join unnest($2::uuid[]) as u(campaign_id) on l.campaign_id = u.campaign_id
where l.tenant_id = $1 order by l.campaign_id, l.number for update of l`

const sqlInsertClicks = `
insert into link_clicks (tenant_id, campaign_id, contact_id, number, at)
select $1, u.campaign_id, u.contact_id, u.number, u.at
from unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::timestamptz[]) as u(campaign_id, contact_id, number, at)
on conflict (tenant_id, campaign_id, contact_id, number, at) do nothing
returning campaign_id, number`

// Number 0 stands for any link of the campaign.
const sqlInsertClickers = `
insert into link_clickers (tenant_id, campaign_id, number, contact_id)
select distinct $1::uuid, u.campaign_id, n.number, u.contact_id
from unnest($2::uuid[], $3::uuid[], $4::smallint[]) as u(campaign_id, contact_id, number)
cross join lateral (values (0::smallint), (u.number)) as n(number)
on conflict (tenant_id, campaign_id, number, contact_id) do nothing
returning campaign_id, number, contact_id`

// clickers records who clicked; it says how many are new of each link, and who of each campaign.
func clickers(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c clickColumns) (n map[place]int64, first map[uuid.UUID][]uuid.UUID, err error) {
	rows, err := tx.Query(ctx, sqlInsertClickers, tenant, c.of, c.contacts, c.numbers)
	if err != nil {
		return nil, nil, err
	}
	n, first = map[place]int64{}, map[uuid.UUID][]uuid.UUID{}
	var p place
	var contact uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&p.campaign, &p.number, &contact}, func() error {
		n[p]++
		if p.number == 0 {
			first[p.campaign] = append(first[p.campaign], contact)
		}
		return nil
	})
	return n, first, err
}

const sqlCountClicks = `
update links l set clicks = l.clicks + u.clicks, people = l.people + u.people
from unnest($2::uuid[], $3::smallint[], $4::bigint[], $5::bigint[]) as u(campaign_id, number, clicks, people)
where l.tenant_id = $1 and l.campaign_id = u.campaign_id and l.number = u.number`

// place is one link of one campaign; number 0 is any of it.
type place struct {
	campaign uuid.UUID
	number   int16
}

// counted says how many rows were new, by place.
func counted(ctx context.Context, tx pgx.Tx, sql string, args ...any) (map[place]int64, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	n := map[place]int64{}
	var p place
	_, err = pgx.ForEachRow(rows, []any{&p.campaign, &p.number}, func() error { n[p]++; return nil })
	return n, err
}

const sqlLinks = `
select number, slot, url, people, clicks from links where tenant_id = $1 and campaign_id = $2 order by number`

func linksOf(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) ([]Link, error) {
	rows, err := tx.Query(ctx, sqlLinks, tenant, campaign)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Link])
}

const sqlCampaignExists = `select exists (select from campaigns where tenant_id = $1 and id = $2)`

func campaignExists(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID) (exists bool, err error) {
	return exists, tx.QueryRow(ctx, sqlCampaignExists, tenant, campaign).Scan(&exists)
}

// People by contact id, each with what they did; a page is few people with few clicks each.
const sqlPeople = `
select p.contact_id, coalesce(c.name, ''), coalesce(c.phone, ''), k.first, k.last, k.clicks, k.numbers
from link_clickers p
left join contacts c on c.tenant_id = $1 and c.id = p.contact_id
cross join lateral (
    select min(x.at) as first, max(x.at) as last, count(*) as clicks, array_agg(distinct x.number order by x.number) as numbers
    from link_clicks x
    where x.tenant_id = $1 and x.campaign_id = $2 and x.contact_id = p.contact_id and ($3 = 0 or x.number = $3)) k
where p.tenant_id = $1 and p.campaign_id = $2 and p.number = $3 and p.contact_id > $4
order by p.contact_id limit $5`

func peopleOf(ctx context.Context, tx pgx.Tx, tenant, campaign uuid.UUID, number int, after uuid.UUID, limit int) ([]Clicker, error) {
	rows, err := tx.Query(ctx, sqlPeople, tenant, campaign, number, after, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Clicker])
}
