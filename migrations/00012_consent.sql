-- Consent: what people agreed to and took back, as a record that only grows; the words by which they
-- say so; topics; and what a person of the workspace must decide.
--
-- The record carries no foreign key to contacts: an import writes it at tens of thousands of rows per
-- second, and contacts are never removed. The present state stays on the contact, where the send gate
-- reads it with the rest of the row.

-- +goose Up

alter table contacts
    -- Wants no order updates and reminders either.
    add column utility_out boolean not null default false,
    -- Topics of marketing the person does not want.
    add column topics_out uuid[] not null default '{}',
    -- At most one marketing message in so many days, as the person chose; 0: no wish.
    add column marketing_days smallint not null default 0,
    -- Rises with every change of the above, of the opt-in and of suppression: a claim compares it with
    -- what the gate saw.
    add column consent_version integer not null default 0;

create table consent_records (
    tenant_id uuid not null,
    contact_id uuid not null,
    id uuid not null,
    purpose text not null check (purpose in ('marketing', 'utility', 'all')),
    state text not null check (state in ('in', 'out', 'unknown')),
    -- A topic of marketing; null: all of it.
    topic_id uuid,
    -- How often marketing may come, when that is what was chosen.
    frequency_days smallint,
    -- How it reached us: screen, api, import, word, button …
    via text not null,
    -- Where the person said it, as whoever recorded it calls the place.
    source text not null default '',
    -- Who recorded it: an e-mail address, contact, whatsapp.
    recorded_by text not null default '',
    -- The text the person saw.
    shown text not null default '',
    -- The person's own words, or where the proof is kept.
    evidence text not null default '',
    -- Further proof by name: hash of the address, browser, score.
    proof jsonb not null default '{}',
    message_id uuid,
    -- The import or bulk action it came with.
    batch_id uuid,
    happened_at timestamptz not null,
    primary key (tenant_id, contact_id, id)
);
select protect('consent_records');
select append_only('consent_records');
select distribute('consent_records', 'tenant_id', 'tenants');

-- One row per workspace that changed something; without it the defaults of feature/consent hold.
create table consent_settings (
    tenant_id uuid primary key,
    -- Words by language; null: the defaults.
    words jsonb,
    -- What a STOP word ends.
    stop_means text not null default 'marketing' check (stop_means in ('marketing', 'all')),
    -- Answers to STOP and START; empty: none.
    stop_reply text not null default '',
    start_reply text not null default '',
    -- Free text is read for requests to be left alone.
    listening boolean not null default true,
    -- Marketing goes only to people who opted in.
    needs_opt_in boolean not null default false,
    -- What the preference page says of each purpose, by language.
    texts jsonb not null default '{}',
    updated_at timestamptz not null
);
select protect('consent_settings');
select distribute('consent_settings', 'tenant_id', 'tenants');

create table consent_topics (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    -- In Hindi, for the preference page; empty: the name.
    name_hi text not null default '',
    -- Names of the templates that are about it.
    templates text[] not null default '{}',
    created_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant_id, id)
);
select protect('consent_topics');
select distribute('consent_topics', 'tenant_id', 'tenants');

-- Messages that ask to be left alone, or may: those acted on, and those a person decides.
create table consent_requests (
    tenant_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    message_id uuid not null,
    words text not null,
    -- How sure we are, 0 to 1.
    score real not null,
    state text not null check (state in ('open', 'acted', 'stopped', 'left', 'dismissed', 'undone')),
    -- The opt-in before we acted, to go back to.
    before text not null default 'unknown',
    decided_by text not null default '',
    decided_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
create index consent_requests_open on consent_requests (tenant_id, id) where state = 'open';
create unique index consent_requests_one on consent_requests (tenant_id, contact_id) where state = 'open';
select protect('consent_requests');
select distribute('consent_requests', 'tenant_id', 'tenants');
