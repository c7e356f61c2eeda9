package bench

const seedLabels = `
insert into labels (tenant_id, id, name, name_key, tone, created_at)
select $1, id, 'Label ' || n, 'label ' || n, 'info', now() from unnest($2::uuid[]) with ordinality l(id, n)`

// A case that is over and one that runs, or was the last.
var seedCases = `
insert into conversation_cases (tenant_id, id, conversation_id, contact_id, channel_id, opened_by, opened_at, first_inbound_at, messages_in, messages_out, assignee_id, team_id, resolved_at)
select $1, ` + idOf("c.created_at", "'case' || c.id") + `, c.id, c.contact_id, c.channel_id, 'customer', c.created_at, c.created_at, 3, 2, c.assignee_id, c.team_id, c.created_at + interval '1 hour'
from conversations c where c.tenant_id = $1
union all
select $1, coalesce(c.case_id, c.last_message_id), c.id, c.contact_id, c.channel_id, 'customer', c.last_at, c.last_at, 3, 2, c.assignee_id, c.team_id, case when c.status = 'resolved' then c.last_at end
from conversations c where c.tenant_id = $1`

var seedEntries = `
insert into conversation_entries (tenant_id, conversation_id, id, kind, what, by_kind, by_name, data, created_at)
select $1, c.id, ` + idOf("c.last_at - interval '1 hour' * j", "c.id::text || j") + `, 'event', case j when 1 then 'resolved' else 'assigned' end, 'user', 'ann', '{}', c.last_at - interval '1 hour' * j
from conversations c cross join generate_series(1, 2) j where c.tenant_id = $1`

// One conversation in ten has a note, which is found by its words and mentions somebody: of thirty, one
// mentions the owner, who has not looked at most of them.
var seedNotes = `
with made as (
    insert into conversation_entries (tenant_id, conversation_id, id, kind, by_kind, by_name, body, mentions, created_at)
    select $1, c.id, ` + idOf("c.last_at", "'note' || c.id") + `, 'note', 'user', 'ann', f.body, array[case when p.n % 300 = 5 then $2::uuid else ($3::uuid[])[1 + p.n % 7] end], c.last_at
    from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id
    join bench.phrases f on f.n = p.n % $4::int
    where p.n % 10 = 5
    returning conversation_id, id, mentions, created_at, body),
texts as (
    insert into conversation_texts (tenant_id, id, conversation_id, kind, words)
    select $1, m.id, m.conversation_id, 'note', v.words from made m
    join bench.phrases f on f.body = m.body
    join bench.vectors v on v.n = f.n and v.week = floor(extract(epoch from m.created_at) / 604800)::int
    on conflict do nothing)
insert into conversation_mentions (tenant_id, user_id, entry_id, conversation_id, read_at)
select $1, m.mentions[1], m.id, m.conversation_id, case when extract(minute from m.created_at) < 20 then m.created_at + interval '1 hour' end from made m`

// Twenty labels from the most common to the rarest, one that few have, and one of last season: many have
// it, and none of them has said anything since.
const seedLabelled = `
insert into conversation_labels (tenant_id, label_id, conversation_id, status, last_at)
select $1, ($2::uuid[])[l.n], p.id, c.status, c.last_at
from bench.people p
join conversations c on c.tenant_id = $1 and c.id = p.id
cross join lateral (select case when p.n % 15 = 0 then 22 when p.n % 25000 = 4 then 21
    when p.n % 3 = 1 then 1 + floor(20 * power((hashint8extended(p.n, 5) & 1048575) / 1048576::float8, 2))::int end) l(n)
where l.n is not null`

// What is late, and what will be; nobody looks at it any more, so it stays as it is.
const seedClocks = `
insert into sla_clocks (tenant_id, id, case_id, conversation_id, channel_id, team_id, kind, policy_id, minutes, started_at, due_at, breached_at)
select $1, c.case_id, c.case_id, c.id, c.channel_id, c.team_id, 'next', md5('policy')::uuid, 60, d.at - interval '1 hour', d.at, case when d.at <= now() then d.at end
from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id
cross join lateral (select now() - interval '3 days' + interval '4 days' * ((hashint8extended(p.n, 6) & 1048575) / 1048576::float8)) d(at)
where c.status = 'open' and p.n % 10 < 2`

const seedQueue = `
insert into desk_queue (tenant_id, conversation_id, rule_id, team_id, queued_at)
select $1, c.id, md5('rule')::uuid, c.team_id, c.last_at
from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id
where c.status = 'open' and c.assignee_id is null and p.n % 5 = 1`

// Views of all kinds, those that find little in much among them.
const seedViews = `
insert into conversation_views (tenant_id, id, name, filter, position, created_at)
select $1, md5('view' || n)::uuid, 'View ' || n, f, n, now()
from unnest(array[
    jsonb_build_object('team', ($2::uuid[])[1]),
    jsonb_build_object('status', 'all', 'team', ($2::uuid[])[2], 'label', ($3::uuid[])[1]),
    jsonb_build_object('label', ($3::uuid[])[20]),
    jsonb_build_object('label', ($3::uuid[])[21]),
    jsonb_build_object('status', 'all', 'label', ($3::uuid[])[22]),
    jsonb_build_object('status', 'resolved', 'label', ($3::uuid[])[21], 'assignee', ($4::uuid[])[1]),
    jsonb_build_object('assignee', 'none', 'team', ($2::uuid[])[6]),
    jsonb_build_object('status', 'all', 'channel', md5('channel3')),
    jsonb_build_object('status', 'all', 'handler', 'bot'),
    jsonb_build_object('status', 'all', 'unread', true, 'team', ($2::uuid[])[6]),
    jsonb_build_object('status', 'all', 'waiting', true, 'label', ($3::uuid[])[21]),
    jsonb_build_object('status', 'all', 'sla', 'breached', 'team', ($2::uuid[])[3])]) with ordinality v(f, n)`

// Every thousandth, and the longest, which comes first.
const seededTalks = `
select array_agg(id::text order by n), (select array_agg(id::text order by position) from conversation_views where tenant_id = $1), md5('channel3')::uuid,
    (select count(*) * 2 from bench.people) from (select p.n, p.id from bench.people p join conversations c on c.tenant_id = $1 and c.id = p.id
    where p.n <= 5 or p.n % greatest(1, (select max(n) / 50 from bench.people)) = 0 order by p.n limit 60) x`
