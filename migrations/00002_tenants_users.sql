-- Workspaces and their members (feature/tenant), people (feature/user), sessions (feature/auth).

-- +goose Up

create table tenants (
    tenant_id uuid primary key,
    name text not null,
    -- The address label; tenant_slugs is what keeps it unique.
    slug text not null,
    currency text not null default 'INR',
    -- An IANA name, checked in Go: quiet hours and daily metrics are in this zone.
    timezone text not null default 'Asia/Kolkata',
    -- ISO 3166-1 alpha-2: how a phone number without a country code is read.
    country text not null default 'IN',
    status text not null default 'active' check (status in ('active', 'suspended')),
    -- Minutes of the tenant's day between which marketing is held back; from > to spans midnight.
    quiet_from smallint check (quiet_from between 0 and 1439),
    quiet_to smallint check (quiet_to between 0 and 1439),
    -- At most this many marketing messages per contact in frequency_days days; null is no cap.
    frequency_cap int check (frequency_cap > 0),
    frequency_days int not null default 7 check (frequency_days between 1 and 90),
    settings jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((quiet_from is null) = (quiet_to is null))
);
-- The operator's list pages by name and by age.
create index tenants_by_name on tenants (name, tenant_id);
create index tenants_by_age on tenants (created_at, tenant_id);
select protect('tenants');
select distribute('tenants', 'tenant_id', 'tenants');

-- Global: an address must be unique in the whole installation, before the tenant is known.
create table tenant_slugs (
    slug text primary key check (slug = lower(slug)),
    tenant_id uuid not null,
    created_at timestamptz not null
);
select share('tenant_slugs');

create table tenant_hosts (
    host text primary key check (host = lower(host)),
    tenant_id uuid not null,
    created_at timestamptz not null
);
create index tenant_hosts_walk on tenant_hosts (tenant_id);
select share('tenant_hosts');

create table members (
    tenant_id uuid not null references tenants (tenant_id),
    -- users is global and rows of it are never deleted, so no foreign key leaves the shard.
    user_id uuid not null,
    role text not null check (role in ('owner', 'admin', 'agent')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, user_id)
);
select protect('members');
select distribute('members', 'tenant_id', 'tenants');

-- Global: where a person is a member, known before any tenant is. It names no role; members
-- is the authority, and both rows are written in one transaction.
create table user_tenants (
    user_id uuid not null,
    tenant_id uuid not null,
    created_at timestamptz not null,
    primary key (user_id, tenant_id)
);
select share('user_tenants');

create table invitations (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    email text not null check (email = lower(email)),
    role text not null check (role in ('owner', 'admin', 'agent')),
    invited_by uuid not null,
    -- Hash of the secret in the link; written when the mail is made, replaced by a resend.
    token_hash bytea,
    expires_at timestamptz not null,
    sent_at timestamptz,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
-- One open invitation per address and workspace.
create unique index invitations_open on invitations (tenant_id, email)
    where accepted_at is null and revoked_at is null;
select protect('invitations');
select distribute('invitations', 'tenant_id', 'tenants');

-- Global: a person may belong to several tenants.
create table users (
    id uuid primary key,
    email text not null check (email = lower(email)),
    name text not null,
    -- argon2id in PHC form; never null, so a login always has something to compare with.
    password_hash text not null,
    email_verified_at timestamptz,
    -- Carried by every access token; raising it ends all of them at once.
    token_version int not null default 0,
    -- Operator of the installation.
    platform boolean not null default false,
    -- Sealed by platform/secret for this column and row. pending: shown but not yet confirmed.
    totp_secret bytea,
    totp_pending bytea,
    -- The last 30-second step a code was accepted for; a code never counts twice.
    totp_last_step bigint not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint users_email unique (email)
);
select share('users');

create table recovery_codes (
    user_id uuid not null references users (id),
    code_hash bytea not null,
    used_at timestamptz,
    created_at timestamptz not null,
    primary key (user_id, code_hash)
);
select share('recovery_codes');

-- Links sent by mail: to confirm an address, to set a new password.
create table user_links (
    id uuid primary key,
    user_id uuid not null references users (id),
    purpose text not null check (purpose in ('verify', 'reset')),
    token_hash bytea,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null,
    constraint user_links_token unique (token_hash)
);
create index user_links_by_user on user_links (user_id, purpose, created_at);
create index user_links_by_end on user_links (expires_at);
select share('user_links');

create table sessions (
    id uuid primary key,
    user_id uuid not null references users (id),
    -- The workspace the session is in; null for somebody who is in none.
    tenant_id uuid,
    user_agent text not null default '',
    ip text not null default '',
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_why text
);
create index sessions_by_user on sessions (user_id, tenant_id) where revoked_at is null;
create index sessions_by_use on sessions (user_id, last_used_at);
create index sessions_by_end on sessions (expires_at);
select share('sessions');

-- Every refresh token a session ever had: one that was replaced and comes back is a copy in
-- other hands, and ends the session.
create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references sessions (id) on delete cascade,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    replaced_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);
select share('refresh_tokens');

-- Guesses at passwords and codes, by hash of what is guessed and from where.
create table login_attempts (
    key bytea primary key,
    failures int not null,
    locked_until timestamptz,
    updated_at timestamptz not null
);
create index login_attempts_by_age on login_attempts (updated_at);
select share('login_attempts');

-- +goose Down
drop table login_attempts, refresh_tokens, sessions, user_links, recovery_codes, users,
    invitations, user_tenants, members, tenant_hosts, tenant_slugs, tenants;
