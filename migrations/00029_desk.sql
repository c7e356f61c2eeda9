-- Who gets conversations (feature/desk).
-- +goose Up

create table teams (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    name_key    text        collate "C" not null,
    created_at  timestamptz not null,
    primary key (tenant_id, id),
    constraint teams_name unique (tenant_id, name_key)
);
select protect('teams');
select distribute('teams', 'tenant_id', 'tenants');

create table team_members (
    tenant_id  uuid not null,
    team_id    uuid not null,
    user_id    uuid not null,
    primary key (tenant_id, team_id, user_id)
);
select protect('team_members');
select distribute('team_members', 'tenant_id', 'tenants');

-- A member at the desk: whether they take conversations, how many, and when they were last there.
create table desk_members (
    tenant_id   uuid        not null,
    user_id     uuid        not null,
    away        boolean     not null default false,
    capacity    integer     not null default 0 check (capacity >= 0), -- open conversations; 0: no limit
    seen_at     timestamptz not null default '-infinity',
    given_at    timestamptz not null default '-infinity',             -- when a rule last gave them one
    primary key (tenant_id, user_id)
) with (fillfactor = 50);
select protect('desk_members');
select distribute('desk_members', 'tenant_id', 'tenants');

create table assignment_rules (
    tenant_id   uuid        not null,
    id          uuid        not null,
    position    integer     not null,
    rule        jsonb       not null, -- desk.Rule
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id)
);
select protect('assignment_rules');
select distribute('assignment_rules', 'tenant_id', 'tenants');

-- Conversations for which nobody was free, in the order in which they came.
create table desk_queue (
    tenant_id        uuid        not null,
    conversation_id  uuid        not null,
    rule_id          uuid        not null,
    team_id          uuid,
    queued_at        timestamptz not null,
    primary key (tenant_id, conversation_id)
);
create index desk_queue_order on desk_queue (tenant_id, queued_at, conversation_id);
select protect('desk_queue');
select distribute('desk_queue', 'tenant_id', 'tenants');

-- When somebody else gets a conversation whose assignee does not answer.
create table desk_waits (
    tenant_id        uuid        not null,
    conversation_id  uuid        not null,
    user_id          uuid        not null,
    rule_id          uuid        not null,
    due_at           timestamptz not null,
    primary key (tenant_id, conversation_id)
);
create index desk_waits_due on desk_waits (due_at);
select protect('desk_waits');
select distribute('desk_waits', 'tenant_id', 'tenants');

-- +goose Down
drop table desk_waits, desk_queue, assignment_rules, desk_members, team_members, teams;
