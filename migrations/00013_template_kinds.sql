-- Templates: what happened to each, the samples of their headers, and campaigns that send each
-- contact the version in its language.
-- +goose Up

-- The version of the template this recipient gets; null: the campaign's own.
alter table campaign_recipients add column template_id uuid;

alter table campaigns
    -- Each contact gets the template in its own language, where there is such a version.
    add column by_language boolean not null default false,
    -- The category whose price was agreed to at the start; '' before.
    add column agreed_category text not null default '';
create index campaigns_template on campaigns (tenant_id, template_id);

alter table templates
    -- Blobs of the header samples by slot: {"header.media": "<id>"}.
    add column samples jsonb not null default '{}';

-- What happened to a template: Meta's verdicts, pauses, ratings, moves of category, and edits.
create table template_events (
    tenant_id    uuid        not null,
    id           uuid        not null, -- UUIDv7, the newest last
    template_id  uuid        not null,
    kind         text        not null, -- template.EventKind
    at           timestamptz not null, -- as Meta dates it
    before       text        not null default '',
    after        text        not null default '',
    note         text        not null default '', -- Meta's words
    until        timestamptz,          -- of a pause or an announced move
    primary key (tenant_id, id)
);
create index template_events_of on template_events (tenant_id, template_id, id desc);
select protect('template_events');
select distribute('template_events', 'tenant_id', 'tenants');

-- Header samples that were given to Meta; the file is a blob.
create table template_samples (
    tenant_id   uuid        not null,
    id          uuid        not null,
    handle      text        not null, -- Meta's name for it
    format      text        not null, -- IMAGE, VIDEO, DOCUMENT
    mime_type   text        not null,
    filename    text        not null,
    size        bigint      not null,
    created_at  timestamptz not null,
    primary key (tenant_id, id)
);
select protect('template_samples');
select distribute('template_samples', 'tenant_id', 'tenants');

-- What became of a template's messages, by the UTC day on which they were made. Counted from the
-- messages by a job; can be counted again.
create table template_days (
    tenant_id    uuid   not null,
    template_id  uuid   not null,
    day          date   not null,
    sent         bigint not null,
    delivered    bigint not null,
    read         bigint not null,
    replied      bigint not null,
    failed       bigint not null,
    blocked      bigint not null,
    charged      bigint not null, -- ten-thousandths
    primary key (tenant_id, template_id, day)
);
create index template_days_recent on template_days (tenant_id, day);
select protect('template_days');
select distribute('template_days', 'tenant_id', 'tenants');

-- When a tenant's templates were last counted, and what its daily metrics were then: the same
-- again means that nothing happened.
create table template_counts (
    tenant_id   uuid        primary key,
    mark        text        not null,
    counted_at  timestamptz not null
);
select protect('template_counts');
select distribute('template_counts', 'tenant_id', 'tenants');

-- +goose Down
drop table template_counts, template_days, template_samples, template_events;
alter table templates drop column samples;
drop index campaigns_template;
alter table campaigns drop column by_language, drop column agreed_category;
alter table campaign_recipients drop column template_id;
