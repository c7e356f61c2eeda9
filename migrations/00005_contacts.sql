-- Contacts: people, their addresses, consent, tags and lists, and the files they came from.
--
-- Three tables are written at tens of thousands of rows per second by an import (contacts,
-- contact_tags, contact_tallies). They carry no foreign keys: a key costs one look-up per row,
-- and feature/contact, their only writer, holds the parents by a row lock per statement.

-- +goose Up

create table contacts (
    tenant_id uuid not null,
    -- Ours, and the only identity. The three columns below are its addresses.
    id uuid not null,
    -- E.164 with the plus. Collation C: prefixes are ranges, and the order is the index's.
    phone text collate "C",
    -- Digits as WhatsApp knows the person. Set whenever the phone is.
    wa_id text collate "C",
    -- WhatsApp's digits are not those of the phone (Mexico's 1, Brazil's 9): looked up apart.
    wa_differs boolean not null default false,
    -- The business-scoped user id of people whose number WhatsApp hides.
    bsuid text collate "C",
    name text not null default '',
    -- Name folded to one case and cut to 64 characters: search by prefix, order by name.
    name_key text collate "C" not null default '',
    email text collate "C" check (email = lower(email)),
    locale text,
    -- The calling-code market that prices a message (billing.Market).
    market text not null default '',
    fields jsonb not null default '{}',
    opt_in text not null default 'unknown' check (opt_in in ('unknown', 'in', 'out')),
    opt_in_source text not null default '',
    opt_in_at timestamptz,
    -- The words the person agreed to, or where the proof is.
    opt_in_evidence text not null default '',
    -- Suppressed: nothing at all is sent. Opted out: no marketing.
    suppressed_at timestamptz,
    suppress_reason text not null default '',
    suppressed_by text not null default '',
    -- WhatsApp could not reach the number; ends when the person writes or a message arrives.
    unreachable_at timestamptz,
    unreachable_reason text not null default '',
    -- End of the 24 hours in which anything may be written to a person who wrote.
    window_open_until timestamptz,
    -- The import that wrote the row last: tells a row repeated inside a file from one known before.
    import_id uuid,
    -- The import that made the row, or brought it back after it was deleted.
    created_import_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Deleted rows keep their addresses and consent, so that messages still point somewhere and
    -- an opt-out survives when the same person is imported again; the rest is erased.
    deleted_at timestamptz,
    primary key (tenant_id, id),
    constraint contacts_phone unique (tenant_id, phone),
    constraint contacts_address check (phone is not null or bsuid is not null),
    constraint contacts_wa_id check ((wa_id is null) = (phone is null))
) with (fillfactor = 90);
-- Partial: most people show their number, and an import should not pay for those who do not.
create unique index contacts_bsuid on contacts (tenant_id, bsuid) where bsuid is not null;
create unique index contacts_wa_id on contacts (tenant_id, wa_id) where wa_differs;
create index contacts_by_name on contacts (tenant_id, name_key, id) where deleted_at is null;
create index contacts_by_email on contacts (tenant_id, email, id) where email is not null;
create index contacts_by_opt_in on contacts (tenant_id, opt_in, id) where deleted_at is null;
create index contacts_suppressed on contacts (tenant_id, id) where suppressed_at is not null;
select protect('contacts');
select distribute('contacts', 'tenant_id', 'tenants');

-- Two contacts that one event of WhatsApp named together: to be merged by a person.
create table contact_duplicates (
    tenant_id uuid not null,
    -- The one that matched by user id, and the one that matched by phone.
    contact_id uuid not null,
    other_id uuid not null,
    source text not null,
    seen_at timestamptz not null,
    primary key (tenant_id, contact_id, other_id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    foreign key (tenant_id, other_id) references contacts (tenant_id, id)
);
create index contact_duplicates_other on contact_duplicates (tenant_id, other_id);
select protect('contact_duplicates');
select distribute('contact_duplicates', 'tenant_id', 'tenants');

-- What the tenant stores about a contact beyond the columns above.
create table contact_fields (
    tenant_id uuid not null,
    -- The key in contacts.fields.
    key text collate "C" not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    label text not null,
    type text not null default 'text' check (type = 'text'),
    created_at timestamptz not null,
    primary key (tenant_id, key)
);
select protect('contact_fields');
select distribute('contact_fields', 'tenant_id', 'tenants');

-- Tags and lists: a list is a tag that was made to be sent to.
create table tags (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null default 'tag' check (kind in ('tag', 'list')),
    name text not null,
    name_key text collate "C" not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Set first; a job then removes the joins and the row.
    deleted_at timestamptz,
    primary key (tenant_id, id)
);
create unique index tags_name on tags (tenant_id, kind, name_key) where deleted_at is null;
select protect('tags');
select distribute('tags', 'tenant_id', 'tenants');

create table contact_tags (
    tenant_id uuid not null,
    tag_id uuid not null,
    contact_id uuid not null,
    primary key (tenant_id, tag_id, contact_id)
);
create index contact_tags_of on contact_tags (tenant_id, contact_id, tag_id);
select protect('contact_tags');
select distribute('contact_tags', 'tenant_id', 'tenants');

-- Counts as sums of differences: writers only ever insert here, so counting blocks nobody, and
-- a job folds many differences into one. tag_id is zero for "all contacts".
create table contact_tallies (
    tenant_id uuid not null,
    tag_id uuid not null,
    id uuid not null,
    delta bigint not null,
    primary key (tenant_id, tag_id, id)
);
select protect('contact_tallies');
select distribute('contact_tallies', 'tenant_id', 'tenants');

create table imports (
    tenant_id uuid not null,
    id uuid not null,
    file_name text not null,
    -- Bytes of the stored file, which is UTF-8 whatever was uploaded.
    size bigint not null,
    encoding text not null,
    delimiter text not null,
    has_header boolean not null,
    columns jsonb not null,
    state text not null check (state in ('uploaded', 'running', 'done', 'cancelled', 'failed')),
    -- Why it failed, for the user.
    reason text not null default '',
    options jsonb not null default '{}',
    tag_ids uuid[] not null default '{}',
    -- Where the next chunk starts: written by the transaction that wrote the chunk before it.
    next_offset bigint not null default 0,
    next_row bigint not null default 1,
    -- rows = created + updated + duplicate + invalid.
    rows bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    duplicate bigint not null default 0,
    invalid bigint not null default 0,
    -- First row of each chunk that has a part of the error file in the blob store.
    error_parts bigint[] not null default '{}',
    -- The worker that has it, until when.
    claim uuid,
    claimed_until timestamptz,
    created_by uuid,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id),
    constraint imports_counts check (rows = created + updated + duplicate + invalid)
) with (fillfactor = 50);
create index imports_running on imports (claimed_until) where state = 'running';
create index imports_abandoned on imports (created_at) where state = 'uploaded';
select protect('imports');
select distribute('imports', 'tenant_id', 'tenants');

-- A million new rows that the planner does not know of make lists and audiences a thousand times
-- slower until autovacuum comes by. An import calls this as it goes; only the owner may analyze.
-- +goose StatementBegin
create function analyze_contacts() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    analyze contacts;
    analyze contact_tags;
end $$;
-- +goose StatementEnd
revoke execute on function analyze_contacts() from public;
grant execute on function analyze_contacts() to aerostic_system;
