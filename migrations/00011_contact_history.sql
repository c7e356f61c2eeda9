-- What happened to contacts: their timeline, notes, merges, erasures, and what an import changed,
-- so that it can be undone.

-- +goose Up

-- One row per change of a contact. Rows are added; only the erasure of the person, or an import that is undone
-- before anybody saw the person, removes them.
create table contact_events (
    tenant_id uuid not null,
    contact_id uuid not null,
    id uuid not null, -- UUIDv7 of when it happened
    kind text not null,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null default '',
    -- The import, merge, stage or request it came from.
    subject_id uuid,
    -- What was there and what came: [{"field": "name", "from": "…", "to": "…"}].
    changes jsonb not null default '[]',
    note text not null default '',
    at timestamptz not null,
    primary key (tenant_id, contact_id, id)
);
select protect('contact_events');
select distribute('contact_events', 'tenant_id', 'tenants');
revoke update on contact_events from aerostic_app, aerostic_system;

create table contact_notes (
    tenant_id uuid not null,
    contact_id uuid not null,
    id uuid not null, -- UUIDv7 of when it was written
    body text not null check (body <> ''),
    author_id uuid,
    author_name text not null default '',
    created_at timestamptz not null,
    edited_at timestamptz,
    primary key (tenant_id, contact_id, id)
);
select protect('contact_notes');
select distribute('contact_notes', 'tenant_id', 'tenants');

-- Messages by contact, but for those of campaigns, which are found through campaign_recipients:
-- an index on messages would be written for each of a million.
create table contact_messages (
    tenant_id uuid not null,
    contact_id uuid not null,
    message_id uuid not null, -- UUIDv7
    primary key (tenant_id, contact_id, message_id)
);
select protect('contact_messages');
select distribute('contact_messages', 'tenant_id', 'tenants');

set local role aerostic_system;
insert into contact_messages (tenant_id, contact_id, message_id)
select m.tenant_id, m.contact_id, m.id from messages m
where not exists (select from campaign_recipients r
    where r.tenant_id = m.tenant_id and r.campaign_id = m.campaign_id and r.contact_id = m.contact_id and r.message_id = m.id)
on conflict do nothing;
reset role;

-- merged_into: the contact this one is part of now; its row keeps the addresses that the other did
-- not take, so that whoever writes from them is recognised. erased_at: nothing of the person is left.
alter table contacts
    add column merged_into uuid,
    add column erased_at timestamptz,
    drop constraint contacts_address,
    add constraint contacts_address check (phone is not null or bsuid is not null or merged_into is not null or erased_at is not null),
    add constraint contacts_gone check ((merged_into is null and erased_at is null) or deleted_at is not null);
create index contacts_merged on contacts (tenant_id, merged_into) where merged_into is not null;

create table contact_merges (
    tenant_id uuid not null,
    id uuid not null,
    -- The one that stays, and the one that became part of it.
    contact_id uuid not null,
    other_id uuid not null,
    -- Both as they were, and the one that stays as the merge left it: contact.merged.
    before jsonb not null,
    -- Joins of tags the one that stays got by it.
    tag_ids uuid[] not null default '{}',
    made_by text not null default '',
    made_at timestamptz not null,
    undone_at timestamptz,
    primary key (tenant_id, id)
);
create index contact_merges_of on contact_merges (tenant_id, contact_id, id);
create index contact_merges_recent on contact_merges (tenant_id, made_at, id);
select protect('contact_merges');
select distribute('contact_merges', 'tenant_id', 'tenants');

-- Pairs that may be one person. dismissed_at: somebody looked and said they are two.
alter table contact_duplicates add column dismissed_at timestamptz;
create index contact_duplicates_open on contact_duplicates (tenant_id, seen_at, contact_id, other_id) where dismissed_at is null;

-- Addresses of erased people, as keyed hashes: an import must not bring them back.
create table contact_erasures (
    tenant_id uuid not null,
    hash bytea not null,
    erased_at timestamptz not null,
    primary key (tenant_id, hash)
);
select protect('contact_erasures');
select distribute('contact_erasures', 'tenant_id', 'tenants');

-- What a person may ask of a business: everything kept about them, or its erasure.
create table contact_requests (
    tenant_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    kind text not null check (kind in ('export', 'erasure')),
    state text not null check (state in ('running', 'done', 'failed')),
    reason text not null default '',
    -- Where it stands: steps done of steps there are, and where the next begins.
    done bigint not null default 0,
    total bigint not null default 0,
    place jsonb not null default '{}',
    made_by text not null default '',
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 70);
create index contact_requests_of on contact_requests (tenant_id, contact_id, id);
create index contact_requests_running on contact_requests (created_at) where state = 'running';
create index contact_requests_ended on contact_requests (finished_at) where kind = 'export' and state = 'done';
select protect('contact_requests');
select distribute('contact_requests', 'tenant_id', 'tenants');

-- tried: a dry run has ended and may be imported. undoing and undone are what the words say.
alter table imports drop constraint imports_state_check;
alter table imports
    add constraint imports_state_check check (state in ('uploaded', 'running', 'tried', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
    add column dry_run boolean not null default false,
    -- Of a dry run: the first people it would change.
    add column sample jsonb not null default '[]',
    -- The list that was made for it.
    add column made_list uuid,
    -- The undo goes from the last chunk to the first; this is the one it has come to.
    add column undo_row bigint,
    add column undo_removed bigint not null default 0,
    add column undo_restored bigint not null default 0,
    add column undo_kept bigint not null default 0,
    add column undo_parts bigint[] not null default '{}',
    add column undone_at timestamptz;
create index imports_undoing on imports (claimed_until) where state = 'undoing';
drop index imports_abandoned;
create index imports_abandoned on imports (created_at) where state in ('uploaded', 'tried');

-- What each chunk of an import changed. New contacts are found by their ids, which lie between two
-- and name the import; changed ones by their events.
create table import_changes (
    tenant_id uuid not null,
    import_id uuid not null,
    first_row bigint not null,
    low_id uuid not null,
    high_id uuid not null,
    contact_ids uuid[] not null default '{}',
    event_ids uuid[] not null default '{}',
    -- Joins of tags that contacts known before got, pair by pair.
    tag_ids uuid[] not null default '{}',
    tagged_ids uuid[] not null default '{}',
    at timestamptz not null,
    primary key (tenant_id, import_id, first_row)
);
select protect('import_changes');
select distribute('import_changes', 'tenant_id', 'tenants');

-- Addresses a dry run has met, to tell a row that is repeated; emptied when it ends.
create table import_addresses (
    tenant_id uuid not null,
    import_id uuid not null,
    address text collate "C" not null,
    primary key (tenant_id, import_id, address)
);
select protect('import_addresses');
select distribute('import_addresses', 'tenant_id', 'tenants');
