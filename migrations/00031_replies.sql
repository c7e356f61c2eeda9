-- What members answer with (feature/reply).
-- +goose Up

-- A text that members send often, with places that each conversation fills.
create table canned_replies (
    tenant_id   uuid        not null,
    id          uuid        not null,
    user_id     uuid,                              -- whose own; null: everybody's
    name        text        not null,
    shortcut    text        collate "C" not null default '', -- in small letters; empty: none
    body        text        not null,
    upload_id   uuid,                              -- the file that goes with it
    uses        bigint      not null default 0,
    created_by  uuid,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id)
) with (fillfactor = 70);
create unique index canned_replies_shortcut on canned_replies (tenant_id, shortcut) where user_id is null and shortcut <> '';
create unique index canned_replies_own_shortcut on canned_replies (tenant_id, user_id, shortcut) where user_id is not null and shortcut <> '';
select protect('canned_replies');
select distribute('canned_replies', 'tenant_id', 'tenants');

-- A list of steps that are done on a conversation together.
create table macros (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    name_key    text        collate "C" not null,
    steps       jsonb       not null, -- []reply.Step
    uses        bigint      not null default 0,
    created_by  uuid,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant_id, id),
    constraint macros_name unique (tenant_id, name_key)
) with (fillfactor = 70);
select protect('macros');
select distribute('macros', 'tenant_id', 'tenants');

-- +goose Down
drop table macros, canned_replies;
