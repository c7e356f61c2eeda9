-- Campaigns: one-to-many sends, their frozen recipients and their counts.
-- +goose Up

create table campaigns (
    tenant_id        uuid        not null,
    id               uuid        not null,
    name             text        not null,
    status           text        not null, -- draft, scheduled, running, paused, completed, cancelled
    pause_reason     text        not null default '', -- a key of campaign.PauseReasons
    pause_code       integer     not null default 0,  -- Meta's error code, when Meta is the reason
    channel_id       uuid,
    template_id      uuid,
    audience         jsonb       not null default '{}', -- contact.Audience
    mapping          jsonb       not null default '[]', -- one Source per slot of the template
    budget_cap       bigint,               -- ten-thousandths; null: none
    scheduled_at     timestamptz,
    started_at       timestamptz,
    finished_at      timestamptz,
    created_by       uuid,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    primary key (tenant_id, id)
);
create index campaigns_recent on campaigns (tenant_id, created_at desc, id desc);
create index campaigns_status on campaigns (tenant_id, status, scheduled_at);
create index campaigns_channel on campaigns (tenant_id, channel_id, status);
select protect('campaigns');
select distribute('campaigns', 'tenant_id', 'tenants');

-- Apart from campaigns, so that counting never waits for a pause nor a pause for counting.
create table campaign_counters (
    tenant_id    uuid   not null,
    campaign_id  uuid   not null,
    total        bigint not null default 0, -- frozen so far
    queued       bigint not null default 0,
    sending      bigint not null default 0,
    in_doubt     bigint not null default 0,
    unknown      bigint not null default 0,
    accepted     bigint not null default 0,
    sent         bigint not null default 0,
    delivered    bigint not null default 0,
    read         bigint not null default 0,
    expired      bigint not null default 0,
    failed       bigint not null default 0,
    refused      bigint not null default 0,
    cancelled    bigint not null default 0,
    duplicate    bigint not null default 0,
    committed    bigint not null default 0, -- money held or charged, for the budget cap
    charged      bigint not null default 0,
    frozen       boolean not null default false, -- every recipient has a row
    feed_after   uuid,                       -- a hint: recipients up to this contact are likely fed
    primary key (tenant_id, campaign_id)
) with (fillfactor = 30);
select protect('campaign_counters');
select distribute('campaign_counters', 'tenant_id', 'tenants');

-- How far a freeze has come. Its own row, because a chunk holds it while it is written.
create table campaign_freezes (
    tenant_id    uuid not null,
    campaign_id  uuid not null,
    after        uuid not null, -- contacts up to this id are frozen
    primary key (tenant_id, campaign_id)
);
select protect('campaign_freezes');
select distribute('campaign_freezes', 'tenant_id', 'tenants');

create table campaign_recipients (
    tenant_id    uuid   not null,
    campaign_id  uuid   not null,
    contact_id   uuid   not null,
    message_id   uuid   not null, -- given at the freeze: a second feed cannot make a second message
    state        text   not null default 'pending', -- pending, fed, cancelled, duplicate
    params       jsonb  not null default '[]', -- one string per slot
    outcome      text,            -- set for the outcomes people ask about: failed, refused, unknown, in_doubt, expired, cancelled, duplicate
    reason       text,
    primary key (tenant_id, campaign_id, contact_id)
) with (fillfactor = 50); -- every row is updated once, when it is fed
create index campaign_recipients_outcome on campaign_recipients (tenant_id, campaign_id, outcome, contact_id) where outcome is not null;
select protect('campaign_recipients');
select distribute('campaign_recipients', 'tenant_id', 'tenants');

-- +goose Down
drop table campaign_recipients, campaign_freezes, campaign_counters, campaigns;
