-- Tracked links and who clicked them (feature/link); goals and conversions (feature/goal).
-- +goose Up

-- The secret of a workspace's click tokens: apart from the installation's keys, which rotate,
-- because links live on in people's chats for years.
create table link_keys (
    tenant_id   uuid        primary key,
    key         bytea       not null, -- 32 bytes, sealed
    created_at  timestamptz not null
);
select protect('link_keys');
select distribute('link_keys', 'tenant_id', 'tenants');

-- Domains of a workspace's own that its links may stand on.
create table link_domains (
    tenant_id    uuid        not null,
    id           uuid        not null,
    host         text        not null check (host = lower(host)),
    proof        text        not null, -- what a TXT record of the domain must say
    verified_at  timestamptz,
    in_use       boolean     not null default false, -- new links stand on it
    checked_at   timestamptz,
    problem      text        not null default '',    -- why the last check failed, for the user
    created_at   timestamptz not null,
    primary key (tenant_id, id)
);
create unique index link_domains_host on link_domains (tenant_id, host);
create unique index link_domains_in_use on link_domains (tenant_id) where in_use;
select protect('link_domains');
select distribute('link_domains', 'tenant_id', 'tenants');

-- The tracked links of a campaign: all that a click may lead to. Numbered, because a token has
-- six bits for which one; counted here, by the transaction that records the clicks.
create table links (
    tenant_id    uuid     not null,
    campaign_id  uuid     not null,
    number       smallint not null check (number between 1 and 63),
    slot         text     not null, -- the template's place it stands in
    url          text     not null, -- with its UTM parameters
    people       bigint   not null default 0,
    clicks       bigint   not null default 0,
    primary key (tenant_id, campaign_id, number)
) with (fillfactor = 50);
create unique index links_slot on links (tenant_id, campaign_id, slot);
select protect('links');
select distribute('links', 'tenant_id', 'tenants');

-- One row per click of a person on a link; several within ten seconds are one. The key is the
-- whole row, so a click that is recorded twice, or late, is recorded once.
create table link_clicks (
    tenant_id    uuid        not null,
    campaign_id  uuid        not null,
    contact_id   uuid        not null,
    number       smallint    not null,
    at           timestamptz not null, -- cut to ten seconds
    primary key (tenant_id, campaign_id, contact_id, number, at)
);
create index link_clicks_contact on link_clicks (tenant_id, contact_id, at);
select protect('link_clicks');
select distribute('link_clicks', 'tenant_id', 'tenants');

-- Who clicked a link at all; number 0 is any link of the campaign.
create table link_clickers (
    tenant_id    uuid     not null,
    campaign_id  uuid     not null,
    number       smallint not null,
    contact_id   uuid     not null,
    primary key (tenant_id, campaign_id, number, contact_id)
);
select protect('link_clickers');
select distribute('link_clickers', 'tenant_id', 'tenants');

alter table campaign_counters add column clicked bigint not null default 0; -- people who clicked any link

-- Whom a campaign went to is asked from the person's side too: which campaign may a conversion
-- be the work of. docs/decisions/0016 has what it costs the freeze.
create index campaign_recipients_contact on campaign_recipients (tenant_id, contact_id);

-- What a workspace wants people to do.
create table goals (
    tenant_id    uuid        not null,
    id           uuid        not null,
    key          text collate "C" not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    name         text        not null,
    touch        text        not null check (touch in ('delivered', 'clicked')),
    window_days  smallint    not null check (window_days between 1 and 90),
    value        bigint      not null default 0 check (value >= 0), -- of a conversion that names none
    archived_at  timestamptz,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, id)
);
create unique index goals_key on goals (tenant_id, key);
select protect('goals');
select distribute('goals', 'tenant_id', 'tenants');

-- What people did, as told by the workspace's own systems. The event's id is the caller's. The campaign
-- it counts for follows from at, the goal and the touches (see goal.sqlAttribute); it is looked at
-- again at look_at, because touches are reported late.
create table conversions (
    tenant_id    uuid        not null,
    event_id     text collate "C" not null,
    goal_id      uuid        not null,
    contact_id   uuid,                  -- null: nobody we know
    value        bigint      not null,  -- ten-thousandths of the workspace's currency
    at           timestamptz not null,
    campaign_id  uuid,                  -- null: no campaign within the window
    touched_at   timestamptz,
    look_at      timestamptz,
    received_at  timestamptz not null,
    primary key (tenant_id, event_id)
);
create index conversions_campaign on conversions (tenant_id, campaign_id, goal_id, contact_id) where campaign_id is not null;
create index conversions_contact on conversions (tenant_id, contact_id, at) where contact_id is not null;
create index conversions_recent on conversions (tenant_id, received_at desc, event_id desc);
create index conversions_goal on conversions (tenant_id, goal_id, at, event_id);
create index conversions_look on conversions (tenant_id, look_at) where look_at is not null;
select protect('conversions');
select distribute('conversions', 'tenant_id', 'tenants');

-- +goose Down
drop table conversions, goals, link_clickers, link_clicks, links, link_domains, link_keys;
drop index campaign_recipients_contact;
alter table campaign_counters drop column clicked;
