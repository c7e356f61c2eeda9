-- Connected WhatsApp numbers (feature/channel) and message templates (feature/template).

-- +goose Up

-- Which tenant a phone number id belongs to, in the whole installation: the primary key is
-- what makes a second owner impossible, and the receiving side routes webhooks by it.
create table channel_owners (
    phone_number_id text primary key,
    tenant_id uuid not null,
    channel_id uuid not null,
    created_at timestamptz not null
);
create index channel_owners_walk on channel_owners (tenant_id, channel_id);
select share('channel_owners');

-- Which tenants have numbers of a WhatsApp Business Account: template and account events
-- name the account only. Two tenants may hold different numbers of one account.
create table waba_owners (
    waba_id text not null,
    tenant_id uuid not null,
    created_at timestamptz not null,
    primary key (waba_id, tenant_id)
);
select share('waba_owners');

create table channels (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    phone_number_id text not null,
    waba_id text not null,
    -- The Meta business portfolio whose daily limit its numbers share; the WABA id where Meta names none.
    portfolio_id text not null,
    display_phone text not null default '',
    verified_name text not null default '',
    name_status text not null default '',
    -- Sealed by platform/secret for this tenant, column and row; null after removal.
    token bytea,
    status text not null check (status in ('connected', 'paused', 'needs_reauth', 'disconnected', 'banned')),
    -- Not empty while somebody or something holds the number back; outlives other statuses,
    -- so that a pause is still there after a renewed token.
    pause_reason text not null default '',
    pause_note text not null default '',
    pause_until timestamptz,
    -- The words for needs_reauth, disconnected and banned.
    status_note text not null default '',
    quality text not null default 'UNKNOWN',
    -- Meta's level and what it means in messages per second.
    throughput_level text not null default 'STANDARD',
    throughput int not null check (throughput > 0),
    coexistence boolean not null default false,
    -- Business-initiated conversations per rolling 24 hours of the portfolio; null: no limit.
    limit_tier text not null default '',
    daily_limit int check (daily_limit is null or daily_limit > 0),
    subscribed_at timestamptz,
    refreshed_at timestamptz,
    refresh_error text not null default '',
    removed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, phone_number_id)
);
create index channels_waba on channels (tenant_id, waba_id);
create index channels_portfolio on channels (tenant_id, portfolio_id);
select protect('channels');
select distribute('channels', 'tenant_id', 'tenants');

create table templates (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    waba_id text not null,
    -- Meta's id; webhooks carry it as a number.
    meta_id text not null default '',
    name text collate "C" not null,
    language text not null,
    category text not null,
    -- What it was before Meta last moved it; drives the price that a campaign showed.
    previous_category text not null default '',
    -- Announced 24 hours ahead: the category it will get, and when.
    next_category text not null default '',
    next_category_at timestamptz,
    status text not null,
    status_note text not null default '',
    rejected_reason text not null default '',
    paused_until timestamptz,
    quality text not null default 'UNKNOWN',
    parameter_format text not null default 'POSITIONAL',
    ttl_seconds int,
    -- As Meta sent them, kinds we do not know included.
    components jsonb not null default '[]',
    -- The time of the newest event applied: an older one arriving later changes nothing.
    event_at timestamptz,
    synced_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, waba_id, name, language)
);
create index templates_by_name on templates (tenant_id, name, id);
create index templates_by_meta_id on templates (tenant_id, meta_id);
create index templates_by_sync on templates (tenant_id, waba_id, synced_at);
select protect('templates');
select distribute('templates', 'tenant_id', 'tenants');

-- How the last synchronisation of an account's templates went, for the screen.
create table template_syncs (
    tenant_id uuid not null references tenants (tenant_id),
    waba_id text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    seen int not null,
    error text not null default '',
    primary key (tenant_id, waba_id)
);
select protect('template_syncs');
select distribute('template_syncs', 'tenant_id', 'tenants');

-- +goose Down
drop table template_syncs;
drop table templates;
drop table channels;
drop table waba_owners;
drop table channel_owners;
