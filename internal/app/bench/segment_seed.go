package bench

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// segmentSeed is a tenant whose contacts have something to ask about.
type segmentSeed struct {
	tenant           uuid.UUID
	vip, delhi, rare uuid.UUID // tags of a tenth, three tenths and a hundredth
	diwali           uuid.UUID // a campaign to three tenths
}

// queries are what marketers ask, from one condition to nested groups.
func (s segmentSeed) queries() map[string]segment.Query {
	on := func(on, op string, values ...string) segment.Query {
		return segment.Query{On: on, Op: op, Values: values}
	}
	days := func(on, op string, n int) segment.Query { return segment.Query{On: on, Op: op, Days: n} }
	all := func(q ...segment.Query) segment.Query { return segment.Query{All: q} }
	any := func(q ...segment.Query) segment.Query { return segment.Query{Any: q} }
	pune, unread := on("field:city", "is", "Pune"), days("campaign", "unread", 14)
	vip, delhi, rare := on("tag", "is", s.vip.String()), on("tag", "is", s.delhi.String()), on("tag", "is", s.rare.String())
	return map[string]segment.Query{
		"city":           pune,
		"city contains":  on("field:city", "contains", "un"),
		"spent between":  on("field:spent", "between", "1000", "3000"),
		"birthday":       on("field:birthday", "after", "1990-01-01"),
		"tag":            delhi,
		"tag, not tag":   all(delhi, on("tag", "isnt", s.vip.String())),
		"opted in":       all(on("optin", "is", "in"), on("suppressed", "no")),
		"unread":         unread,
		"not sent":       days("campaign", "unsent", 30),
		"silent":         days("message", "silent", 30),
		"unread in Pune": all(pune, unread, on("tag", "isnt", s.vip.String())),
		"read Diwali":    on("campaign", "read", s.diwali.String()),
		"random tenth":   all(on("random", "share", "10"), on("optin", "is", "in")),
		"nested": all(any(all(pune, on("field:spent", "more", "3000")), vip, all(rare, unread)),
			segment.Query{Not: &segment.Query{Any: []segment.Query{on("optin", "is", "out"), on("suppressed", "yes")}}}),
		"nested or": any(unread, all(delhi, on("field:member", "yes")), days("message", "wrote", 7)),
		"country":   all(on("market", "is", "India"), days("created", "past", 60), on("email", "set")),
	}
}

// seedSegments writes n contacts with fields, tags, consent, activity and a campaign's messages.
// They are written as the superuser, past the services: what is measured is the reading.
func (w *world) seedSegments(ctx context.Context, n int) (segmentSeed, error) {
	if s, seeded, err := w.segmentsBefore(ctx); err != nil || seeded {
		return s, err
	}
	u, err := w.core.Auth.CreatePerson(ctx, auth.Person{Name: "Ann", Email: "ann@bench.example", Password: "a long bench password"})
	if err != nil {
		return segmentSeed{}, err
	}
	t, err := w.core.Auth.CreateWorkspace(ctx, tenant.NewTenant{Name: "Bench", Slug: "bench", Owner: u.ID})
	if err != nil {
		return segmentSeed{}, err
	}
	s := segmentSeed{tenant: t.ID, vip: ident.New(), delhi: ident.New(), rare: ident.New(), diwali: ident.New()}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{seedFields, []any{s.tenant}},
		{seedPeople, []any{s.tenant, n, []uuid.UUID{}, []uuid.UUID{}}},
		{seedTags, []any{s.tenant, []uuid.UUID{s.vip, s.delhi, s.rare}, []int{10, 30, 1}}},
		{seedMarks, []any{s.tenant, []uuid.UUID{s.vip, s.delhi, s.rare}, []int{10, 30, 1}}},
		{seedActivity, []any{s.tenant}},
		{seedCampaign, []any{s.tenant, s.diwali}},
		{seedRecipients, []any{s.tenant, s.diwali}},
		{seedMessages, []any{s.tenant, s.diwali, ident.New()}},
	} {
		if _, err := w.super.Exec(ctx, step.sql, step.args...); err != nil {
			return s, err
		}
	}
	_, err = w.super.Exec(ctx, `vacuum (analyze) contacts, contact_tags, contact_activity, campaign_recipients, messages`)
	return s, err
}

const seededSegments = `
select t.tenant_id, (array_agg(g.id) filter (where g.name = 'Tag 10'))[1], (array_agg(g.id) filter (where g.name = 'Tag 30'))[1],
    (array_agg(g.id) filter (where g.name = 'Tag 1'))[1], (select c.id from campaigns c where c.tenant_id = t.tenant_id and c.name = 'Diwali')
from tenants t join tags g on g.tenant_id = t.tenant_id where t.slug = 'bench' group by 1`

// segmentsBefore finds them in a database that an earlier run has filled.
func (w *world) segmentsBefore(ctx context.Context) (s segmentSeed, seeded bool, err error) {
	err = w.super.QueryRow(ctx, seededSegments).Scan(&s.tenant, &s.vip, &s.delhi, &s.rare, &s.diwali)
	return s, err == nil, ignoreNoRows(err)
}

