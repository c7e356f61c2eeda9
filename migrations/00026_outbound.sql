-- What people of a workspace write to customers: who wrote it, when it is to go, and the files in it
-- (feature/message, feature/upload).
-- +goose Up

alter table messages
    add column sent_by      uuid,         -- the person who wrote it
    add column scheduled_at timestamptz;  -- not before this, by their wish; null: at once

-- Files that people upload to send. The bytes are a blob.
create table uploads (
    tenant_id   uuid        not null,
    id          uuid        not null,
    kind        text        not null check (kind in ('image', 'video', 'audio', 'document', 'sticker')),
    mime_type   text        not null,
    voice       boolean     not null, -- an audio file that WhatsApp can show as a voice note
    filename    text        not null,
    size        bigint      not null, -- bytes
    sha256      bytea       not null,
    created_by  uuid,
    created_at  timestamptz not null,
    primary key (tenant_id, id)
);
select protect('uploads');
select distribute('uploads', 'tenant_id', 'tenants');

-- Meta's ids of uploads, per number: it keeps a file for thirty days.
create table upload_handles (
    tenant_id   uuid        not null,
    upload_id   uuid        not null,
    channel_id  uuid        not null,
    media_id    text        not null,
    expires_at  timestamptz not null,
    primary key (tenant_id, upload_id, channel_id),
    foreign key (tenant_id, upload_id) references uploads (tenant_id, id) on delete cascade
);
select protect('upload_handles');
select distribute('upload_handles', 'tenant_id', 'tenants');

-- Files that messages of ours show are uploads, which several messages may share: a file goes with the
-- last of them that is erased.
alter table message_media add column uploaded boolean not null default false;
create index message_media_uploaded on message_media (tenant_id, blob) where uploaded;

-- +goose Down
drop index message_media_uploaded;
alter table message_media drop column uploaded;
drop table upload_handles, uploads;
alter table messages drop column sent_by, drop column scheduled_at;
