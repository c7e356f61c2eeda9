-- Answers remembered by Idempotency-Key (platform/web).
-- +goose Up

-- One row per key a caller chose. Rows are removed a day after they began, by the next claim of
-- the same tenant. tenant_id is the nil uuid for callers without a workspace, hence no foreign
-- key; those rows are reached as the system only.
create table idempotency_keys (
    tenant_id    uuid        not null,
    scope        text        not null, -- who calls and which operation
    key          text        not null, -- as the caller chose it
    request      bytea       not null, -- SHA-256 of path, query and body
    attempt      uuid        not null, -- only the attempt that holds the key may finish it
    started_at   timestamptz not null,
    locked_until timestamptz not null, -- an attempt not finished by then has crashed
    status       int,                  -- of the answer; null while the attempt runs
    content_type text        not null default '',
    location     text        not null default '',
    reply        bytea,
    primary key (tenant_id, scope, key)
);
create index idempotency_keys_by_age on idempotency_keys (tenant_id, started_at);
select protect('idempotency_keys');
select distribute('idempotency_keys', 'tenant_id', 'tenants');

-- +goose Down
drop table idempotency_keys;
