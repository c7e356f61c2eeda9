-- Campaigns that compare versions, hold people out, try again and count replies.
-- +goose Up

alter table campaigns
    add column experiment  jsonb,                          -- campaign.Experiment: versions and how one wins; null: none
    add column hold_out    smallint    not null default 0, -- percent of the audience that gets nothing
    add column window_days smallint    not null default 7, -- how long after the start an answer counts for the hold-out
    add column retry_days  smallint    not null default 0, -- for so long after the start failures are tried again; 0: never
    add column retry_until timestamptz,                    -- that end, set at the start
    add column decide_at   timestamptz,                    -- when the winner is chosen, set when the test has been sent
    add column winner      smallint    not null default 0; -- the variant that the rest gets; 0: not decided
-- What a running campaign has to do by its clock; no other campaign is in it.
create index campaigns_tended on campaigns (tenant_id, id)
    where status = 'running' and (retry_until is not null or experiment is not null);
create index campaigns_finished on campaigns (tenant_id, finished_at) where finished_at is not null;

alter table campaign_counters
    add column replied  bigint not null default 0, -- wrote within a week after the message, this campaign's being the last
    add column held_out bigint not null default 0,
    add column resting  bigint not null default 0, -- wait for the winner
    add column retrying bigint not null default 0; -- failed, and will be tried again

-- The same counts for each variant of a campaign that has several. Written under the lock of the
-- campaign's own row of counters.
create table campaign_variants (
    tenant_id    uuid     not null,
    campaign_id  uuid     not null,
    variant      smallint not null, -- 1 is the campaign's own template
    total        bigint   not null default 0,
    queued       bigint   not null default 0,
    sending      bigint   not null default 0,
    in_doubt     bigint   not null default 0,
    unknown      bigint   not null default 0,
    accepted     bigint   not null default 0,
    sent         bigint   not null default 0,
    delivered    bigint   not null default 0,
    read         bigint   not null default 0,
    expired      bigint   not null default 0,
    failed       bigint   not null default 0,
    refused      bigint   not null default 0,
    cancelled    bigint   not null default 0,
    duplicate    bigint   not null default 0,
    committed    bigint   not null default 0,
    charged      bigint   not null default 0,
    replied      bigint   not null default 0,
    retrying     bigint   not null default 0,
    primary key (tenant_id, campaign_id, variant)
) with (fillfactor = 30);
select protect('campaign_variants');
select distribute('campaign_variants', 'tenant_id', 'tenants');

alter table campaign_recipients
    add column if not exists template_id uuid, -- what this person gets; null: the campaign's own
    add column variant    smallint not null default 0, -- 0: none, or not yet
    add column attempts   smallint not null default 1,
    add column retry_at   timestamptz,         -- set while a failure waits to be tried again
    add column replied_at timestamptz;
-- state may also be held_out (never messaged) and resting (waits for the winner; params then has
-- one {"t": template, "p": values} per variant).
create index campaign_recipients_retry on campaign_recipients (tenant_id, campaign_id, retry_at) where retry_at is not null;
create index campaign_recipients_replied on campaign_recipients (tenant_id, campaign_id, contact_id) where replied_at is not null;

-- What people of campaigns with a hold-out did within the window, once each, whether they got the
-- message or were held out: the difference is what the campaign did.
create table campaign_acts (
    tenant_id    uuid        not null,
    campaign_id  uuid        not null,
    contact_id   uuid        not null,
    act          text        not null, -- replied, and what other features tell of
    held_out     boolean     not null,
    at           timestamptz not null,
    primary key (tenant_id, campaign_id, contact_id, act)
);
select protect('campaign_acts');
select distribute('campaign_acts', 'tenant_id', 'tenants');

create table campaign_act_counts (
    tenant_id    uuid   not null,
    campaign_id  uuid   not null,
    act          text   not null,
    messaged     bigint not null default 0,
    held_out     bigint not null default 0,
    primary key (tenant_id, campaign_id, act)
);
select protect('campaign_act_counts');
select distribute('campaign_act_counts', 'tenant_id', 'tenants');

alter table messages
    add column variant    smallint not null default 0, -- of its campaign; 0: none
    add column superseded boolean  not null default false; -- a later attempt stands for it

-- +goose Down
alter table messages drop column variant, drop column superseded;
drop table campaign_act_counts, campaign_acts;
drop index campaign_recipients_retry, campaign_recipients_replied;
alter table campaign_recipients drop column variant, drop column attempts, drop column retry_at, drop column replied_at;
drop table campaign_variants;
alter table campaign_counters drop column replied, drop column held_out, drop column resting, drop column retrying;
drop index campaigns_tended, campaigns_finished;
alter table campaigns drop column experiment, drop column hold_out, drop column window_days, drop column retry_days,
    drop column retry_until, drop column decide_at, drop column winner;
