-- The work on contacts: typed fields, the stages of their lifecycle, who looks after them, and
-- changes of many at once.

-- +goose Up

-- Values in contacts.fields are strings in one form per type: a number is a plain decimal, a date
-- 2006-01-02, a boolean true or false, a choice the option's text.
alter table contact_fields drop constraint contact_fields_type_check;
alter table contact_fields
    add constraint contact_fields_type_check check (type in ('text', 'number', 'date', 'boolean', 'choice')),
    -- What a choice may be, in the order it is offered.
    add column options text[] not null default '{}',
    -- The type and options it is being changed to: what is written meanwhile must fit both.
    add column becomes jsonb,
    -- Set first; a bulk then removes the values and the row.
    add column deleted_at timestamptz;

-- Where contacts may stand: New, Interested, Customer.
create table contact_stages (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null,
    -- Its column on the board, from 1.
    position int not null,
    tone text not null check (tone in ('neutral', 'info', 'warning', 'success', 'danger')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Set first; a bulk then moves its contacts and removes the row.
    deleted_at timestamptz,
    primary key (tenant_id, id)
);
create unique index contact_stages_name on contact_stages (tenant_id, name_key) where deleted_at is null;
select protect('contact_stages');
select distribute('contact_stages', 'tenant_id', 'tenants');

-- No foreign keys, for the reason given at contacts: feature/contact holds the parents by a row
-- lock. The owner is a member's user id.
alter table contacts
    add column stage_id uuid,
    add column stage_at timestamptz,
    add column owner_id uuid,
    add constraint contacts_stage check ((stage_id is null) = (stage_at is null));
-- A column of the board: who came last stands first. Those without a stage or an owner, who are
-- most after an import, are in narrow indexes of their own.
create index contacts_by_stage on contacts (tenant_id, stage_id, stage_at, id) where deleted_at is null and stage_id is not null;
create index contacts_unstaged on contacts (tenant_id, id) where deleted_at is null and stage_id is null;
create index contacts_by_owner on contacts (tenant_id, owner_id, id) where deleted_at is null and owner_id is not null;
-- An owner's column of the board.
create index contacts_by_owner_stage on contacts (tenant_id, owner_id, stage_id, stage_at, id) where deleted_at is null and owner_id is not null;
create index contacts_unowned on contacts (tenant_id, id) where deleted_at is null and owner_id is null;

-- A change of many contacts: those a filter lets through, worked in chunks.
create table contact_bulks (
    tenant_id uuid not null,
    id uuid not null,
    action jsonb not null,
    filter jsonb not null,
    state text not null check (state in ('running', 'done', 'cancelled', 'failed')),
    -- Why it failed, for the user.
    reason text not null default '',
    -- How many the filter lets through, once counted.
    total bigint,
    -- Where the next chunk starts: written by the transaction that wrote the chunk before it.
    after jsonb not null default '{}',
    seen bigint not null default 0,
    changed bigint not null default 0,
    -- The worker that has it, until when.
    claim uuid,
    claimed_until timestamptz,
    created_by uuid,
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, id),
    constraint contact_bulks_counts check (changed <= seen)
) with (fillfactor = 50);
create index contact_bulks_running on contact_bulks (claimed_until) where state = 'running';
select protect('contact_bulks');
select distribute('contact_bulks', 'tenant_id', 'tenants');
