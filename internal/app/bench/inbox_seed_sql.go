package bench

// chance is a number between 0 and 1 that follows from what it is of.
func chance(of string) string { return "((hashint8extended(" + of + ") & 1048575) / 1048576::float8)" }

// channelOf is the number a person writes to: one of three, and few people a fourth.
func channelOf(n string) string {
	return "md5('channel' || case when " + n + " % 50000 = 7 then 3 else " + n + " % 3 end)::uuid"
}

const seedTalkers = `
create schema bench;
create table bench.people (n int primary key, id uuid not null);
create unlogged table bench.phrases (n int primary key, body text not null);
create unlogged table bench.vectors (n int, week int, lexeme text not null, words tsvector not null)`

const seedNumbers = `insert into bench.people select row_number() over (order by id), id from contacts where tenant_id = $1`

// Each phrase's words as every week's index has them.
const seedPhrases = `
with made as (
    insert into bench.phrases (n, body)
    select n - 1, body from unnest($1::text[]) with ordinality p(body, n)
    returning n)
insert into bench.vectors (n, week, lexeme, words)
select p.n - 1, $4::int + w.n - 1, w.lexeme, array_to_tsvector(string_to_array(w.lexeme || replace(p.words, ' ', ' ' || w.lexeme), ' '))
from unnest($2::text[]) with ordinality p(words, n) cross join unnest($3::text[]) with ordinality w(lexeme, n)`

// What a month's messages are made of, the n-th month's: who, when and which phrase. Some conversations are long, one very
// long, most short; of three people one has been silent for half a year.
var seedSaid = `
insert into bench.said_{n} (k, n, contact, id, at, phrase)
select k, w.n, p.id, ` + idOf("at.v", "'said' || k") + `, at.v, floor($9::int * ` + chance("k, 2") + `)::int
from generate_series($1::int, $2::int) k
cross join lateral (select $3::timestamptz + interval '1 millisecond' * floor($4::float8 * k / $5::int)) at(v)
cross join lateral (select case when k % 2000 = 0 then 1 else 1 + floor($6::int * power(` + chance("k, 1") + `, 1.5))::int end) x(n)
cross join lateral (select case when x.n % 3 = 0 and k > $5::int / 2 then x.n - 1 else x.n end) w(n)
join bench.people p on p.n = w.n
where at.v >= $7 and at.v < $8`

const createSaid = `create unlogged table bench.said_{n} (k int not null, n int not null, contact uuid not null, id uuid not null, at timestamptz not null, phrase int not null)`

const saidWAMID = `'wamid.HBgMOTE3MDAw' || upper(md5(s.k::text)) || 'FQIAERgS'`

// One message in ten names an order of its own.
const saidText = `p.body || case when s.k % 10 = 1 then ' order ' || 100000 + s.k else '' end`

var seedSaidMessages = `
insert into {month} (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, wamid, created_at,
    accepted_at, sent_at, delivered_at, read_at, sent_by, category)
select $1, s.id, ` + channelOf("s.n") + `, s.contact, case s.k % 2 when 1 then 'in' else 'out' end, case s.k % 2 when 1 then 'customer' else 'reply' end, 'text',
    case s.k % 2 when 1 then jsonb_build_object('id', ` + saidWAMID + `, 'from', (917000000000 + s.n)::text, 'timestamp', extract(epoch from s.at)::bigint::text,
        'type', 'text', 'text', jsonb_build_object('body', ` + saidText + `))
        else jsonb_build_object('type', 'text', 'text', jsonb_build_object('body', ` + saidText + `)) end,
    case s.k % 2 when 1 then 'received' else 'read' end, ` + saidWAMID + `, s.at,
    o.at, o.at + interval '1 second', o.at + interval '2 seconds', o.at + interval '1 minute', case s.k % 2 when 0 then ($2::uuid[])[1 + s.n % 8] end,
    case s.k % 2 when 1 then '' else 'SERVICE' end
from bench.said_{n} s join bench.phrases p on p.n = s.phrase
cross join lateral (select case s.k % 2 when 0 then s.at end) o(at)`

const seedTexts = `
insert into conversation_texts (tenant_id, id, conversation_id, kind, words)
select $1, s.id, s.contact, 'message',
    case when s.k % 10 = 1 then v.words || array_to_tsvector(array[v.lexeme || 'order', v.lexeme || 100000 + s.k]) else v.words end
from bench.said s
join bench.vectors v on v.n = s.phrase and v.week = floor(extract(epoch from s.at) / 604800)::int`

const seedKnown = `insert into contact_messages (tenant_id, contact_id, message_id) select $1, contact, id from bench.said`

const seedInbound = `
insert into inbound_ids (tenant_id, wamid, message_id)
select $1, ` + saidWAMID + `, s.id from bench.said s where s.k % 2 = 1`

// Who is open waits for somebody or for the customer. One in eight is not resolved.
var seedTalks = `
insert into conversations (tenant_id, id, contact_id, channel_id, status, assignee_id, team_id, handler, case_id, snoozed_until, waiting_since, unread, last_at,
    last_message_id, last_direction, last_kind, preview, last_inbound_id, last_inbound_at, window_until, created_at)
select $1, l.contact, l.contact, ` + channelOf("g.n") + `, s.v,
    case when g.n % 30000 = 13 then ($2::uuid[])[9] when h.a % 10 < 6 then ($2::uuid[])[1 + h.b % 8] end,
    case when g.n % 20000 = 11 then ($3::uuid[])[6] when h.b % 2 = 0 then ($3::uuid[])[1 + h.a % 5] end,
    case when g.n % 40000 = 17 then 'bot' else 'people' end,
    case when s.v <> 'resolved' then l.id end, case when s.v = 'snoozed' then now() + interval '1 day' end,
    case when s.v = 'open' and g.last % 2 = 1 then l.at end, case when s.v = 'open' and g.last % 2 = 1 then 1 + h.a % 3 else 0 end, l.at,
    l.id, case g.last % 2 when 1 then 'in' else 'out' end, 'text', left(p.body, 140), i.id, i.at, i.at + interval '1 day', f.at
from (select n, max(k) as last, max(k) filter (where k % 2 = 1) as inbound, min(k) as first from bench.said group by n) g
join bench.said l on l.k = g.last
join bench.said f on f.k = g.first
left join bench.said i on i.k = g.inbound
join bench.phrases p on p.n = l.phrase
cross join lateral (select hashint8extended(g.n, 3) & 1048575, hashint8extended(g.n, 4) & 1048575) h(a, b)
cross join lateral (select case when g.n % 3 = 0 and g.n % 97 > 0 or h.b % 100 < 80 then 'resolved' when h.b % 100 < 92 then 'open'
    when h.b % 100 < 97 then 'pending' else 'snoozed' end) s(v)
order by g.first`
