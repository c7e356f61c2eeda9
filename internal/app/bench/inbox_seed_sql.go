package bench

// chance is a number between 0 and 1 that follows from what it is of.
func chance(of string) string { return "((hashint8extended(" + of + ") & 1048575) / 1048576.0)" }

const seedTalkers = `
create schema bench;
create table bench.people (n int primary key, id uuid not null);
create unlogged table bench.phrases (n int primary key, body text not null);
create unlogged table bench.vectors (n int, week int, words tsvector not null, primary key (n, week))`

const seedLabels = `
insert into labels (tenant_id, id, name, name_key, tone, created_at)
select $1, id, 'Label ' || n, 'label ' || n, 'info', now() from unnest($2::uuid[]) with ordinality l(id, n)`

// What people say: some words are in every fifth phrase, most in few; and each phrase's words as every
// week's index has them.
var seedPhrases = `
with made as (
    insert into bench.phrases (n, body)
    select p, string_agg(($1::text[])[1 + floor(2000 * power(` + chance("p::bigint * 8 + j, 2") + `, 2))::int], ' ')
    from generate_series(0, 19999) p cross join generate_series(1, 8) j group by p
    returning n, body)
insert into bench.vectors (n, week, words)
select m.n, w.week, array_to_tsvector(array(select distinct ($2::text[])[w.week - $3::int + 1] || word from unnest(string_to_array(m.body, ' ')) word))
from made m cross join (select generate_series($3::int, $3::int + cardinality($2::text[]) - 1)) w(week)`

// What was said, in the order of time: some conversations are long, most are short.
var seedSaid = `
with said as materialized (
    select k, at.v as at, ` + idOf("at.v", "'said' || k") + ` as id, p.id as contact, p.n, case when k % 2 = 0 then 'out' else 'in' end as direction,
        floor(20000 * ` + chance("k, 2") + `)::int as phrase
    from generate_series($4::int, $5::int) k
    cross join lateral (select $6::timestamptz + interval '1 second' * ($7::float8 * k / $3::int)) at(v)
    cross join lateral (select 1 + floor($2::int * power(` + chance("k, 1") + `, 1.5))::int) who(n)
    join bench.people p on p.n = who.n),
texts as (
    insert into conversation_texts (tenant_id, id, conversation_id, kind, words)
    select $1, s.id, s.contact, 'message', v.words from said s
    join bench.vectors v on v.n = s.phrase and v.week = (extract(epoch from s.at)::bigint / 604800)::int)
insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, created_at)
select $1, s.id, md5('channel' || s.n % 3)::uuid, s.contact, s.direction, case s.direction when 'in' then 'customer' else 'reply' end, 'text',
    case s.direction when 'in' then jsonb_build_object('text', jsonb_build_object('body', p.body)) else jsonb_build_object('type', 'text', 'text', jsonb_build_object('body', p.body)) end,
    case s.direction when 'in' then 'received' else 'read' end, s.at
from said s join bench.phrases p on p.n = s.phrase order by s.k`

const seedKnown = `
insert into contact_messages (tenant_id, contact_id, message_id)
select $1, contact_id, id from messages where tenant_id = $1 order by contact_id, id`

// One in five is not resolved; who is open waits for somebody or for the customer.
var seedTalks = `
insert into conversations (tenant_id, id, contact_id, channel_id, status, assignee_id, team_id, case_id, snoozed_until, waiting_since, unread, last_at,
    last_message_id, last_direction, last_kind, preview, last_inbound_id, last_inbound_at, window_until, created_at)
select $1, m.contact_id, m.contact_id, m.channel_id, s.v, case when h.a % 10 < 6 then ($2::uuid[])[1 + h.b % 8] end, case when h.b % 2 = 0 then ($3::uuid[])[1 + h.a % 5] end,
    case when s.v <> 'resolved' then m.id end, case when s.v = 'snoozed' then now() + interval '1 day' end,
    case when s.v = 'open' and m.direction = 'in' then m.created_at end, case when s.v = 'open' and m.direction = 'in' then 1 + h.a % 3 else 0 end, m.created_at,
    m.id, m.direction, 'text', left(coalesce(m.body->'text'->>'body', m.body->>'text'), 140), m.id, m.created_at, m.created_at + interval '1 day', m.created_at - interval '90 days'
from (select distinct on (x.contact_id) x.contact_id, x.message_id from contact_messages x where x.tenant_id = $1 order by x.contact_id, x.message_id desc) l
join messages m on m.tenant_id = $1 and m.id = l.message_id
cross join lateral (select hashint8extended(('x' || substr(md5(m.id::text), 1, 8))::bit(32)::bigint, 3) & 1048575, hashint8extended(('x' || substr(md5(m.id::text), 1, 8))::bit(32)::bigint, 4) & 1048575) h(a, b)
cross join lateral (select case when h.b % 100 < 80 then 'resolved' when h.b % 100 < 92 then 'open' when h.b % 100 < 97 then 'pending' else 'snoozed' end) s(v)`

const seedCases = `
insert into conversation_cases (tenant_id, id, conversation_id, contact_id, channel_id, opened_by, opened_at, first_inbound_at, messages_in, messages_out, assignee_id, team_id, resolved_at)
select $1, coalesce(c.case_id, c.last_message_id), c.id, c.contact_id, c.channel_id, 'customer', c.last_at, c.last_at, 3, 2, c.assignee_id, c.team_id, case when c.status = 'resolved' then c.last_at end
from conversations c where c.tenant_id = $1`

var seedEntries = `
insert into conversation_entries (tenant_id, conversation_id, id, kind, what, by_kind, by_name, body, created_at)
select $1, c.id, ` + idOf("c.last_at - interval '1 hour' * j", "c.id::text || j") + `, case when j = 1 then 'note' else 'event' end, case when j = 1 then '' else 'assigned' end, 'user', 'ann', 'a note', c.last_at - interval '1 hour' * j
from conversations c cross join generate_series(1, 3) j where c.tenant_id = $1 and c.unread % 2 = 0`

const seedLabelled = `
insert into conversation_labels (tenant_id, label_id, conversation_id)
select $1, ($2::uuid[])[1 + floor(20 * power((hashint8extended(p.n, 5) & 1048575) / 1048576.0, 2))::int], p.id
from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id where p.n % 3 = 0`

// Every thousandth, and the longest.
const seededTalks = `
select array_agg(id::text) from (select p.id from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id
    where p.n <= 5 or p.n % greatest(1, (select max(n) / 50 from bench.people)) = 0 order by p.n limit 60) x`
