-- When campaigns go out: recipients' own zones, series with holidays, approval above a budget.
-- +goose Up

-- quiet_by_recipient: quiet hours are those of each person's own clock. zone_field is the contact
-- field that names a person's zone; without it their phone number tells. approval_above: a campaign
-- that may cost more needs a second person (ten-thousandths; null: never).
alter table tenants
    add column quiet_by_recipient boolean not null default false,
    add column zone_field text collate "C" not null default '',
    add column approval_above bigint check (approval_above > 0);

-- Days on which a series does not run. yearly: on that day of every year from then on.
create table holidays (
    tenant_id   uuid        not null references tenants (tenant_id),
    id          uuid        not null,
    name        text        not null,
    on_date     date        not null,
    yearly      boolean     not null default false,
    created_at  timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, on_date)
);
select protect('holidays');
select distribute('holidays', 'tenant_id', 'tenants');

alter table campaigns
    add column local_at timestamp,                      -- set: each recipient gets it when their own clock shows this
    add column series_id uuid,                          -- the campaign it repeats
    add column occurs_on date,                          -- the date of the series' rule it stands for
    add column approved_cap bigint,                     -- the most it may cost without a (new) approval
    add column uncapped boolean not null default false; -- the frequency cap is overridden
create unique index campaigns_occurrence on campaigns (tenant_id, series_id, occurs_on) where series_id is not null;

-- timed: some recipients have a due_at. next_due: nothing is to be fed before, so the lane is left alone.
alter table campaign_counters
    add column timed boolean not null default false,
    add column next_due timestamptz;

-- Set only where a recipient waits for a time of their own, and cleared when they are fed: the index
-- holds who waits, and a campaign without such times never touches it.
alter table campaign_recipients add column due_at timestamptz;
create index campaign_recipients_due on campaign_recipients (tenant_id, campaign_id, due_at, contact_id) where due_at is not null;

-- A campaign that is started again and again; the campaign itself (status repeating) is the pattern.
create table campaign_series (
    tenant_id    uuid        not null,
    campaign_id  uuid        not null,
    rule         text        not null, -- RFC 5545, dates only
    starts_on    date        not null,
    at_minute    smallint    not null check (at_minute between 0 and 1439),
    zone         text        not null,
    holidays     text        not null check (holidays in ('run', 'skip', 'before', 'after')),
    late_hours   smallint    not null check (late_hours between 0 and 23),
    local        boolean     not null default false, -- at that time of each recipient's own clock
    paused_at    timestamptz,
    next_on      date,                 -- the rule's date that comes next; null: none is left
    next_at      timestamptz,          -- when it is due, holidays considered
    created_by   uuid,
    created_at   timestamptz not null,
    primary key (tenant_id, campaign_id)
);
create index campaign_series_next on campaign_series (next_at) where next_at is not null and paused_at is null;
select protect('campaign_series');
select distribute('campaign_series', 'tenant_id', 'tenants');

-- What became of each date of a series, once.
create table campaign_occurrences (
    tenant_id    uuid        not null,
    series_id    uuid        not null,
    occurs_on    date        not null,
    planned_at   timestamptz not null,
    at           timestamptz not null,
    campaign_id  uuid,                 -- null: skipped
    reason       text        not null default '',
    primary key (tenant_id, series_id, occurs_on)
);
select protect('campaign_occurrences');
select distribute('campaign_occurrences', 'tenant_id', 'tenants');

create table campaign_approvals (
    tenant_id     uuid        not null,
    id            uuid        not null,
    campaign_id   uuid        not null,
    amount        bigint      not null, -- the most it may cost, ten-thousandths
    schedule      jsonb       not null, -- campaign.Schedule: what approving starts
    note          text        not null default '',
    state         text        not null check (state in ('pending', 'approved', 'rejected', 'withdrawn', 'void')),
    requested_by  uuid        not null,
    requested_at  timestamptz not null,
    decided_by    uuid,
    decided_at    timestamptz,
    comment       text        not null default '',
    primary key (tenant_id, id)
);
create index campaign_approvals_of on campaign_approvals (tenant_id, campaign_id, id);
create unique index campaign_approvals_pending on campaign_approvals (tenant_id, campaign_id) where state = 'pending';
select protect('campaign_approvals');
select distribute('campaign_approvals', 'tenant_id', 'tenants');

-- Who changed what a campaign is allowed to do.
create table campaign_log (
    tenant_id    uuid        not null,
    campaign_id  uuid        not null,
    id           uuid        not null,
    at           timestamptz not null,
    user_id      uuid,
    kind         text        not null,
    detail       text        not null default '',
    primary key (tenant_id, campaign_id, id)
);
select protect('campaign_log');
select append_only('campaign_log');
select distribute('campaign_log', 'tenant_id', 'tenants');

-- +goose Down
drop table campaign_log, campaign_approvals, campaign_occurrences, campaign_series, holidays;
drop index campaign_recipients_due, campaigns_occurrence;
alter table campaign_recipients drop column due_at;
alter table campaign_counters drop column timed, drop column next_due;
alter table campaigns drop column local_at, drop column series_id, drop column occurs_on, drop column approved_cap, drop column uncapped;
alter table tenants drop column quiet_by_recipient, drop column zone_field, drop column approval_above;
