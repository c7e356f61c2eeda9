-- What a message's explanation needs and nothing else keeps: what the gate saw, the rules it went by,
-- and what happened on the way that leaves no trace on the message. And a template's clicks and conversions.
-- +goose Up

-- What the gate saw of the person when it let the message through. Written by the claim.
alter table messages
    add column gate_opt_in text,        -- their marketing opt-in
    add column gate_recent smallint,    -- marketing within the frequency cap's period; null: no cap held for it
    add column gate_window timestamptz; -- until when their service window was open; null: it was not

-- The rules a claim's messages were gated by, as they were: a workspace may change its own. One row
-- per claim; messages lead to it by hold_transaction, which is the claim's number.
create table message_claims (
    tenant_id  uuid        not null,
    id         uuid        not null, -- the claim's number
    at         timestamptz not null,
    rules      jsonb       not null, -- message.claimRules
    primary key (tenant_id, id)
);
select protect('message_claims');
select append_only('message_claims');
select distribute('message_claims', 'tenant_id', 'tenants');

-- What happened to a message out of the ordinary: delayed, parked, handed back, in doubt, refused by a
-- number. A message that simply goes has no row here.
create table message_incidents (
    tenant_id   uuid        not null,
    message_id  uuid        not null,
    id          uuid        not null,
    kind        text        not null check (kind in ('delayed', 'parked', 'handed_back', 'in_doubt', 'refused')),
    at          timestamptz not null,
    detail      jsonb       not null, -- message.incidentDetail
    primary key (tenant_id, message_id, id)
);
select protect('message_incidents');
select append_only('message_incidents');
select distribute('message_incidents', 'tenant_id', 'tenants');

-- What people did after a template's messages, beside what became of them.
alter table template_days
    add column clicked   bigint not null default 0, -- people who opened a tracked link
    add column converted bigint not null default 0, -- conversions that count for its messages' campaigns
    add column value     bigint not null default 0; -- of these, ten-thousandths

-- +goose Down
alter table template_days drop column clicked, drop column converted, drop column value;
drop table message_incidents, message_claims;
alter table messages drop column gate_opt_in, drop column gate_recent, drop column gate_window;
