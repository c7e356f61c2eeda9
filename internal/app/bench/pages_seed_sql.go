package bench

// idOf is an id of that moment whose rest follows from a text.
func idOf(at, text string) string {
	return "(substr(id_floor(" + at + ")::text, 1, 14) || '7' || substr(md5(" + text + "), 1, 3) || '-8' || substr(md5(" + text + "), 4, 3) || '-' || substr(md5(" + text + "), 7, 12))::uuid"
}

// Where the seeding keeps who and what it may choose from, by number.
const seedPlaces = `
create schema bench;
create table bench.people (n int primary key, id uuid not null);
create table bench.campaigns (n int primary key, id uuid not null, status text not null, started timestamptz, people int not null)`

const seedNumbered = `
insert into bench.people select row_number() over (order by id), id from contacts where tenant_id = $1`

const seedMembers = `
with made as (
    insert into users (id, email, name, password_hash, created_at, updated_at)
    select gen_random_uuid(), 'agent' || i || '@bench.example', 'Agent ' || i, 'x', now(), now() from generate_series(1, 300) i returning id),
m as (insert into members (tenant_id, user_id, role, created_at, updated_at) select $1, id, 'agent', now(), now() from made),
u as (insert into user_tenants (user_id, tenant_id, created_at) select id, $1, now() from made)
select array_agg(id) from made`

const seedStages = `
insert into contact_stages (tenant_id, id, name, name_key, position, tone, created_at, updated_at)
select $1, id, 'Stage ' || n, 'stage ' || n, n, 'info', now(), now() from unnest($2::uuid[]) with ordinality s(id, n)`

const seedManyFields = `
insert into contact_fields (tenant_id, key, label, type, created_at)
select $1, 'field_' || i, 'Field ' || i, 'text', now() from generate_series(1, 60) i`

const seedManyTags = `
insert into tags (tenant_id, id, kind, name, name_key, created_at, updated_at)
select $1, gen_random_uuid(), case when i % 2 = 0 then 'list' else 'tag' end, 'Festival ' || i, 'festival ' || i, now(), now() from generate_series(1, 800) i`

const seedSegmentsSaved = `
insert into segments (tenant_id, id, name, name_key, query, created_at, updated_at)
select $1, gen_random_uuid(), 'Segment ' || i, 'segment ' || i, case i % 5
    when 0 then jsonb_build_object('on', 'tag', 'op', 'is', 'values', jsonb_build_array($2::uuid))
    when 1 then '{"on":"field:city","op":"is","values":["Pune"]}'
    when 2 then '{"all":[{"on":"optin","op":"is","values":["in"]},{"on":"campaign","op":"unread","days":14}]}'
    when 3 then '{"all":[{"on":"field:spent","op":"more","values":["3000"]},{"on":"suppressed","op":"no"}]}'
    else '{"any":[{"on":"message","op":"wrote","days":7},{"on":"field:member","op":"yes"}]}' end, now(), now()
from generate_series(1, 500) i`

const seedTemplates = `
insert into templates (tenant_id, id, waba_id, meta_id, name, language, category, status, quality, components, synced_at, created_at, updated_at)
select $1, gen_random_uuid(), 'waba' || 1 + i % 2, 'meta' || i || l.code, (array['offer', 'order', 'festival', 'reminder', 'welcome'])[1 + i % 5] || '_' || i, l.code,
    case when i % 10 < 7 then 'MARKETING' else 'UTILITY' end,
    case when i % 20 < 17 then 'APPROVED' else (array['REJECTED', 'PAUSED', 'DISABLED'])[i % 20 - 16] end, 'GREEN',
    '[{"type":"BODY","text":"Hello {{1}}, your festival offer waits for you.","example":{"body_text":[["Asha"]]}},{"type":"FOOTER","text":"Acme"}]', now(), now() - interval '200 days', now()
from generate_series(1, 500) i cross join unnest(array['en_US', 'hi', 'mr', 'ta']) l(code)`