// pseudo is a number below 1,048,576 that follows from a contact's id and a salt.
func pseudo(salt string) string { return "(uuid_hash_extended(c.id, " + salt + ") & 1048575)" }

const seedFields = `
insert into contact_fields (tenant_id, key, label, type, created_at)
select $1, f.key, f.key, f.type, now()
from (values ('city', 'text'), ('spent', 'number'), ('birthday', 'date'), ('member', 'boolean')) f(key, type)`

// Ids are of the last 90 days, ascending, as an import makes them. Where the stages or the owners given
// are fewer than what they are drawn from, the rest has none.
const seedPeople = `
insert into contacts (tenant_id, id, phone, wa_id, name, name_key, email, market, fields, opt_in, suppressed_at, window_open_until, created_at, updated_at,
    stage_id, stage_at, owner_id)
select $1, id.v, '+91' || 7000000000 + i, (917000000000 + i)::text, n.name, lower(n.name),
    case when i % 3 = 0 then 'person' || i || '@example.com' end, (array['India', 'India', 'India', 'Egypt'])[1 + i % 4],
    jsonb_build_object('city', (array['Pune', 'Delhi', 'Bengaluru', 'जयपुर', 'Kochi', 'Surat', 'Indore'])[1 + h.a % 7], 'order_id', 'A-' || i,
        'spent', round(h.a % 65536 / 10.0, 1)::text, 'birthday', (date '1960-01-01' + (h.b % 16384)::int)::text, 'member', (h.b % 8 = 0)::text),
    (array['in', 'in', 'unknown', 'out'])[1 + h.b % 4], case when i % 50 = 0 then now() end,
    case when i % 10 = 0 then now() - interval '1 hour' * (i % 2000) end, at.v, now(),
    stage.v, case when stage.v is not null then at.v end, ($4::uuid[])[1 + i % 11]
from generate_series(1, $2::int) i
cross join lateral (select now() - interval '90 days' + interval '90 days' * i / $2::int) at(v)
cross join lateral (select ($3::uuid[])[1 + i % 7]) stage(v)
cross join lateral (select (substr(id_floor(at.v)::text, 1, 14) || '7' || lpad(to_hex(i % 4096), 3, '0') || '-8' || substr(md5(i::text), 1, 3) || '-' || substr(md5(i::text), 4, 12))::uuid) id(v)
cross join lateral (select hashint8extended(i, 1) & 1048575, hashint8extended(i, 2) & 1048575) h(a, b)
cross join lateral (select (array['Asha', 'आशा', 'Ravi', 'रवि', 'Meera', 'Imran', 'Zoya'])[1 + i % 7] || ' ' || (array['Sharma', 'Patel', 'देवी', 'Khan'])[1 + i % 4]) n(name)`

const seedTags = `
insert into tags (tenant_id, id, name, name_key, created_at, updated_at)
select $1, t.id, 'Tag ' || t.percent, 'tag ' || t.percent, now(), now() from unnest($2::uuid[], $3::int[]) t(id, percent)`

var (
	seedMarks = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, t.id, c.id from contacts c, unnest($2::uuid[], $3::int[]) t(id, percent)
where c.tenant_id = $1 and ` + pseudo("t.percent") + ` % 100 < t.percent order by 2, 3`

	// Nine in ten got campaigns in 40 days, eight in nine of them on the phone, half of those read.
	seedActivity = `
insert into contact_activity (tenant_id, contact_id, written_at, sent_at, delivered_at, read_at)
select $1, c.id, at.v, at.v, case when ` + pseudo("13") + ` % 9 < 8 then at.v end,
    case when ` + pseudo("14") + ` % 2 = 0 then at.v + interval '1 hour' end
from contacts c cross join lateral (select now() - interval '1 minute' * (` + pseudo("12") + ` % 57600)) at(v)
where c.tenant_id = $1 and ` + pseudo("11") + ` % 10 < 9 order by c.id`

	seedRecipients = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state)
select $1, $2, c.id, (substr(id_floor(now() - interval '9 days' + interval '50 microseconds' * row_number() over (order by c.id))::text, 1, 14)
    || '7' || substr(c.id::text, 16))::uuid, 'fed'
from contacts c where c.tenant_id = $1 and ` + pseudo("15") + ` % 10 < 3 order by c.id`

	seedMessages = `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, sent_at, delivered_at, read_at, created_at, category, market)
select $1, c.message_id, $3, c.contact_id, $2, 'campaign', 'template', s.state, now() - interval '9 days',
    case when s.state <> 'sent' then now() - interval '9 days' end, case when s.state = 'read' then now() - interval '8 days' end, now() - interval '9 days', 'MARKETING', 'India'
from campaign_recipients c cross join lateral (select (array['sent', 'delivered', 'delivered', 'read', 'read'])[1 + (hashtextextended(c.contact_id::text, 1) & 3)]) s(state)
where c.tenant_id = $1 and c.campaign_id = $2 order by c.message_id`
)

const seedCampaign = `
insert into campaigns (tenant_id, id, name, status, started_at, created_at, updated_at)
values ($1, $2, 'Diwali', 'completed', now() - interval '10 days', now() - interval '10 days', now())`
