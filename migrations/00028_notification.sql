-- What people are told of, how each wants to be told, and the browsers that take pushes (feature/notification).
-- +goose Up

-- Something a person is told of. It names what it is about by id alone: names and words are read when it is
-- shown, so that nothing of an erased contact stays here. What happens again before the person has read it
-- makes the row count up. push_due and mail_due are set while that way is still to be gone.
create table notifications (
    tenant_id  uuid        not null,
    user_id    uuid        not null,
    id         uuid        not null,
    event      text        not null, -- notification.Event
    subject    uuid        not null, -- the conversation or campaign
    item       uuid        not null, -- what was told last: a message, an entry, or the subject itself
    actor      uuid,                 -- the person who did it
    n          integer     not null, -- how often it happened
    app        boolean     not null, -- shown in the app
    at         timestamptz not null,
    read_at    timestamptz,
    push_due   timestamptz,
    mail_due   timestamptz,
    primary key (tenant_id, user_id, id)
) with (fillfactor = 80);
create unique index notifications_open on notifications (tenant_id, user_id, subject, event) where read_at is null;
create index notifications_list on notifications (tenant_id, user_id, at desc, id desc) where app;
create index notifications_age on notifications (tenant_id, at);
create index notifications_push on notifications (push_due) where push_due is not null;
create index notifications_mail on notifications (mail_due) where mail_due is not null;
select protect('notifications');
select distribute('notifications', 'tenant_id', 'tenants');

-- How a member wants to be told; who has no row takes what is usual.
create table notification_preferences (
    tenant_id  uuid        not null,
    user_id    uuid        not null,
    choices    jsonb       not null, -- notification.Preferences
    updated_at timestamptz not null,
    primary key (tenant_id, user_id)
);
select protect('notification_preferences');
select distribute('notification_preferences', 'tenant_id', 'tenants');

-- A member's browser that takes pushes. Where to post and the browser's keys are sealed.
create table push_devices (
    tenant_id     uuid        not null,
    user_id       uuid        not null,
    id            uuid        not null,
    endpoint_hash bytea       not null, -- SHA-256
    sealed        bytea       not null,
    name          text        not null, -- as the person knows it: "Chrome on Android"
    created_at    timestamptz not null,
    used_at       timestamptz,
    primary key (tenant_id, user_id, id)
);
create unique index push_devices_endpoint on push_devices (tenant_id, endpoint_hash);
select protect('push_devices');
select distribute('push_devices', 'tenant_id', 'tenants');

-- Global: the one key pair by which push services know this installation. Made once, sealed.
create table push_keys (
    id         uuid        primary key,
    public     text        not null,
    sealed     bytea       not null,
    created_at timestamptz not null
);
select share('push_keys');

-- +goose Down
drop table push_keys, push_devices, notification_preferences, notifications;
