-- Sequences: steps that follow each other by time, for people whom a trigger brings in (feature/sequence).
-- +goose Up

-- What goes on. draft is what people edit; live is the version that those who come now get, 0 before the
-- first publication. trigger_kind and trigger_key are the live version's, so that an event or a change of
-- stage finds its sequences.
create table sequences (
    tenant_id     uuid        not null,
    id            uuid        not null,
    name          text        not null,
    status        text        not null check (status in ('draft', 'active', 'paused', 'archived')),
    pause_reason  text        not null default '', -- a key of sequence.pauses; empty: a person paused it
    draft         jsonb       not null,            -- sequence.Definition
    live          integer     not null default 0,
    move_to       integer     not null default 0,  -- those on older versions go over to it at their next step; 0: nobody
    trigger_kind  text        not null default '',
    trigger_key   text        not null default '',
    created_by    uuid,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, id)
);
create index sequences_list on sequences (tenant_id, created_at desc, id desc);
create index sequences_trigger on sequences (tenant_id, trigger_kind, trigger_key) where status in ('active', 'paused');
create index sequences_active on sequences (tenant_id, id) where status = 'active';
select protect('sequences');
select distribute('sequences', 'tenant_id', 'tenants');

-- What was published, never changed: whoever is inside finishes on theirs.
create table sequence_versions (
    tenant_id     uuid        not null,
    sequence_id   uuid        not null,
    number        integer     not null,
    definition    jsonb       not null,
    published_by  uuid,
    published_at  timestamptz not null,
    primary key (tenant_id, sequence_id, number)
);
select protect('sequence_versions');
select append_only('sequence_versions');
select distribute('sequence_versions', 'tenant_id', 'tenants');

-- A person's way through a sequence. next_due is set while a step is to come; it is null while the last
-- message is on its way, and when the way has ended.
create table sequence_enrolments (
    tenant_id    uuid        not null,
    id           uuid        not null, -- UUIDv7 of the entry
    sequence_id  uuid        not null,
    version      integer     not null,
    contact_id   uuid        not null,
    entry        text        not null check (entry in ('every', 'once', 'alone')),
    state        text        not null check (state in ('waiting', 'finished', 'exited')),
    step         smallint    not null default 0, -- how many steps were taken
    last_step    uuid,                           -- the id of the one taken last
    next_due     timestamptz,
    event_id     text,                           -- the event that brought them in
    event        jsonb       not null default '{}', -- its values, which steps may say
    entered_at   timestamptz not null,
    ended_at     timestamptz,
    exit_reason  text        not null default '', -- a key of sequence.exits
    primary key (tenant_id, id)
) with (fillfactor = 80);
create index sequence_enrolments_due on sequence_enrolments (tenant_id, sequence_id, next_due, id) where next_due is not null;
create index sequence_enrolments_live on sequence_enrolments (tenant_id, contact_id, id) where ended_at is null;
create index sequence_enrolments_contact on sequence_enrolments (tenant_id, contact_id, sequence_id);
create index sequence_enrolments_list on sequence_enrolments (tenant_id, sequence_id, id desc);
create index sequence_enrolments_exits on sequence_enrolments (tenant_id, sequence_id, exit_reason, id desc) where exit_reason <> '';
create unique index sequence_enrolments_once on sequence_enrolments (tenant_id, sequence_id, contact_id) where entry = 'once';
create unique index sequence_enrolments_alone on sequence_enrolments (tenant_id, sequence_id, contact_id)
    where entry = 'alone' and ended_at is null;
select protect('sequence_enrolments');
select distribute('sequence_enrolments', 'tenant_id', 'tenants');

-- The message of each step that was taken. One per step of a person's way: however often a step is
-- worked, by however many, it is sent once.
create table sequence_sends (
    tenant_id     uuid        not null,
    message_id    uuid        not null,
    enrolment_id  uuid        not null,
    sequence_id   uuid        not null,
    step_id       uuid        not null,
    number        smallint    not null, -- of the step on this person's way, from 1
    contact_id    uuid        not null,
    outcome       text        not null default '', -- set for what people ask about: failed, refused, …
    reason        text        not null default '',
    replied_at    timestamptz,
    primary key (tenant_id, message_id)
) with (fillfactor = 80);
create unique index sequence_sends_step on sequence_sends (tenant_id, enrolment_id, number);
create index sequence_sends_list on sequence_sends (tenant_id, sequence_id, step_id, message_id desc);
create index sequence_sends_outcome on sequence_sends (tenant_id, sequence_id, step_id, outcome, message_id desc) where outcome <> '';
create index sequence_sends_contact on sequence_sends (tenant_id, contact_id, message_id desc);
select protect('sequence_sends');
select distribute('sequence_sends', 'tenant_id', 'tenants');

-- Numbers of a sequence and its steps, moved by the transactions that move what they count. The nil step
-- is the sequence itself.
create table sequence_counts (
    tenant_id    uuid   not null,
    sequence_id  uuid   not null,
    step_id      uuid   not null,
    what         text   not null, -- entered, finished, exit:<reason>, a message's state, replied
    n            bigint not null,
    primary key (tenant_id, sequence_id, step_id, what)
) with (fillfactor = 50);
select protect('sequence_counts');
select distribute('sequence_counts', 'tenant_id', 'tenants');

-- Events as other systems told them, once by their own id, with the answer they got.
create table sequence_events (
    tenant_id   uuid        not null,
    event_id    text collate "C" not null,
    hash        bytea       not null, -- of what was said
    name        text        not null,
    contact_id  uuid,
    answer      jsonb       not null,
    at          timestamptz not null,
    primary key (tenant_id, event_id)
);
create index sequence_events_recent on sequence_events (tenant_id, name, at desc, event_id desc);
create index sequence_events_contact on sequence_events (tenant_id, contact_id) where contact_id is not null;
select protect('sequence_events');
select distribute('sequence_events', 'tenant_id', 'tenants');

-- Everybody an audience means, let in by a job in chunks.
create table sequence_intakes (
    tenant_id    uuid        not null,
    id           uuid        not null,
    sequence_id  uuid        not null,
    audience     jsonb       not null, -- contact.Audience, fixed when it was asked for
    after        uuid        not null, -- contacts up to here were looked at
    total        bigint      not null,
    looked       bigint      not null default 0,
    entered      bigint      not null default 0,
    made_by      uuid,
    made_at      timestamptz not null,
    finished_at  timestamptz,
    primary key (tenant_id, id)
);
create index sequence_intakes_list on sequence_intakes (tenant_id, sequence_id, id desc);
select protect('sequence_intakes');
select distribute('sequence_intakes', 'tenant_id', 'tenants');

-- +goose Down
drop table sequence_intakes, sequence_events, sequence_counts, sequence_sends, sequence_enrolments, sequence_versions, sequences;
