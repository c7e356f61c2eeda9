-- Messages, the lanes that send them and the deliveries that report on them.
-- +goose Up

-- One row per message in or out. Its indexes say what is to be done (due_at: to claim;
-- deadline: to look at again); its state says what happened and is in no index, so
-- status updates stay heap-only.
create table messages (
    tenant_id         uuid        not null,
    id                uuid        not null, -- UUIDv7: its timestamp prunes partitions
    channel_id        uuid        not null,
    contact_id        uuid        not null,
    campaign_id       uuid,
    direction         text        not null default 'out' check (direction in ('in', 'out')),
    origin            text        not null, -- campaign, test, reply, workflow, agent, api, customer
    priority          smallint    not null default 1,
    kind              text        not null, -- template, text, … as Meta names them
    template_id       uuid,
    params            jsonb       not null default '[]', -- one string per slot of the template, frozen
    body              jsonb,                             -- free-form content; an inbound message whole
    state             text        not null,
    reason            text,                              -- why a final state is final, a key of message.Reasons
    error_code        integer,                           -- Meta's, when Meta refused
    error_detail      text,
    due_at            timestamptz,                       -- set while queued: not before
    claim             uuid,                              -- the claim batch that owns the row while sending
    deadline          timestamptz,                       -- sending: when the claim lapses; in_doubt: when to settle
    retries           smallint    not null default 0,
    wamid             text,
    resend_of         uuid,
    created_at        timestamptz not null,
    claimed_at        timestamptz,
    accepted_at       timestamptz,
    sent_at           timestamptz,
    delivered_at      timestamptz,
    read_at           timestamptz,
    ended_at          timestamptz,                       -- failed, expired, unknown, refused, cancelled, duplicate
    category          text        not null default '',   -- template category, or SERVICE
    market            text        not null default '',
    rate_card         uuid,
    hold_amount       bigint      not null default 0,    -- ten-thousandths of the tenant's currency
    hold_transaction  uuid,
    hold_open         boolean     not null default false,
    base              bigint      not null default 0,    -- price at the hold
    markup            bigint      not null default 0,
    posted_base       bigint      not null default 0,    -- charged so far
    posted_markup     bigint      not null default 0,
    posted_seq        smallint    not null default 0,
    pricing_type      text        not null default '',   -- from Meta's webhook
    pricing_category  text        not null default '',
    primary key (tenant_id, id)
) partition by range (id);
create index messages_due on messages (tenant_id, channel_id, priority, due_at, id) where due_at is not null;
create index messages_deadline on messages (tenant_id, deadline, id) where deadline is not null;
create index messages_wamid on messages (tenant_id, wamid) where wamid is not null;
select ensure_partitions('messages', (date_trunc('month', current_date) - interval '1 month')::date, 4,
    'fillfactor=75, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_insert_scale_factor=0.3');
select protect('messages');
select distribute('messages', 'tenant_id', 'tenants');

-- Marketing messages by contact, kept only where the workspace has a frequency cap: an
-- index on messages would be written three times per message.
create table marketing_touches (
    tenant_id   uuid not null,
    contact_id  uuid not null,
    message_id  uuid not null, -- UUIDv7: its timestamp is the touch's
    primary key (tenant_id, contact_id, message_id)
);
select protect('marketing_touches');
select distribute('marketing_touches', 'tenant_id', 'tenants');

-- Meta's ids of inbound messages already stored: the dedupe that a partitioned table cannot keep.
create table inbound_ids (
    tenant_id   uuid not null,
    wamid       text not null,
    message_id  uuid not null,
    primary key (tenant_id, wamid)
);
select protect('inbound_ids');
select distribute('inbound_ids', 'tenant_id', 'tenants');

-- One row per connected number: who may send through it now. Local: leases are not a tenant's data.
create table lanes (
    channel_id  uuid        primary key,
    tenant_id   uuid        not null,
    token       bigint      not null default 0,  -- raised by every new holder
    holder      text        not null default '',
    expires_at  timestamptz not null default '-infinity'
) with (fillfactor = 50);
create index lanes_tenant on lanes (tenant_id);
select share('lanes');

-- People a portfolio has messaged outside a service window, for Meta's rolling daily limit.
create table portfolio_reach (
    tenant_id     uuid        not null,
    portfolio_id  text        not null,
    contact_id    uuid        not null,
    reached_at    timestamptz not null,
    primary key (tenant_id, portfolio_id, contact_id)
);
create index portfolio_reach_recent on portfolio_reach (tenant_id, portfolio_id, reached_at);
select protect('portfolio_reach');
select distribute('portfolio_reach', 'tenant_id', 'tenants');

-- Webhook bodies as they came, durable before the answer. Local: one body may concern many tenants.
create table webhook_deliveries (
    id           uuid        not null, -- UUIDv7 of arrival
    source       text        not null, -- whatsapp
    body         bytea       not null,
    received_at  timestamptz not null,
    waiting      boolean     default true, -- null once applied, so the index holds only work
    applied_at   timestamptz,
    primary key (id)
) partition by range (id);
create index webhook_deliveries_waiting on webhook_deliveries (id) where waiting;
select ensure_partitions('webhook_deliveries', (date_trunc('month', current_date) - interval '1 month')::date, 4,
    'fillfactor=90, autovacuum_vacuum_scale_factor=0.05');
select share('webhook_deliveries');

-- Items of a delivery that could not be applied, with the reason; tried again until they can be.
create table set_asides (
    id               uuid        primary key,
    delivery_id      uuid        not null,
    kind             text        not null, -- status, message, template, number, malformed
    reason           text        not null,
    phone_number_id  text        not null default '',
    waba_id          text        not null default '',
    tenant_id        uuid,
    item             jsonb       not null,
    attempts         integer     not null default 0,
    next_at          timestamptz,          -- null: waits for a person
    created_at       timestamptz not null,
    resolved_at      timestamptz
);
create index set_asides_next on set_asides (next_at) where next_at is not null and resolved_at is null;
create index set_asides_open on set_asides (created_at, id) where resolved_at is null;
select share('set_asides');

-- +goose Down
drop table set_asides, webhook_deliveries, portfolio_reach, lanes, inbound_ids, marketing_touches, messages;
