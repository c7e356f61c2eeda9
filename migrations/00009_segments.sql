-- Segments: questions about contacts with a name, and what they ask about activity.
-- +goose Up

create table segments (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    name_key    text collate "C" not null,
    query       jsonb       not null, -- segment.Query
    created_by  uuid,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id)
);
create unique index segments_name on segments (tenant_id, name_key);
select protect('segments');
select distribute('segments', 'tenant_id', 'tenants');

-- When what last happened with a contact, narrow and in the order of contacts: counting a million
-- of them reads it beside contacts. Messages are too wide for that, and have no index by contact.
create table contact_activity (
    tenant_id     uuid not null,
    contact_id    uuid not null,
    written_at    timestamptz, -- any message of ours reached WhatsApp
    sent_at       timestamptz, -- of a campaign, and so are the rest
    delivered_at  timestamptz,
    read_at       timestamptz,
    failed_at     timestamptz,
    primary key (tenant_id, contact_id)
) with (fillfactor = 70); -- rows are updated in place
select protect('contact_activity');
select distribute('contact_activity', 'tenant_id', 'tenants');

-- News for contact_activity, a row per batch of receipts: what is written while messages go out is
-- one row for hundreds of them. A job spreads them and removes the row.
create table contact_activity_log (
    tenant_id  uuid        not null,
    id         uuid        not null,
    at         timestamptz not null,
    contacts   uuid[]      not null,
    marks      smallint[]  not null, -- one per contact, bits of segment.Mark
    primary key (tenant_id, id)
);
select protect('contact_activity_log');
select distribute('contact_activity_log', 'tenant_id', 'tenants');

-- What happened before. The system role sees every tenant's messages.
set local role aerostic_system;
insert into contact_activity (tenant_id, contact_id, written_at, sent_at, delivered_at, read_at, failed_at)
select m.tenant_id, m.contact_id, max(coalesce(m.sent_at, m.delivered_at)),
    max(coalesce(m.sent_at, m.delivered_at)) filter (where m.campaign_id is not null),
    max(m.delivered_at) filter (where m.campaign_id is not null),
    max(m.read_at) filter (where m.campaign_id is not null),
    max(m.ended_at) filter (where m.campaign_id is not null and m.state = 'failed')
from messages m where m.direction = 'out'
group by m.tenant_id, m.contact_id
having max(coalesce(m.sent_at, m.delivered_at, m.ended_at)) is not null
order by m.tenant_id, m.contact_id;
reset role;

-- The planner knows of a campaign's million receipts only when it has counted again.
-- +goose StatementBegin
create or replace function analyze_contacts() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    analyze contacts;
    analyze contact_tags;
    analyze contact_activity;
end $$;
-- +goose StatementEnd

-- +goose Down
drop table contact_activity_log, contact_activity, segments;
