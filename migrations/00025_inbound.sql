-- +goose Up
-- What customers send besides text: media, reactions, edits, deletions, echoes and imported history.

alter table messages
    add column source     text not null default '', -- echo: written on the business's phone; history: from before the number was connected
    add column edited_at  timestamptz,              -- the text is a later one: the former are in message_edits
    add column revoked_at timestamptz;              -- deleted for everyone: nothing of it is kept

-- The file of a message, in or out. Meta keeps an inbound one for seven days: until then it is fetched.
create table message_media (
    tenant_id   uuid        not null,
    message_id  uuid        not null,
    channel_id  uuid        not null, -- whose token fetches it
    kind        text        not null, -- image, video, audio, document, sticker
    media_id    text        not null default '', -- Meta's
    mime        text        not null default '',
    size        bigint      not null default 0,  -- bytes; 0: not known yet
    sha256      text        not null default '', -- lower-case hex
    filename    text        not null default '',
    voice       boolean     not null default false,
    animated    boolean     not null default false,
    state       text        not null check (state in ('pending', 'stored', 'failed', 'refused', 'erased')),
    reason      text        not null default '', -- a sentence, when there is no file
    blob        text        not null default '', -- its key, once stored
    attempts    integer     not null default 0,
    next_at     timestamptz,                     -- while pending: not before
    keep_until  timestamptz,                     -- while pending: Meta has it no longer than that
    created_at  timestamptz not null,
    primary key (tenant_id, message_id)
) with (fillfactor = 80);
create index message_media_due on message_media (tenant_id, next_at, message_id) where next_at is not null;
select protect('message_media');
select distribute('message_media', 'tenant_id', 'tenants');

-- The last reaction of each side to a message; an empty emoji is one that was taken back.
create table message_reactions (
    tenant_id   uuid        not null,
    message_id  uuid        not null,
    by          text        not null check (by in ('contact', 'business')),
    emoji       text        not null,
    at          timestamptz not null, -- the later one wins, in whatever order they come
    place       uuid        not null, -- orders those of one second
    primary key (tenant_id, message_id, by)
) with (fillfactor = 80);
select protect('message_reactions');
select distribute('message_reactions', 'tenant_id', 'tenants');

-- What a message said before it was edited.
create table message_edits (
    tenant_id   uuid        not null,
    message_id  uuid        not null,
    id          uuid        not null, -- UUIDv7 of the edit that replaced it
    body        jsonb       not null,
    primary key (tenant_id, message_id, id)
);
select protect('message_edits');
select distribute('message_edits', 'tenant_id', 'tenants');

-- +goose Down
drop table message_edits, message_reactions, message_media;
alter table messages drop column source, drop column edited_at, drop column revoked_at;
