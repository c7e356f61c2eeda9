-- Business hours (feature/hours), what is promised by them (feature/sla), what people say of a case
-- (feature/csat), and the counts that reports of the inbox are made of (feature/support).
-- +goose Up

-- When people are there. week, days and away are as hours.Calendar has them.
create table calendars (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    zone        text        not null default '', -- empty: the workspace's
    week        jsonb       not null,
    holidays    boolean     not null,            -- closed on the workspace's holidays
    days        jsonb       not null,
    away        jsonb       not null,
    away_on     boolean     not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id),
    constraint calendars_name unique (tenant_id, name)
);
select protect('calendars');
select distribute('calendars', 'tenant_id', 'tenants');

-- What has which calendar: the workspace (target_id is the nil uuid), a number, a team.
create table calendar_uses (
    tenant_id    uuid not null,
    kind         text not null check (kind in ('workspace', 'channel', 'team')),
    target_id    uuid not null,
    calendar_id  uuid not null,
    primary key (tenant_id, kind, target_id),
    foreign key (tenant_id, calendar_id) references calendars (tenant_id, id) on delete cascade
);
create index calendar_uses_calendar on calendar_uses (tenant_id, calendar_id);
select protect('calendar_uses');
select distribute('calendar_uses', 'tenant_id', 'tenants');

-- Cases in which an away message was said: once in each.
create table calendar_answers (
    tenant_id    uuid        not null,
    case_id      uuid        not null,
    calendar_id  uuid        not null,
    message_id   uuid        not null,
    at           timestamptz not null,
    primary key (tenant_id, case_id)
);
select protect('calendar_answers');
select distribute('calendar_answers', 'tenant_id', 'tenants');

-- What is promised to whom: the first active one, by position, whose conversations a conversation is of.
create table sla_policies (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    position    integer     not null,
    active      boolean     not null,
    definition  jsonb       not null, -- sla.Definition
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id),
    constraint sla_policies_name unique (tenant_id, name)
);
select protect('sla_policies');
select distribute('sla_policies', 'tenant_id', 'tenants');

-- One promise that runs in a case. pauses are instants at which it stopped and ran again, in turn. due_at is
-- null while it is paused and where it never falls due. look_at is when the sweep has something to do.
create table sla_clocks (
    tenant_id        uuid        not null,
    id               uuid        not null, -- UUIDv7 of its start
    case_id          uuid        not null,
    conversation_id  uuid        not null,
    channel_id       uuid        not null,
    team_id          uuid,
    kind             text        not null check (kind in ('first', 'next', 'resolution')),
    policy_id        uuid        not null,
    minutes          integer     not null, -- of business time, as promised
    started_at       timestamptz not null,
    pauses           timestamptz[] not null default '{}',
    due_at           timestamptz,
    look_at          timestamptz,
    breached_at      timestamptz,          -- when it fell due
    level            smallint    not null default 0, -- of escalation that was reached
    raised           boolean     not null default false,
    stopped_at       timestamptz,
    outcome          text        not null default '' check (outcome in ('', 'kept', 'missed', 'dropped')),
    primary key (tenant_id, id)
) with (fillfactor = 80);
create unique index sla_clocks_running on sla_clocks (tenant_id, case_id, kind) where stopped_at is null;
create index sla_clocks_case on sla_clocks (tenant_id, case_id);
create index sla_clocks_conversation on sla_clocks (tenant_id, conversation_id, due_at) where stopped_at is null;
create index sla_clocks_look on sla_clocks (tenant_id, look_at, id) where look_at is not null;
create index sla_clocks_due on sla_clocks (tenant_id, due_at, id) where stopped_at is null and due_at is not null;
create index sla_clocks_open on sla_clocks (tenant_id, id) where stopped_at is null;
select protect('sla_clocks');
select distribute('sla_clocks', 'tenant_id', 'tenants');

create table csat_settings (
    tenant_id   uuid        not null,
    settings    jsonb       not null, -- csat.Settings
    updated_at  timestamptz not null,
    primary key (tenant_id)
);
select protect('csat_settings');
select distribute('csat_settings', 'tenant_id', 'tenants');

-- What a person is asked after a case, and what they said. assignee_id and team_id are those at its end.
create table csat_asks (
    tenant_id        uuid        not null,
    case_id          uuid        not null,
    conversation_id  uuid        not null,
    contact_id       uuid        not null,
    channel_id       uuid        not null,
    team_id          uuid,
    assignee_id      uuid,
    handler          text        not null,
    resolved_at      timestamptz not null,
    due_at           timestamptz,          -- while it waits to be asked
    state            text        not null check (state in ('waiting', 'asked', 'answered', 'skipped')),
    reason           text        not null default '', -- why it was skipped, a key of csat.skips
    message_id       uuid,
    asked_at         timestamptz,
    score            smallint,
    scale            smallint    not null default 5,
    answered_at      timestamptz,
    comment_until    timestamptz,          -- until then what they write is the comment
    comment          text        not null default '',
    comment_at       timestamptz,
    primary key (tenant_id, case_id)
) with (fillfactor = 80);
create index csat_asks_due on csat_asks (tenant_id, due_at, case_id) where due_at is not null;
create index csat_asks_contact on csat_asks (tenant_id, contact_id, asked_at);
create index csat_asks_commenting on csat_asks (tenant_id, contact_id, channel_id) where comment_until is not null;
create index csat_asks_answered on csat_asks (tenant_id, answered_at, case_id) where answered_at is not null;
select protect('csat_asks');
select distribute('csat_asks', 'tenant_id', 'tenants');

-- News for support_counts, a row per batch. A job adds them up and removes the row.
create table support_log (
    tenant_id  uuid    not null,
    id         uuid    not null,
    days       date[]  not null,
    whats      text[]  not null,
    vals       integer[] not null,
    channels   uuid[]  not null,
    teams      uuid[]  not null,
    users      uuid[]  not null,
    ns         integer[] not null,
    primary key (tenant_id, id)
);
select protect('support_log');
select distribute('support_log', 'tenant_id', 'tenants');

-- How much happened on a day of the workspace's, by number, team and person (nil uuid: none). value is a
-- rating, or a time in seconds as support.Round keeps it; 0 where what is counted has none.
create table support_counts (
    tenant_id   uuid    not null,
    what        text    not null, -- a support.What
    day         date    not null,
    value       integer not null,
    channel_id  uuid    not null,
    team_id     uuid    not null,
    user_id     uuid    not null,
    n           bigint  not null,
    primary key (tenant_id, what, day, value, channel_id, team_id, user_id)
) with (fillfactor = 70);
select protect('support_counts');
select distribute('support_counts', 'tenant_id', 'tenants');

-- +goose Down
drop table support_counts, support_log, csat_asks, csat_settings, sla_clocks, sla_policies, calendar_answers, calendar_uses, calendars;
