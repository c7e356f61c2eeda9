-- +goose Up

-- Two roles, and nothing else ever touches a row. aerostic_app sees one tenant per
-- transaction; aerostic_system sees all and is used through db.AsSystem only. Neither can
-- log in: a connection asks for one by the startup parameter "role", or logs in as a user
-- that was granted it. Roles belong to the cluster, so another database's migration may
-- be creating them at this moment.
-- +goose StatementBegin
do $$
declare
    wanted text;
begin
    foreach wanted in array array['aerostic_app', 'aerostic_system'] loop
        begin
            execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', wanted);
        exception when duplicate_object or unique_violation then null;
        end;
        begin
            execute format('grant %I to current_user', wanted);
        exception when unique_violation or internal_error then null;
        end;
    end loop;
end
$$;
-- +goose StatementEnd

revoke create on schema public from public;
grant usage on schema public to aerostic_app, aerostic_system;

-- River's tables come from rivermigrate, into this schema, with these rights.
create schema if not exists river;
grant usage on schema river to aerostic_app, aerostic_system;
alter default privileges in schema river grant select, insert, update, delete on tables to aerostic_app, aerostic_system;
alter default privileges in schema river grant usage, select on sequences to aerostic_app, aerostic_system;
alter default privileges in schema river grant execute on functions to aerostic_app, aerostic_system;

-- Policies compare tenant_id with nullif(current_setting('app.tenant_id', true), ''): after a
-- transaction that set it, the setting is '' rather than null. Both mean that no tenant is set,
-- and no row matches. The expression stands in each policy, so that it can drive an index.

-- protect puts a tenant's table under row level security: the application role sees and
-- writes the rows of the transaction's tenant, the system role all. FORCE binds the owner.
-- Partitions are reached through their parent only: they get no policy and no rights.
-- +goose StatementBegin
create function protect(target text) returns void language plpgsql as $$
declare
    part regclass;
begin
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy tenant on %I to aerostic_app
        using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
        with check (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', target);
    execute format('create policy system on %I to aerostic_system using (true) with check (true)', target);
    perform share(target);
    for part in select relid from pg_partition_tree(target::regclass) where level > 0 loop
        perform seal_partition(part);
    end loop;
end
$$;
-- +goose StatementEnd

-- seal_partition closes the way around the parent's policies.
-- +goose StatementBegin
create function seal_partition(part regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', part);
    execute format('alter table %s force row level security', part);
    execute format('revoke all on %s from public, aerostic_app, aerostic_system', part);
end
$$;
-- +goose StatementEnd

-- share gives both roles a global or local table. Such a table is listed with its reason
-- in platform/db's catalogue test.
-- +goose StatementBegin
create function share(target text) returns void language plpgsql as $$
begin
    execute format('revoke all on %I from public', target);
    execute format('grant select, insert, update, delete on %I to aerostic_app, aerostic_system', target);
end
$$;
-- +goose StatementEnd

-- append_only makes a table a record: rows are added and read, never changed or removed.
-- Call it after protect or share.
-- +goose StatementBegin
create function append_only(target text) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %I from aerostic_app, aerostic_system', target);
end
$$;
-- +goose StatementEnd

-- distribute spreads a table over a Citus cluster by its column, next to colocate_with.
-- Without the extension there is one machine, and nothing to do. Parents go first.
-- +goose StatementBegin
create function distribute(target text, key text, colocate_with text) returns void language plpgsql as $$
begin
    if not exists (select from pg_extension where extname = 'citus') then
        return;
    end if;
    if target = colocate_with then
        perform create_distributed_table(target::regclass, key);
    else
        perform create_distributed_table(target::regclass, key, colocate_with => colocate_with);
    end if;
end
$$;
-- +goose StatementEnd

-- id_floor is the lowest uuid whose first 48 bits are the milliseconds of that instant, so
-- every UUIDv7 made then or later is not below it.
-- +goose StatementBegin
create function id_floor(instant timestamptz) returns uuid language sql immutable strict as $$
    select rpad(lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;
-- +goose StatementEnd

-- ensure_partitions gives a table partitioned by range (id) its monthly partitions (months
-- of them, counted in UTC from from_month's month) and a default one, and returns how many
-- it made. It may run any number of times. settings are storage parameters
-- ("fillfactor=70"); null takes those of the default partition.
--
-- A partition is made beside the parent and then attached: that locks only the default
-- partition, which is empty while this runs ahead of time. The function acts as its owner,
-- so that the system role can run it from a periodic job; hence the check of settings.
-- +goose StatementBegin
create function ensure_partitions(parent text, from_month date, months int, settings text default null)
returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month timestamp := date_trunc('month', from_month::timestamp);
    rest text := parent || '_default';
    options text;
    made int := 0;
begin
    if settings !~ '^[a-z0-9_.,= ]*$' then
        raise exception 'ensure_partitions: settings % are not storage parameters', settings;
    end if;
    options := coalesce(settings, (select array_to_string(reloptions, ', ') from pg_class where oid = to_regclass(quote_ident(rest))), '');
    perform pg_advisory_xact_lock(hashtext('ensure_partitions'), hashtext(parent));
    made := made + add_partition(parent, rest, 'default', options);
    for n in 1..months loop
        made := made + add_partition(parent, parent || to_char(month, '"_y"YYYY"m"MM'),
            format('for values from (%L) to (%L)', id_floor(month at time zone 'UTC'),
                id_floor((month + interval '1 month') at time zone 'UTC')), options);
        month := month + interval '1 month';
    end loop;
    return made;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function add_partition(parent text, part text, bounds text, options text) returns int language plpgsql as $$
begin
    if to_regclass(quote_ident(part)) is not null then
        return 0;
    end if;
    execute format('create table %I (like %I including all)', part, parent)
        || case when options = '' then '' else ' with (' || options || ')' end;
    perform seal_partition(quote_ident(part)::regclass);
    execute format('alter table %I attach partition %I %s', parent, part, bounds);
    return 1;
end
$$;
-- +goose StatementEnd

revoke execute on function protect(text), seal_partition(regclass), share(text), append_only(text),
    distribute(text, text, text), ensure_partitions(text, date, int, text),
    add_partition(text, text, text, text) from public;
grant execute on function ensure_partitions(text, date, int, text) to aerostic_system;