// The last but one is the largest campaign; one in twenty more has recipients too. The rest has
// counts alone, as if its people were long forgotten.
var seedCampaigns = `
with made as (
    insert into bench.campaigns
    select i, ` + idOf("at.v", "'campaign' || i") + `, s.v, case when s.v in ('running', 'paused', 'completed', 'cancelled') then at.v + interval '1 hour' end,
        case when i = $2::int - 1 then -1 when s.v = 'completed' and i % 20 = 7 then 200 else 0 end
    from generate_series(1, $2::int) i
    cross join lateral (select now() - interval '9 days' - interval '1 year' * ($2::int - i) / $2::int) at(v)
    cross join lateral (select case when i = $2::int - 1 or i % 20 > 6 then 'completed'
        else (array['draft', 'draft', 'scheduled', 'paused', 'cancelled', 'running', 'repeating'])[1 + i % 20] end) s(v)
    returning n, id, status, started, people),
named as (
    insert into campaigns (tenant_id, id, name, status, pause_reason, channel_id, template_id, audience, mapping, scheduled_at, started_at, finished_at,
        created_at, updated_at, experiment, hold_out, agreed_category)
    select $1, m.id, (array['Diwali', 'दिवाली', 'Eid', 'Summer sale', 'New arrivals', 'Cart reminder'])[1 + m.n % 6] || ' ' || m.n, m.status,
        case when m.status = 'paused' and m.n % 40 = 3 then 'category' else '' end, md5('channel1')::uuid, t.ids[1 + m.n % cardinality(t.ids)],
        case when m.n % 2 = 0 then '{"all":true}' else '{"filter":{"on":"field:city","op":"is","values":["Pune"]}}' end::jsonb,
        '[{"slot":"body.1","field":"name","fallback":"friend"}]', case when m.status = 'scheduled' then now() + interval '1 day' end,
        m.started, case when m.status in ('completed', 'cancelled') then m.started + interval '2 hours' end, coalesce(m.started, now()) - interval '1 hour', now(),
        case when m.people <> 0 or m.n % 20 = 0 then jsonb_build_object('weight', 1, 'others', jsonb_build_array(
            jsonb_build_object('templateId', t.ids[1 + (m.n + 1) % cardinality(t.ids)], 'mapping', '[{"slot":"body.1","text":"friend"}]'::jsonb, 'weight', 1))) end,
        case when m.people <> 0 then 2 else 0 end, 'MARKETING'
    from made m cross join (select array_agg(id) as ids from templates where tenant_id = $1 and status = 'APPROVED' and language = 'en_US') t)
insert into campaign_counters (tenant_id, campaign_id, total, delivered, read, failed, replied, charged, frozen, timed)
select $1, id, 1000, 500, 400, 100, 30, 8631000, started is not null, status = 'running' from made`

// One hash says what became of a person's message of a campaign.
const seedFate = `(uuid_hash_extended(p.id, c.n) & 1048575)`

var seedSent = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state, outcome, reason, variant, retry_at, replied_at)
select $1, c.id, p.id, ` + idOf("c.started + interval '20 milliseconds' * r.j", "c.id::text || p.n") + `, case when o.v = 'held_out' then 'held_out' else 'fed' end, o.v,
    case o.v when 'failed' then (array['meta:131026', 'meta:130472', 'meta:131049'])[1 + h.v % 3] when 'refused' then 'opted_out' end, 1 + h.v % 2,
    case when o.v = 'failed' and h.v % 20 = 0 then now() + interval '1 hour' end, case when h.v % 100 > 94 then c.started + interval '1 day' end
from bench.campaigns c
cross join lateral (
    select j, case when c.people < 0 then 1 + 3 * j % $2::int else 1 + (c.n * 7919 + j) % $2::int end as n
    from generate_series(1, case when c.people < 0 then $2::int * 3 / 10 else least(c.people, $2::int / 10) end) j
    union all select j, j from generate_series(1, 5) j where c.started is not null and c.people >= 0) r
