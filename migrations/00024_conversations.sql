-- Conversations: what a person and a number of the workspace say to each other, and the work on it
-- (feature/conversation).
-- +goose Up

-- One per contact and number, for good. What the list shows and orders by is kept here; what was said is
-- in messages. Times of customers are their own.
create table conversations (
    tenant_id        uuid        not null,
    id               uuid        not null,
    contact_id       uuid        not null,
    channel_id       uuid        not null,
    status           text        not null check (status in ('open', 'pending', 'snoozed', 'resolved')),
    assignee_id      uuid,                          -- a member's user id
    team_id          uuid,
    handler          text        not null default 'people' check (handler in ('people', 'bot')),
    bot_id           uuid,
    case_id          uuid,                          -- the case that runs; null while resolved
    snoozed_until    timestamptz,
    waiting_since    timestamptz,                   -- of the first message nobody has answered
    unread           integer     not null default 0,
    blocked_at       timestamptz,
    last_at          timestamptz not null,          -- of the last message; the list's order
    last_message_id  uuid,
    last_direction   text        not null default '',
    last_kind        text        not null default '',
    preview          text        not null default '', -- what a person reads of the last message, cut
    last_inbound_id  uuid,
    last_inbound_at  timestamptz,
    window_until     timestamptz,                   -- until then anything may be written on this number
    created_at       timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, contact_id, channel_id),
    constraint conversations_snoozed check ((status = 'snoozed') = (snoozed_until is not null)),
    constraint conversations_case check ((status = 'resolved') = (case_id is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index conversations_all on conversations (tenant_id, last_at, id);
create index conversations_status on conversations (tenant_id, status, last_at, id);
create index conversations_assignee on conversations (tenant_id, assignee_id, status, last_at, id) where assignee_id is not null;
create index conversations_unassigned on conversations (tenant_id, status, last_at, id) where assignee_id is null and status <> 'resolved';
create index conversations_team on conversations (tenant_id, team_id, status, last_at, id) where team_id is not null;
create index conversations_unread on conversations (tenant_id, last_at, id) where unread > 0;
create index conversations_waiting on conversations (tenant_id, waiting_since, id) where waiting_since is not null;
create index conversations_snoozed_until on conversations (snoozed_until) where snoozed_until is not null;
select protect('conversations');
select distribute('conversations', 'tenant_id', 'tenants');

-- A conversation from when it opens until it is resolved: what reports, SLAs and ratings count.
create table conversation_cases (
    tenant_id        uuid        not null,
    id               uuid        not null, -- UUIDv7 of the opening
    conversation_id  uuid        not null,
    contact_id       uuid        not null,
    channel_id       uuid        not null,
    opened_by        text        not null check (opened_by in ('customer', 'business')),
    opened_at        timestamptz not null,
    first_inbound_at timestamptz,
    first_reply_at   timestamptz,          -- by a person of the workspace
    first_reply_by   uuid,
    messages_in      integer     not null default 0,
    messages_out     integer     not null default 0,
    assignee_id      uuid,                 -- as they were last
    team_id          uuid,
    handler          text        not null default 'people',
    resolved_at      timestamptz,
    resolved_by      uuid,                 -- null: by itself
    reason_id        uuid,                 -- why it was closed, a row of closing_reasons
    closing_note     text        not null default '',
    primary key (tenant_id, id)
) with (fillfactor = 80);
create index conversation_cases_of on conversation_cases (tenant_id, conversation_id, id);
create index conversation_cases_contact on conversation_cases (tenant_id, contact_id);
create index conversation_cases_resolved on conversation_cases (tenant_id, resolved_at) where resolved_at is not null;
select protect('conversation_cases');
select distribute('conversation_cases', 'tenant_id', 'tenants');

-- Notes and events of a thread, between its messages by their ids' time.
create table conversation_entries (
    tenant_id        uuid        not null,
    conversation_id  uuid        not null,
    id               uuid        not null,
    kind             text        not null check (kind in ('note', 'event')),
    what             text        not null default '', -- of an event, as conversation.What
    by_kind          text        not null,            -- user, system, apikey
    by_id            uuid,
    by_name          text        not null default '',
    body             text        not null default '', -- of a note
    mentions         uuid[]      not null default '{}',
    data             jsonb       not null default '{}', -- of an event
    created_at       timestamptz not null,
    edited_at        timestamptz,
    primary key (tenant_id, conversation_id, id)
);
select protect('conversation_entries');
select distribute('conversation_entries', 'tenant_id', 'tenants');

-- Who was mentioned in a note, until they have read it.
create table conversation_mentions (
    tenant_id        uuid        not null,
    user_id          uuid        not null,
    entry_id         uuid        not null,
    conversation_id  uuid        not null,
    read_at          timestamptz,
    primary key (tenant_id, user_id, entry_id)
);
create index conversation_mentions_unread on conversation_mentions (tenant_id, user_id, conversation_id) where read_at is null;
select protect('conversation_mentions');
select distribute('conversation_mentions', 'tenant_id', 'tenants');

-- Words put on conversations.
create table labels (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    name_key    text        collate "C" not null,
    tone        text        not null check (tone in ('neutral', 'info', 'warning', 'success', 'danger', 'violet')),
    created_at  timestamptz not null,
    primary key (tenant_id, id),
    constraint labels_name unique (tenant_id, name_key)
);
select protect('labels');
select distribute('labels', 'tenant_id', 'tenants');

create table conversation_labels (
    tenant_id        uuid not null,
    label_id         uuid not null,
    conversation_id  uuid not null,
    primary key (tenant_id, conversation_id, label_id)
);
create index conversation_labels_of on conversation_labels (tenant_id, label_id, conversation_id);
select protect('conversation_labels');
select distribute('conversation_labels', 'tenant_id', 'tenants');

-- Why conversations are closed, as a workspace words it.
create table closing_reasons (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    position    integer     not null,
    created_at  timestamptz not null,
    archived_at timestamptz,
    primary key (tenant_id, id)
);
select protect('closing_reasons');
select distribute('closing_reasons', 'tenant_id', 'tenants');

-- What a member has begun to write and not sent.
create table conversation_drafts (
    tenant_id        uuid        not null,
    user_id          uuid        not null,
    conversation_id  uuid        not null,
    body             jsonb       not null, -- as the composer keeps it
    updated_at       timestamptz not null,
    primary key (tenant_id, user_id, conversation_id)
);
select protect('conversation_drafts');
select distribute('conversation_drafts', 'tenant_id', 'tenants');

-- How a workspace's inbox behaves.
create table inbox_settings (
    tenant_id          uuid    not null,
    read_receipts      boolean not null default true,  -- tell WhatsApp what was read
    assignee_only      boolean not null default false, -- only the assignee may answer
    assign_on_reply    boolean not null default true,  -- who answers first gets it
    require_reason     boolean not null default false, -- closing asks why
    primary key (tenant_id)
);
select protect('inbox_settings');
select distribute('inbox_settings', 'tenant_id', 'tenants');

-- +goose Down
drop table inbox_settings, conversation_drafts, closing_reasons, conversation_labels, labels, conversation_mentions,
    conversation_entries, conversation_cases, conversations;