join bench.people p on p.n = r.n
cross join lateral (select ` + seedFate + `) h(v)
cross join lateral (select case when h.v % 10000 = 9 then 'unknown' when h.v % 100 < 5 then 'failed' when h.v % 100 < 8 then 'refused' when h.v % 100 < 10 and c.people <> 0 then 'held_out' end) o(v)
order by 2, 3
on conflict do nothing`

// Two campaigns have people who wait: one for times of their own, one for somebody's word.
var seedWaiting = `
insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state, due_at)
select $1, c.id, p.id, gen_random_uuid(), 'pending', case when c.status = 'running' then now() + interval '1 hour' * (1 + p.n % 24) end
from (select distinct on (b.status) b.* from bench.campaigns b join campaigns x on x.tenant_id = $1 and x.id = b.id
    where b.status = 'running' or b.status = 'paused' and x.pause_reason = 'category' order by b.status, b.n desc) c
join bench.people p on p.n > 5 and p.n <= $2::int / 10
on conflict do nothing`

var seedReceipts = `
insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, template_id, state, error_code, accepted_at, sent_at, delivered_at, read_at, ended_at,
    created_at, category, market, variant, posted_base, posted_markup)
select $1, r.message_id, md5('channel1')::uuid, r.contact_id, c.id, 'campaign', 'template', x.template_id, s.v, case when s.v = 'failed' then 131026 end,
    case when s.v <> 'refused' then c.started end, case when s.v in ('sent', 'delivered', 'read') then c.started end,
    case when s.v in ('delivered', 'read') then c.started end, case when s.v = 'read' then c.started + interval '1 hour' end, c.started,
    c.started, 'MARKETING', 'India', r.variant, 8631, 100
from bench.campaigns c
join campaigns x on x.tenant_id = $1 and x.id = c.id
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id and r.state = 'fed'
cross join lateral (select r.contact_id) p(id)
cross join lateral (select ` + seedFate + `) h(v)
cross join lateral (select coalesce(r.outcome, case when h.v % 100 < 30 then 'sent' when h.v % 100 < 65 then 'delivered' else 'read' end)) s(v)
order by r.message_id`

const seedTallies = `
insert into contact_tallies (tenant_id, tag_id, id, delta)
select $1, t.id, gen_random_uuid(), t.n from (
    select tag_id as id, count(*) as n from contact_tags where tenant_id = $1 group by 1
    union all select coalesce(stage_id, uuid_nil.v), count(*) from contacts cross join (values ('00000000-0000-0000-0000-000000000000'::uuid)) uuid_nil(v)
        where tenant_id = $1 and stage_id is not null group by 1
    union all select owner_id, count(*) from contacts where tenant_id = $1 and owner_id is not null group by 1
    union all select '00000000-0000-0000-0000-000000000000', count(*) from contacts where tenant_id = $1
    union all select '00000000-0000-0000-0000-000000000000', 0 from generate_series(1, 2000)) t`

var seedConsents = `
insert into consent_records (tenant_id, contact_id, id, purpose, state, via, source, happened_at)
select $1, p.id, ` + idOf("now() - interval '1 day' * j", "p.n || 'consent' || j") + `, 'marketing', 'in', 'import', 'Shop counter', now() - interval '1 day' * j
from bench.people p cross join lateral generate_series(1, case when p.n <= 20 then 300 else 1 end) j order by p.id`

var seedHistories = `
insert into contact_events (tenant_id, contact_id, id, kind, actor_kind, actor_name, changes, at)
select $1, p.id, ` + idOf("now() - interval '1 hour' * j", "p.n || 'event' || j") + `, (array['changed', 'tagged', 'stage', 'consent', 'clicked', 'imported'])[1 + j % 6], 'user', 'Ann',
    '[{"field": "name", "from": "Asha", "to": "आशा"}]', now() - interval '1 hour' * j
from bench.people p cross join lateral generate_series(1, case when p.n <= 20 then 2000 else 1 end) j where p.n % 2 = 0 or p.n <= 20 order by p.id`

var seedClicks = `
with who as (
    select c.id, r.contact_id, c.started from bench.campaigns c join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id
    where c.people <> 0 and r.outcome is null and uuid_hash_extended(r.contact_id, 5) & 7 = 0),
clicks as (insert into link_clicks (tenant_id, campaign_id, contact_id, number, at)
    select $1, w.id, w.contact_id, n, w.started + interval '1 hour' * n from who w cross join generate_series(1, 2) n)
insert into link_clickers (tenant_id, campaign_id, number, contact_id) select $1, w.id, n, w.contact_id from who w cross join generate_series(0, 2) n`

const seedConversions = `
insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, received_at)
select $1, 'order-' || i, g.ids[1 + i % 20], p.id, 1990000 + i, now() - interval '1 minute' * i, case when i % 2 = 0 then c.id end, now() - interval '1 minute' * i
from generate_series(1, $2::int / 10) i join bench.people p on p.n = i
cross join (select array_agg(id) as ids from goals where tenant_id = $1) g
left join lateral (select id from bench.campaigns where people < 0 or i % 4 = 0 and n = i % 1000 order by people desc limit 1) c on true`

// Twenty claims of a campaign each hold and charge.
var seedWallet = `
with made as (
    insert into wallet_transactions (tenant_id, id, kind, currency, amount, available_change, number, available_after, messages, reason, created_at)
    select $1, ` + idOf("at.v", "'transaction' || i") + `, k.v, 'INR', 863100, k.change, case when k.change <> 0 then i end, case when k.change <> 0 then 900000000 end, 100, '', at.v
    from generate_series(1, $2::int * 20) i
    cross join lateral (select now() - interval '1 year' + interval '1 year' * i / ($2::int * 20)) at(v)
    cross join lateral (values (case when i % 100 = 0 then 'topup' when i % 50 = 1 then 'release' when i % 50 = 3 then 'adjustment' when i % 2 = 0 then 'hold' else 'charge' end)) n(v)
    cross join lateral (values (n.v, case n.v when 'topup' then 863100 when 'release' then 863100 when 'hold' then -863100 when 'adjustment' then -863100 else 0 end)) k(v, change)
    returning id, kind, amount)
insert into wallet_entries (tenant_id, transaction_id, account, amount, currency)
select $1, m.id, e.account, e.amount, 'INR' from made m
cross join lateral (values ('topup', 'available', m.amount), ('topup', 'funding', -m.amount), ('release', 'available', m.amount), ('release', 'held', -m.amount),
    ('hold', 'available', -m.amount), ('hold', 'held', m.amount), ('charge', 'held', -m.amount), ('charge', 'base_cost', m.amount - 100), ('charge', 'markup', 100),
    ('adjustment', 'available', -m.amount), ('adjustment', 'base_cost', m.amount)) e(kind, account, amount) where e.kind = m.kind`

var seedUsage = `
insert into usage_events (tenant_id, source_id, kind, seq, quantity, base, markup, hold, currency, category, market, transaction_id, hold_transaction, occurred_at)
select $1, ` + idOf("t.created_at", "t.id::text || j") + `, 'message_charged', 1, 1, 8631, 100, 8731, 'INR', 'marketing', 'India',
    case when t.kind = 'charge' then t.id end, case when t.kind = 'hold' then t.id end, t.created_at
from (select * from wallet_transactions where tenant_id = $1 and kind in ('charge', 'hold') order by id desc limit 200) t cross join generate_series(1, 500) j`

var seedWritten = `
with made as (
    insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, created_at)
    select $1, ` + idOf("now() - interval '1 hour' * j", "p.n || 'written' || j") + `, md5('channel1')::uuid, p.id, 'in', 'contact', 'text', '{"text": {"body": "नमस्ते"}}', 'received', now() - interval '1 hour' * j
    from bench.people p cross join lateral generate_series(1, case when p.n <= 20 then 1000 else 4 end) j where p.n <= 5000
    returning contact_id, id)
insert into contact_messages (tenant_id, contact_id, message_id) select $1, contact_id, id from made`
