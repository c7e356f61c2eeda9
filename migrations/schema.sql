-- Written by `make schema` from the migrations; do not edit.

--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;

--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS 'standard public schema';

--
-- Name: add_partition(text, text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.add_partition(parent text, part text, bounds text, options text) RETURNS integer
    LANGUAGE plpgsql
    AS $$
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

--
-- Name: analyze_contacts(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.analyze_contacts() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    analyze contacts;
    analyze contact_tags;
    analyze contact_activity;
end $$;

--
-- Name: append_only(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.append_only(target text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    execute format('revoke update, delete, truncate on %I from aerostic_app, aerostic_system', target);
end
$$;

--
-- Name: distribute(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.distribute(target text, key text, colocate_with text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

--
-- Name: ensure_partitions(text, date, integer, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.ensure_partitions(parent text, from_month date, months integer, settings text DEFAULT NULL::text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
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
$_$;

--
-- Name: id_floor(timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.id_floor(instant timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT
    AS $$
    select rpad(lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

--
-- Name: look_through_conversation_texts(uuid, text, text, uuid, uuid, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.look_through_conversation_texts(tenant uuid, query text, common text, low_ uuid, before_ uuid, rows_ integer) RETURNS TABLE(id uuid, conversation_id uuid, kind text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
begin
    if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
        raise exception 'search in another workspace';
    end if;
    return query with recent as materialized (
        select t.id, t.conversation_id, t.kind, t.words @@ query::tsquery as hit, t.words @@ common::tsquery as like_it, row_number() over () as n
        from (select x.id, x.conversation_id, x.kind, x.words from conversation_texts x
            where x.tenant_id = tenant and x.id < before_ and x.id >= low_ order by x.id desc limit rows_) t)
        (select r.id, r.conversation_id, r.kind from recent r where r.hit order by r.n)
        union all
        select coalesce((select r.id from recent r where r.n = rows_), least(low_, before_)), null,
            case when exists (select from recent r where r.like_it) then 'common' end;
end $$;

--
-- Name: protect(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.protect(target text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

--
-- Name: seal_partition(regclass); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.seal_partition(part regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    execute format('alter table %s enable row level security', part);
    execute format('alter table %s force row level security', part);
    execute format('revoke all on %s from public, aerostic_app, aerostic_system', part);
end
$$;

--
-- Name: search_conversation_texts(uuid, text[], uuid, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_conversation_texts(tenant uuid, each text[], before_ uuid, limit_ integer) RETURNS TABLE(id uuid, conversation_id uuid, kind text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    AS $$
declare
    query text;
    found_ int;
    left_ int := limit_;
begin
    if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
        raise exception 'search in another workspace';
    end if;
    foreach query in array each loop
        return query select t.id, t.conversation_id, t.kind from conversation_texts t
            where t.words @@ query::tsquery and t.tenant_id = tenant and t.id < before_
            order by t.id desc limit left_;
        get diagnostics found_ = row_count;
        left_ := left_ - found_;
        exit when left_ <= 0;
    end loop;
end $$;

--
-- Name: search_conversation_texts(uuid, text[], text[], uuid, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ integer) RETURNS TABLE(id uuid, conversation_id uuid, kind text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    AS $$
declare
    found_ int;
    left_ int := limit_;
    seldom int := 3; -- how many more weeks may have the word than have not
begin
    if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
        raise exception 'search in another workspace';
    end if;
    for i in 1..cardinality(each) loop
        if whole is not null and seldom > 0 then
            perform from conversation_texts t where t.words @@ whole[i]::tsquery and t.tenant_id = tenant and t.id < before_ limit 1;
            seldom := seldom + case when found then -1 else 1 end;
            continue when not found;
        end if;
        return query select t.id, t.conversation_id, t.kind from conversation_texts t
            where t.words @@ each[i]::tsquery and t.tenant_id = tenant and t.id < before_
            order by t.id desc limit left_;
        get diagnostics found_ = row_count;
        left_ := left_ - found_;
        exit when left_ <= 0;
    end loop;
end $$;

--
-- Name: share(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.share(target text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    execute format('revoke all on %I from public', target);
    execute format('grant select, insert, update, delete on %I to aerostic_app, aerostic_system', target);
end
$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: assignment_rules; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.assignment_rules (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    "position" integer NOT NULL,
    rule jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.assignment_rules FORCE ROW LEVEL SECURITY;

--
-- Name: calendar_answers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_answers (
    tenant_id uuid NOT NULL,
    case_id uuid NOT NULL,
    calendar_id uuid NOT NULL,
    message_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.calendar_answers FORCE ROW LEVEL SECURITY;

--
-- Name: calendar_uses; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_uses (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    target_id uuid NOT NULL,
    calendar_id uuid NOT NULL,
    CONSTRAINT calendar_uses_kind_check CHECK ((kind = ANY (ARRAY['workspace'::text, 'channel'::text, 'team'::text])))
);

ALTER TABLE ONLY public.calendar_uses FORCE ROW LEVEL SECURITY;

--
-- Name: calendars; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendars (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    zone text DEFAULT ''::text NOT NULL,
    week jsonb NOT NULL,
    holidays boolean NOT NULL,
    days jsonb NOT NULL,
    away jsonb NOT NULL,
    away_on boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.calendars FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_act_counts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_act_counts (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    act text NOT NULL,
    messaged bigint DEFAULT 0 NOT NULL,
    held_out bigint DEFAULT 0 NOT NULL,
    messaged_value bigint DEFAULT 0 NOT NULL,
    held_out_value bigint DEFAULT 0 NOT NULL,
    messaged_square numeric DEFAULT 0 NOT NULL,
    held_out_square numeric DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.campaign_act_counts FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_acts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_acts (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    act text NOT NULL,
    held_out boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    value bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.campaign_acts FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_approvals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_approvals (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    amount bigint NOT NULL,
    schedule jsonb NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    requested_by uuid NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    comment text DEFAULT ''::text NOT NULL,
    CONSTRAINT campaign_approvals_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'void'::text])))
);

ALTER TABLE ONLY public.campaign_approvals FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_counters; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_counters (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    queued bigint DEFAULT 0 NOT NULL,
    sending bigint DEFAULT 0 NOT NULL,
    in_doubt bigint DEFAULT 0 NOT NULL,
    unknown bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    sent bigint DEFAULT 0 NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    read bigint DEFAULT 0 NOT NULL,
    expired bigint DEFAULT 0 NOT NULL,
    failed bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    cancelled bigint DEFAULT 0 NOT NULL,
    duplicate bigint DEFAULT 0 NOT NULL,
    committed bigint DEFAULT 0 NOT NULL,
    charged bigint DEFAULT 0 NOT NULL,
    frozen boolean DEFAULT false NOT NULL,
    feed_after uuid,
    timed boolean DEFAULT false NOT NULL,
    next_due timestamp with time zone,
    clicked bigint DEFAULT 0 NOT NULL,
    replied bigint DEFAULT 0 NOT NULL,
    held_out bigint DEFAULT 0 NOT NULL,
    resting bigint DEFAULT 0 NOT NULL,
    retrying bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='30');

ALTER TABLE ONLY public.campaign_counters FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_freezes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_freezes (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    after uuid NOT NULL
);

ALTER TABLE ONLY public.campaign_freezes FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_log (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    detail text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.campaign_log FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_occurrences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_occurrences (
    tenant_id uuid NOT NULL,
    series_id uuid NOT NULL,
    occurs_on date NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    campaign_id uuid,
    reason text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.campaign_occurrences FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_recipients; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_recipients (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    message_id uuid NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    params jsonb DEFAULT '[]'::jsonb NOT NULL,
    outcome text,
    reason text,
    template_id uuid,
    due_at timestamp with time zone,
    variant smallint DEFAULT 0 NOT NULL,
    attempts smallint DEFAULT 1 NOT NULL,
    retry_at timestamp with time zone,
    replied_at timestamp with time zone
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.campaign_recipients FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_series; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_series (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    rule text NOT NULL,
    starts_on date NOT NULL,
    at_minute smallint NOT NULL,
    zone text NOT NULL,
    holidays text NOT NULL,
    late_hours smallint NOT NULL,
    local boolean DEFAULT false NOT NULL,
    paused_at timestamp with time zone,
    next_on date,
    next_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT campaign_series_at_minute_check CHECK (((at_minute >= 0) AND (at_minute <= 1439))),
    CONSTRAINT campaign_series_holidays_check CHECK ((holidays = ANY (ARRAY['run'::text, 'skip'::text, 'before'::text, 'after'::text]))),
    CONSTRAINT campaign_series_late_hours_check CHECK (((late_hours >= 0) AND (late_hours <= 23)))
);

ALTER TABLE ONLY public.campaign_series FORCE ROW LEVEL SECURITY;

--
-- Name: campaign_variants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaign_variants (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    variant smallint NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    queued bigint DEFAULT 0 NOT NULL,
    sending bigint DEFAULT 0 NOT NULL,
    in_doubt bigint DEFAULT 0 NOT NULL,
    unknown bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    sent bigint DEFAULT 0 NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    read bigint DEFAULT 0 NOT NULL,
    expired bigint DEFAULT 0 NOT NULL,
    failed bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    cancelled bigint DEFAULT 0 NOT NULL,
    duplicate bigint DEFAULT 0 NOT NULL,
    committed bigint DEFAULT 0 NOT NULL,
    charged bigint DEFAULT 0 NOT NULL,
    replied bigint DEFAULT 0 NOT NULL,
    retrying bigint DEFAULT 0 NOT NULL,
    clicked bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='30');

ALTER TABLE ONLY public.campaign_variants FORCE ROW LEVEL SECURITY;

--
-- Name: campaigns; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.campaigns (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    pause_reason text DEFAULT ''::text NOT NULL,
    pause_code integer DEFAULT 0 NOT NULL,
    channel_id uuid,
    template_id uuid,
    audience jsonb DEFAULT '{}'::jsonb NOT NULL,
    mapping jsonb DEFAULT '[]'::jsonb NOT NULL,
    budget_cap bigint,
    scheduled_at timestamp with time zone,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    by_language boolean DEFAULT false NOT NULL,
    agreed_category text DEFAULT ''::text NOT NULL,
    local_at timestamp without time zone,
    series_id uuid,
    occurs_on date,
    approved_cap bigint,
    uncapped boolean DEFAULT false NOT NULL,
    experiment jsonb,
    hold_out smallint DEFAULT 0 NOT NULL,
    window_days smallint DEFAULT 7 NOT NULL,
    retry_days smallint DEFAULT 0 NOT NULL,
    retry_until timestamp with time zone,
    decide_at timestamp with time zone,
    winner smallint DEFAULT 0 NOT NULL,
    route text DEFAULT 'usual'::text NOT NULL
);

ALTER TABLE ONLY public.campaigns FORCE ROW LEVEL SECURITY;

--
-- Name: canned_replies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.canned_replies (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid,
    name text NOT NULL,
    shortcut text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL,
    upload_id uuid,
    uses bigint DEFAULT 0 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.canned_replies FORCE ROW LEVEL SECURITY;

--
-- Name: channel_owners; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.channel_owners (
    phone_number_id text NOT NULL,
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

--
-- Name: channels; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.channels (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    phone_number_id text NOT NULL,
    waba_id text NOT NULL,
    portfolio_id text NOT NULL,
    display_phone text DEFAULT ''::text NOT NULL,
    verified_name text DEFAULT ''::text NOT NULL,
    name_status text DEFAULT ''::text NOT NULL,
    token bytea,
    status text NOT NULL,
    pause_reason text DEFAULT ''::text NOT NULL,
    pause_note text DEFAULT ''::text NOT NULL,
    pause_until timestamp with time zone,
    status_note text DEFAULT ''::text NOT NULL,
    quality text DEFAULT 'UNKNOWN'::text NOT NULL,
    throughput_level text DEFAULT 'STANDARD'::text NOT NULL,
    throughput integer NOT NULL,
    coexistence boolean DEFAULT false NOT NULL,
    limit_tier text DEFAULT ''::text NOT NULL,
    daily_limit integer,
    subscribed_at timestamp with time zone,
    refreshed_at timestamp with time zone,
    refresh_error text DEFAULT ''::text NOT NULL,
    removed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    marketing_api text DEFAULT ''::text NOT NULL,
    CONSTRAINT channels_daily_limit_check CHECK (((daily_limit IS NULL) OR (daily_limit > 0))),
    CONSTRAINT channels_status_check CHECK ((status = ANY (ARRAY['connected'::text, 'paused'::text, 'needs_reauth'::text, 'disconnected'::text, 'banned'::text]))),
    CONSTRAINT channels_throughput_check CHECK ((throughput > 0))
);

ALTER TABLE ONLY public.channels FORCE ROW LEVEL SECURITY;

--
-- Name: closing_reasons; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.closing_reasons (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone
);

ALTER TABLE ONLY public.closing_reasons FORCE ROW LEVEL SECURITY;

--
-- Name: consent_confirmations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.consent_confirmations (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    wanted_at timestamp with time zone NOT NULL,
    lapses_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    message_id uuid,
    shown text DEFAULT ''::text NOT NULL,
    problem text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.consent_confirmations FORCE ROW LEVEL SECURITY;

--
-- Name: consent_records; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.consent_records (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    topic_id uuid,
    frequency_days smallint,
    via text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    recorded_by text DEFAULT ''::text NOT NULL,
    shown text DEFAULT ''::text NOT NULL,
    evidence text DEFAULT ''::text NOT NULL,
    proof jsonb DEFAULT '{}'::jsonb NOT NULL,
    message_id uuid,
    batch_id uuid,
    happened_at timestamp with time zone NOT NULL,
    CONSTRAINT consent_records_purpose_check CHECK ((purpose = ANY (ARRAY['marketing'::text, 'utility'::text, 'all'::text]))),
    CONSTRAINT consent_records_state_check CHECK ((state = ANY (ARRAY['in'::text, 'pending'::text, 'out'::text, 'unknown'::text])))
);

ALTER TABLE ONLY public.consent_records FORCE ROW LEVEL SECURITY;

--
-- Name: consent_requests; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.consent_requests (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    message_id uuid NOT NULL,
    words text NOT NULL,
    score real NOT NULL,
    state text NOT NULL,
    before text DEFAULT 'unknown'::text NOT NULL,
    decided_by text DEFAULT ''::text NOT NULL,
    decided_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT consent_requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acted'::text, 'stopped'::text, 'left'::text, 'dismissed'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.consent_requests FORCE ROW LEVEL SECURITY;

--
-- Name: consent_settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.consent_settings (
    tenant_id uuid NOT NULL,
    words jsonb,
    stop_means text DEFAULT 'marketing'::text NOT NULL,
    stop_reply text DEFAULT ''::text NOT NULL,
    start_reply text DEFAULT ''::text NOT NULL,
    listening boolean DEFAULT true NOT NULL,
    needs_opt_in boolean DEFAULT false NOT NULL,
    texts jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    confirming boolean DEFAULT false NOT NULL,
    confirm_days smallint DEFAULT 7 NOT NULL,
    confirm_channel uuid,
    confirm_template uuid,
    confirm_text text DEFAULT ''::text NOT NULL,
    CONSTRAINT consent_settings_confirm_days_check CHECK (((confirm_days >= 1) AND (confirm_days <= 90))),
    CONSTRAINT consent_settings_stop_means_check CHECK ((stop_means = ANY (ARRAY['marketing'::text, 'all'::text])))
);

ALTER TABLE ONLY public.consent_settings FORCE ROW LEVEL SECURITY;

--
-- Name: consent_topics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.consent_topics (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_hi text DEFAULT ''::text NOT NULL,
    templates text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

ALTER TABLE ONLY public.consent_topics FORCE ROW LEVEL SECURITY;

--
-- Name: contact_activity; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_activity (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    written_at timestamp with time zone,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    read_at timestamp with time zone,
    failed_at timestamp with time zone
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.contact_activity FORCE ROW LEVEL SECURITY;

--
-- Name: contact_activity_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_activity_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    contacts uuid[] NOT NULL,
    marks smallint[] NOT NULL
);

ALTER TABLE ONLY public.contact_activity_log FORCE ROW LEVEL SECURITY;

--
-- Name: contact_bulks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_bulks (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    action jsonb NOT NULL,
    filter jsonb NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    total bigint,
    after jsonb DEFAULT '{}'::jsonb NOT NULL,
    seen bigint DEFAULT 0 NOT NULL,
    changed bigint DEFAULT 0 NOT NULL,
    claim uuid,
    claimed_until timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT contact_bulks_counts CHECK ((changed <= seen)),
    CONSTRAINT contact_bulks_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.contact_bulks FORCE ROW LEVEL SECURITY;

--
-- Name: contact_duplicates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_duplicates (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    other_id uuid NOT NULL,
    source text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    dismissed_at timestamp with time zone
);

ALTER TABLE ONLY public.contact_duplicates FORCE ROW LEVEL SECURITY;

--
-- Name: contact_erasures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_erasures (
    tenant_id uuid NOT NULL,
    hash bytea NOT NULL,
    erased_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_erasures FORCE ROW LEVEL SECURITY;

--
-- Name: contact_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_events (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    subject_id uuid,
    changes jsonb DEFAULT '[]'::jsonb NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_events FORCE ROW LEVEL SECURITY;

--
-- Name: contact_fields; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_fields (
    tenant_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL,
    type text DEFAULT 'text'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    options text[] DEFAULT '{}'::text[] NOT NULL,
    becomes jsonb,
    deleted_at timestamp with time zone,
    CONSTRAINT contact_fields_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
    CONSTRAINT contact_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'choice'::text])))
);

ALTER TABLE ONLY public.contact_fields FORCE ROW LEVEL SECURITY;

--
-- Name: contact_merges; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_merges (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    other_id uuid NOT NULL,
    before jsonb NOT NULL,
    tag_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    made_by text DEFAULT ''::text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    carried jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY public.contact_merges FORCE ROW LEVEL SECURITY;

--
-- Name: contact_messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_messages (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    message_id uuid NOT NULL
);

ALTER TABLE ONLY public.contact_messages FORCE ROW LEVEL SECURITY;

--
-- Name: contact_notes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_notes (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    id uuid NOT NULL,
    body text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    CONSTRAINT contact_notes_body_check CHECK ((body <> ''::text))
);

ALTER TABLE ONLY public.contact_notes FORCE ROW LEVEL SECURITY;

--
-- Name: contact_requests; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_requests (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    place jsonb DEFAULT '{}'::jsonb NOT NULL,
    made_by text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT contact_requests_kind_check CHECK ((kind = ANY (ARRAY['export'::text, 'erasure'::text]))),
    CONSTRAINT contact_requests_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.contact_requests FORCE ROW LEVEL SECURITY;

--
-- Name: contact_stages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_stages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    tone text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT contact_stages_tone_check CHECK ((tone = ANY (ARRAY['neutral'::text, 'info'::text, 'warning'::text, 'success'::text, 'danger'::text])))
);

ALTER TABLE ONLY public.contact_stages FORCE ROW LEVEL SECURITY;

--
-- Name: contact_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_tags (
    tenant_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    contact_id uuid NOT NULL
);

ALTER TABLE ONLY public.contact_tags FORCE ROW LEVEL SECURITY;

--
-- Name: contact_tallies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contact_tallies (
    tenant_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    id uuid NOT NULL,
    delta bigint NOT NULL
);

ALTER TABLE ONLY public.contact_tallies FORCE ROW LEVEL SECURITY;

--
-- Name: contacts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contacts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    phone text COLLATE pg_catalog."C",
    wa_id text COLLATE pg_catalog."C",
    wa_differs boolean DEFAULT false NOT NULL,
    bsuid text COLLATE pg_catalog."C",
    name text DEFAULT ''::text NOT NULL,
    name_key text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    email text COLLATE pg_catalog."C",
    locale text,
    market text DEFAULT ''::text NOT NULL,
    fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    opt_in text DEFAULT 'unknown'::text NOT NULL,
    opt_in_source text DEFAULT ''::text NOT NULL,
    opt_in_at timestamp with time zone,
    opt_in_evidence text DEFAULT ''::text NOT NULL,
    suppressed_at timestamp with time zone,
    suppress_reason text DEFAULT ''::text NOT NULL,
    suppressed_by text DEFAULT ''::text NOT NULL,
    unreachable_at timestamp with time zone,
    unreachable_reason text DEFAULT ''::text NOT NULL,
    window_open_until timestamp with time zone,
    import_id uuid,
    created_import_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    stage_id uuid,
    stage_at timestamp with time zone,
    owner_id uuid,
    merged_into uuid,
    erased_at timestamp with time zone,
    utility_out boolean DEFAULT false NOT NULL,
    topics_out uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    marketing_days smallint DEFAULT 0 NOT NULL,
    consent_version integer DEFAULT 0 NOT NULL,
    CONSTRAINT contacts_address CHECK (((phone IS NOT NULL) OR (bsuid IS NOT NULL) OR (merged_into IS NOT NULL) OR (erased_at IS NOT NULL))),
    CONSTRAINT contacts_email_check CHECK ((email = lower(email))),
    CONSTRAINT contacts_gone CHECK ((((merged_into IS NULL) AND (erased_at IS NULL)) OR (deleted_at IS NOT NULL))),
    CONSTRAINT contacts_opt_in_check CHECK ((opt_in = ANY (ARRAY['unknown'::text, 'pending'::text, 'in'::text, 'out'::text]))),
    CONSTRAINT contacts_stage CHECK (((stage_id IS NULL) = (stage_at IS NULL))),
    CONSTRAINT contacts_wa_id CHECK (((wa_id IS NULL) = (phone IS NULL)))
)
WITH (fillfactor='90');

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_cases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_cases (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    first_inbound_at timestamp with time zone,
    first_reply_at timestamp with time zone,
    first_reply_by uuid,
    messages_in integer DEFAULT 0 NOT NULL,
    messages_out integer DEFAULT 0 NOT NULL,
    assignee_id uuid,
    team_id uuid,
    handler text DEFAULT 'people'::text NOT NULL,
    resolved_at timestamp with time zone,
    resolved_by uuid,
    reason_id uuid,
    closing_note text DEFAULT ''::text NOT NULL,
    CONSTRAINT conversation_cases_opened_by_check CHECK ((opened_by = ANY (ARRAY['customer'::text, 'business'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.conversation_cases FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_drafts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_drafts (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    body jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.conversation_drafts FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_entries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_entries (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    what text DEFAULT ''::text NOT NULL,
    by_kind text NOT NULL,
    by_id uuid,
    by_name text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    mentions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    CONSTRAINT conversation_entries_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'event'::text])))
);

ALTER TABLE ONLY public.conversation_entries FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_labels; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_labels (
    tenant_id uuid NOT NULL,
    label_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    last_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.conversation_labels FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_mentions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_mentions (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    read_at timestamp with time zone
);

ALTER TABLE ONLY public.conversation_mentions FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_texts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_texts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    kind text NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT conversation_texts_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'note'::text])))
)
WITH (autovacuum_vacuum_insert_scale_factor='0.05');

ALTER TABLE ONLY public.conversation_texts FORCE ROW LEVEL SECURITY;

--
-- Name: conversation_views; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation_views (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    user_id uuid,
    filter jsonb NOT NULL,
    "position" integer NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.conversation_views FORCE ROW LEVEL SECURITY;

--
-- Name: conversations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    status text NOT NULL,
    assignee_id uuid,
    team_id uuid,
    handler text DEFAULT 'people'::text NOT NULL,
    bot_id uuid,
    case_id uuid,
    snoozed_until timestamp with time zone,
    waiting_since timestamp with time zone,
    unread integer DEFAULT 0 NOT NULL,
    blocked_at timestamp with time zone,
    last_at timestamp with time zone NOT NULL,
    last_message_id uuid,
    last_direction text DEFAULT ''::text NOT NULL,
    last_kind text DEFAULT ''::text NOT NULL,
    preview text DEFAULT ''::text NOT NULL,
    last_inbound_id uuid,
    last_inbound_at timestamp with time zone,
    window_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT conversations_case CHECK (((status = 'resolved'::text) = (case_id IS NULL))),
    CONSTRAINT conversations_handler_check CHECK ((handler = ANY (ARRAY['people'::text, 'bot'::text]))),
    CONSTRAINT conversations_snoozed CHECK (((status = 'snoozed'::text) = (snoozed_until IS NOT NULL))),
    CONSTRAINT conversations_status_check CHECK ((status = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text, 'resolved'::text])))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE ONLY public.conversations FORCE ROW LEVEL SECURITY;

--
-- Name: conversions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversions (
    tenant_id uuid NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    goal_id uuid NOT NULL,
    contact_id uuid,
    value bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    campaign_id uuid,
    touched_at timestamp with time zone,
    look_at timestamp with time zone,
    received_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.conversions FORCE ROW LEVEL SECURITY;

--
-- Name: csat_asks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.csat_asks (
    tenant_id uuid NOT NULL,
    case_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    team_id uuid,
    assignee_id uuid,
    handler text NOT NULL,
    resolved_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    message_id uuid,
    asked_at timestamp with time zone,
    score smallint,
    scale smallint DEFAULT 5 NOT NULL,
    answered_at timestamp with time zone,
    comment_until timestamp with time zone,
    comment text DEFAULT ''::text NOT NULL,
    comment_at timestamp with time zone,
    CONSTRAINT csat_asks_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'asked'::text, 'answered'::text, 'skipped'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.csat_asks FORCE ROW LEVEL SECURITY;

--
-- Name: csat_settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.csat_settings (
    tenant_id uuid NOT NULL,
    settings jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.csat_settings FORCE ROW LEVEL SECURITY;

--
-- Name: desk_members; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.desk_members (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    away boolean DEFAULT false NOT NULL,
    capacity integer DEFAULT 0 NOT NULL,
    seen_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    given_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT desk_members_capacity_check CHECK ((capacity >= 0))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.desk_members FORCE ROW LEVEL SECURITY;

--
-- Name: desk_queue; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.desk_queue (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    team_id uuid,
    queued_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.desk_queue FORCE ROW LEVEL SECURITY;

--
-- Name: desk_waits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.desk_waits (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.desk_waits FORCE ROW LEVEL SECURITY;

--
-- Name: goals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.goals (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    touch text NOT NULL,
    window_days smallint NOT NULL,
    value bigint DEFAULT 0 NOT NULL,
    archived_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT goals_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
    CONSTRAINT goals_touch_check CHECK ((touch = ANY (ARRAY['delivered'::text, 'clicked'::text]))),
    CONSTRAINT goals_value_check CHECK ((value >= 0)),
    CONSTRAINT goals_window_days_check CHECK (((window_days >= 1) AND (window_days <= 90)))
);

ALTER TABLE ONLY public.goals FORCE ROW LEVEL SECURITY;

--
-- Name: goose_db_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);

--
-- Name: goose_db_version_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: holidays; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.holidays (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    on_date date NOT NULL,
    yearly boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.holidays FORCE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_keys (
    tenant_id uuid NOT NULL,
    scope text NOT NULL,
    key text NOT NULL,
    request bytea NOT NULL,
    attempt uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone NOT NULL,
    status integer,
    content_type text DEFAULT ''::text NOT NULL,
    location text DEFAULT ''::text NOT NULL,
    reply bytea
);

ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;

--
-- Name: import_addresses; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import_addresses (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.import_addresses FORCE ROW LEVEL SECURITY;

--
-- Name: import_changes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import_changes (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    first_row bigint NOT NULL,
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    contact_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    event_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    tag_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    tagged_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.import_changes FORCE ROW LEVEL SECURITY;

--
-- Name: imports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.imports (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    file_name text NOT NULL,
    size bigint NOT NULL,
    encoding text NOT NULL,
    delimiter text NOT NULL,
    has_header boolean NOT NULL,
    columns jsonb NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    tag_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    next_offset bigint DEFAULT 0 NOT NULL,
    next_row bigint DEFAULT 1 NOT NULL,
    rows bigint DEFAULT 0 NOT NULL,
    created bigint DEFAULT 0 NOT NULL,
    updated bigint DEFAULT 0 NOT NULL,
    duplicate bigint DEFAULT 0 NOT NULL,
    invalid bigint DEFAULT 0 NOT NULL,
    error_parts bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    claim uuid,
    claimed_until timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    dry_run boolean DEFAULT false NOT NULL,
    sample jsonb DEFAULT '[]'::jsonb NOT NULL,
    made_list uuid,
    undo_row bigint,
    undo_removed bigint DEFAULT 0 NOT NULL,
    undo_restored bigint DEFAULT 0 NOT NULL,
    undo_kept bigint DEFAULT 0 NOT NULL,
    undo_parts bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT imports_counts CHECK ((rows = (((created + updated) + duplicate) + invalid))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'running'::text, 'tried'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;

--
-- Name: inbound_ids; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbound_ids (
    tenant_id uuid NOT NULL,
    wamid text NOT NULL,
    message_id uuid NOT NULL
);

ALTER TABLE ONLY public.inbound_ids FORCE ROW LEVEL SECURITY;

--
-- Name: inbox_settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbox_settings (
    tenant_id uuid NOT NULL,
    read_receipts boolean DEFAULT true NOT NULL,
    assignee_only boolean DEFAULT false NOT NULL,
    assign_on_reply boolean DEFAULT true NOT NULL,
    require_reason boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.inbox_settings FORCE ROW LEVEL SECURITY;

--
-- Name: invitations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.invitations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    invited_by uuid NOT NULL,
    token_hash bytea,
    expires_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT invitations_email_check CHECK ((email = lower(email))),
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text])))
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

--
-- Name: labels; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.labels (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    tone text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT labels_tone_check CHECK ((tone = ANY (ARRAY['neutral'::text, 'info'::text, 'warning'::text, 'success'::text, 'danger'::text, 'violet'::text])))
);

ALTER TABLE ONLY public.labels FORCE ROW LEVEL SECURITY;

--
-- Name: lanes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lanes (
    channel_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    token bigint DEFAULT 0 NOT NULL,
    holder text DEFAULT ''::text NOT NULL,
    expires_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

--
-- Name: link_clickers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_clickers (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    number smallint NOT NULL,
    contact_id uuid NOT NULL
);

ALTER TABLE ONLY public.link_clickers FORCE ROW LEVEL SECURITY;

--
-- Name: link_clicks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_clicks (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    number smallint NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.link_clicks FORCE ROW LEVEL SECURITY;

--
-- Name: link_domains; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_domains (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    host text NOT NULL,
    proof text NOT NULL,
    verified_at timestamp with time zone,
    in_use boolean DEFAULT false NOT NULL,
    checked_at timestamp with time zone,
    problem text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT link_domains_host_check CHECK ((host = lower(host)))
);

ALTER TABLE ONLY public.link_domains FORCE ROW LEVEL SECURITY;

--
-- Name: link_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_keys (
    tenant_id uuid NOT NULL,
    key bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.link_keys FORCE ROW LEVEL SECURITY;

--
-- Name: links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.links (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    number smallint NOT NULL,
    slot text NOT NULL,
    url text NOT NULL,
    people bigint DEFAULT 0 NOT NULL,
    clicks bigint DEFAULT 0 NOT NULL,
    CONSTRAINT links_number_check CHECK (((number >= 1) AND (number <= 63)))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.links FORCE ROW LEVEL SECURITY;

--
-- Name: login_attempts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.login_attempts (
    key bytea NOT NULL,
    failures integer NOT NULL,
    locked_until timestamp with time zone,
    updated_at timestamp with time zone NOT NULL
);

--
-- Name: macros; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.macros (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    steps jsonb NOT NULL,
    uses bigint DEFAULT 0 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.macros FORCE ROW LEVEL SECURITY;

--
-- Name: marketing_touches; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.marketing_touches (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    message_id uuid NOT NULL
);

ALTER TABLE ONLY public.marketing_touches FORCE ROW LEVEL SECURITY;

--
-- Name: markups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.markups (
    id uuid NOT NULL,
    currency text NOT NULL,
    market text DEFAULT ''::text NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    basis_points bigint DEFAULT 0 NOT NULL,
    fixed bigint DEFAULT 0 NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    effective_to timestamp with time zone
);

--
-- Name: members; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.members (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text])))
);

ALTER TABLE ONLY public.members FORCE ROW LEVEL SECURITY;

--
-- Name: message_claims; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_claims (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    rules jsonb NOT NULL
);

ALTER TABLE ONLY public.message_claims FORCE ROW LEVEL SECURITY;

--
-- Name: message_edits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_edits (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    id uuid NOT NULL,
    body jsonb NOT NULL
);

ALTER TABLE ONLY public.message_edits FORCE ROW LEVEL SECURITY;

--
-- Name: message_incidents; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_incidents (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT message_incidents_kind_check CHECK ((kind = ANY (ARRAY['delayed'::text, 'parked'::text, 'handed_back'::text, 'in_doubt'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.message_incidents FORCE ROW LEVEL SECURITY;

--
-- Name: message_media; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_media (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    kind text NOT NULL,
    media_id text DEFAULT ''::text NOT NULL,
    mime text DEFAULT ''::text NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    sha256 text DEFAULT ''::text NOT NULL,
    filename text DEFAULT ''::text NOT NULL,
    voice boolean DEFAULT false NOT NULL,
    animated boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    blob text DEFAULT ''::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    keep_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    uploaded boolean DEFAULT false NOT NULL,
    CONSTRAINT message_media_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'failed'::text, 'refused'::text, 'erased'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.message_media FORCE ROW LEVEL SECURITY;

--
-- Name: message_reactions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_reactions (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    by text NOT NULL,
    emoji text NOT NULL,
    at timestamp with time zone NOT NULL,
    place uuid NOT NULL,
    CONSTRAINT message_reactions_by_check CHECK ((by = ANY (ARRAY['contact'::text, 'business'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.message_reactions FORCE ROW LEVEL SECURITY;

--
-- Name: messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    campaign_id uuid,
    direction text DEFAULT 'out'::text NOT NULL,
    origin text NOT NULL,
    priority smallint DEFAULT 1 NOT NULL,
    kind text NOT NULL,
    template_id uuid,
    params jsonb DEFAULT '[]'::jsonb NOT NULL,
    body jsonb,
    state text NOT NULL,
    reason text,
    error_code integer,
    error_detail text,
    due_at timestamp with time zone,
    claim uuid,
    deadline timestamp with time zone,
    retries smallint DEFAULT 0 NOT NULL,
    wamid text,
    resend_of uuid,
    created_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    accepted_at timestamp with time zone,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    read_at timestamp with time zone,
    ended_at timestamp with time zone,
    category text DEFAULT ''::text NOT NULL,
    market text DEFAULT ''::text NOT NULL,
    rate_card uuid,
    hold_amount bigint DEFAULT 0 NOT NULL,
    hold_transaction uuid,
    hold_open boolean DEFAULT false NOT NULL,
    base bigint DEFAULT 0 NOT NULL,
    markup bigint DEFAULT 0 NOT NULL,
    posted_base bigint DEFAULT 0 NOT NULL,
    posted_markup bigint DEFAULT 0 NOT NULL,
    posted_seq smallint DEFAULT 0 NOT NULL,
    pricing_type text DEFAULT ''::text NOT NULL,
    pricing_category text DEFAULT ''::text NOT NULL,
    variant smallint DEFAULT 0 NOT NULL,
    superseded boolean DEFAULT false NOT NULL,
    gate_opt_in text,
    gate_recent smallint,
    gate_window timestamp with time zone,
    source text DEFAULT ''::text NOT NULL,
    edited_at timestamp with time zone,
    revoked_at timestamp with time zone,
    sent_by uuid,
    scheduled_at timestamp with time zone,
    CONSTRAINT messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
)
PARTITION BY RANGE (id);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

--
-- Name: notification_preferences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notification_preferences (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    choices jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.notification_preferences FORCE ROW LEVEL SECURITY;

--
-- Name: notifications; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notifications (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    event text NOT NULL,
    subject uuid NOT NULL,
    item uuid NOT NULL,
    actor uuid,
    n integer NOT NULL,
    app boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    push_due timestamp with time zone,
    mail_due timestamp with time zone
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.notifications FORCE ROW LEVEL SECURITY;

--
-- Name: payment_requests; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payment_requests (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    reference text NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    gateway text NOT NULL,
    configuration text NOT NULL,
    expires_at timestamp with time zone,
    status text DEFAULT 'requested'::text NOT NULL,
    paid_amount bigint,
    paid_currency text DEFAULT ''::text NOT NULL,
    method text DEFAULT ''::text NOT NULL,
    transaction_id text DEFAULT ''::text NOT NULL,
    failure text DEFAULT ''::text NOT NULL,
    told_at timestamp with time zone,
    paid_at timestamp with time zone,
    checked_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_requests_amount_check CHECK ((amount > 0)),
    CONSTRAINT payment_requests_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'pending'::text, 'failed'::text, 'differs'::text, 'paid'::text])))
);

ALTER TABLE ONLY public.payment_requests FORCE ROW LEVEL SECURITY;

--
-- Name: portfolio_reach; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.portfolio_reach (
    tenant_id uuid NOT NULL,
    portfolio_id text NOT NULL,
    contact_id uuid NOT NULL,
    reached_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.portfolio_reach FORCE ROW LEVEL SECURITY;

--
-- Name: push_devices; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.push_devices (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_hash bytea NOT NULL,
    sealed bytea NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE ONLY public.push_devices FORCE ROW LEVEL SECURITY;

--
-- Name: push_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.push_keys (
    id uuid NOT NULL,
    public text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

--
-- Name: rate_cards; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rate_cards (
    id uuid NOT NULL,
    currency text NOT NULL,
    source text NOT NULL,
    converts uuid,
    conversion bigint,
    conversion_note text DEFAULT ''::text NOT NULL,
    effective_from date NOT NULL,
    effective_to date,
    CONSTRAINT rate_cards_check CHECK (((converts IS NULL) = (conversion IS NULL))),
    CONSTRAINT rate_cards_conversion_check CHECK ((conversion > 0))
);

--
-- Name: rates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rates (
    rate_card_id uuid NOT NULL,
    market text NOT NULL,
    category text NOT NULL,
    base bigint NOT NULL,
    CONSTRAINT rates_base_check CHECK ((base >= 0))
);

--
-- Name: recovery_codes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

--
-- Name: refresh_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.refresh_tokens (
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone
);

--
-- Name: segments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.segments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    query jsonb NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.segments FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_counts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_counts (
    tenant_id uuid NOT NULL,
    sequence_id uuid NOT NULL,
    step_id uuid NOT NULL,
    what text NOT NULL,
    n bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.sequence_counts FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_enrolments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_enrolments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sequence_id uuid NOT NULL,
    version integer NOT NULL,
    contact_id uuid NOT NULL,
    entry text NOT NULL,
    state text NOT NULL,
    step smallint DEFAULT 0 NOT NULL,
    last_step uuid,
    next_due timestamp with time zone,
    event_id text,
    event jsonb DEFAULT '{}'::jsonb NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    exit_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT sequence_enrolments_entry_check CHECK ((entry = ANY (ARRAY['every'::text, 'once'::text, 'alone'::text]))),
    CONSTRAINT sequence_enrolments_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'finished'::text, 'exited'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.sequence_enrolments FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_events (
    tenant_id uuid NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    name text NOT NULL,
    contact_id uuid,
    answer jsonb NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sequence_events FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_intakes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_intakes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sequence_id uuid NOT NULL,
    audience jsonb NOT NULL,
    after uuid NOT NULL,
    total bigint NOT NULL,
    looked bigint DEFAULT 0 NOT NULL,
    entered bigint DEFAULT 0 NOT NULL,
    made_by uuid,
    made_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone
);

ALTER TABLE ONLY public.sequence_intakes FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_sends; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_sends (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    enrolment_id uuid NOT NULL,
    sequence_id uuid NOT NULL,
    step_id uuid NOT NULL,
    number smallint NOT NULL,
    contact_id uuid NOT NULL,
    outcome text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    replied_at timestamp with time zone
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.sequence_sends FORCE ROW LEVEL SECURITY;

--
-- Name: sequence_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequence_versions (
    tenant_id uuid NOT NULL,
    sequence_id uuid NOT NULL,
    number integer NOT NULL,
    definition jsonb NOT NULL,
    published_by uuid,
    published_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sequence_versions FORCE ROW LEVEL SECURITY;

--
-- Name: sequences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sequences (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    pause_reason text DEFAULT ''::text NOT NULL,
    draft jsonb NOT NULL,
    live integer DEFAULT 0 NOT NULL,
    move_to integer DEFAULT 0 NOT NULL,
    trigger_kind text DEFAULT ''::text NOT NULL,
    trigger_key text DEFAULT ''::text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT sequences_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.sequences FORCE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    tenant_id uuid,
    user_agent text DEFAULT ''::text NOT NULL,
    ip text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_why text
);

--
-- Name: set_asides; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.set_asides (
    id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    phone_number_id text DEFAULT ''::text NOT NULL,
    waba_id text DEFAULT ''::text NOT NULL,
    tenant_id uuid,
    item jsonb NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone
);

--
-- Name: sla_clocks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sla_clocks (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    team_id uuid,
    kind text NOT NULL,
    policy_id uuid NOT NULL,
    minutes integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    pauses timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    due_at timestamp with time zone,
    look_at timestamp with time zone,
    breached_at timestamp with time zone,
    level smallint DEFAULT 0 NOT NULL,
    raised boolean DEFAULT false NOT NULL,
    stopped_at timestamp with time zone,
    outcome text DEFAULT ''::text NOT NULL,
    CONSTRAINT sla_clocks_kind_check CHECK ((kind = ANY (ARRAY['first'::text, 'next'::text, 'resolution'::text]))),
    CONSTRAINT sla_clocks_outcome_check CHECK ((outcome = ANY (ARRAY[''::text, 'kept'::text, 'missed'::text, 'dropped'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.sla_clocks FORCE ROW LEVEL SECURITY;

--
-- Name: sla_policies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sla_policies (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    "position" integer NOT NULL,
    active boolean NOT NULL,
    definition jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sla_policies FORCE ROW LEVEL SECURITY;

--
-- Name: support_counts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.support_counts (
    tenant_id uuid NOT NULL,
    what text NOT NULL,
    day date NOT NULL,
    value integer NOT NULL,
    channel_id uuid NOT NULL,
    team_id uuid NOT NULL,
    user_id uuid NOT NULL,
    n bigint NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.support_counts FORCE ROW LEVEL SECURITY;

--
-- Name: support_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.support_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    days date[] NOT NULL,
    whats text[] NOT NULL,
    vals integer[] NOT NULL,
    channels uuid[] NOT NULL,
    teams uuid[] NOT NULL,
    users uuid[] NOT NULL,
    ns integer[] NOT NULL
);

ALTER TABLE ONLY public.support_log FORCE ROW LEVEL SECURITY;

--
-- Name: tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tags (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text DEFAULT 'tag'::text NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT tags_kind_check CHECK ((kind = ANY (ARRAY['tag'::text, 'list'::text])))
);

ALTER TABLE ONLY public.tags FORCE ROW LEVEL SECURITY;

--
-- Name: team_members; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.team_members (
    tenant_id uuid NOT NULL,
    team_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.team_members FORCE ROW LEVEL SECURITY;

--
-- Name: teams; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.teams (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.teams FORCE ROW LEVEL SECURITY;

--
-- Name: template_counts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template_counts (
    tenant_id uuid NOT NULL,
    mark text NOT NULL,
    counted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.template_counts FORCE ROW LEVEL SECURITY;

--
-- Name: template_days; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template_days (
    tenant_id uuid NOT NULL,
    template_id uuid NOT NULL,
    day date NOT NULL,
    sent bigint NOT NULL,
    delivered bigint NOT NULL,
    read bigint NOT NULL,
    replied bigint NOT NULL,
    failed bigint NOT NULL,
    blocked bigint NOT NULL,
    charged bigint NOT NULL,
    clicked bigint DEFAULT 0 NOT NULL,
    converted bigint DEFAULT 0 NOT NULL,
    value bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.template_days FORCE ROW LEVEL SECURITY;

--
-- Name: template_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template_events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    template_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    before text DEFAULT ''::text NOT NULL,
    after text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    until timestamp with time zone
);

ALTER TABLE ONLY public.template_events FORCE ROW LEVEL SECURITY;

--
-- Name: template_samples; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template_samples (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    handle text NOT NULL,
    format text NOT NULL,
    mime_type text NOT NULL,
    filename text NOT NULL,
    size bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.template_samples FORCE ROW LEVEL SECURITY;

--
-- Name: template_syncs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template_syncs (
    tenant_id uuid NOT NULL,
    waba_id text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    seen integer NOT NULL,
    error text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.template_syncs FORCE ROW LEVEL SECURITY;

--
-- Name: templates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.templates (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    waba_id text NOT NULL,
    meta_id text DEFAULT ''::text NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    language text NOT NULL,
    category text NOT NULL,
    previous_category text DEFAULT ''::text NOT NULL,
    next_category text DEFAULT ''::text NOT NULL,
    next_category_at timestamp with time zone,
    status text NOT NULL,
    status_note text DEFAULT ''::text NOT NULL,
    rejected_reason text DEFAULT ''::text NOT NULL,
    paused_until timestamp with time zone,
    quality text DEFAULT 'UNKNOWN'::text NOT NULL,
    parameter_format text DEFAULT 'POSITIONAL'::text NOT NULL,
    ttl_seconds integer,
    components jsonb DEFAULT '[]'::jsonb NOT NULL,
    event_at timestamp with time zone,
    synced_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    samples jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY public.templates FORCE ROW LEVEL SECURITY;

--
-- Name: tenant_daily_metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant_daily_metrics (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    queued bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    sent bigint DEFAULT 0 NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    read bigint DEFAULT 0 NOT NULL,
    failed bigint DEFAULT 0 NOT NULL,
    inbound bigint DEFAULT 0 NOT NULL,
    charged bigint DEFAULT 0 NOT NULL,
    spend_base bigint DEFAULT 0 NOT NULL,
    spend_markup bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.tenant_daily_metrics FORCE ROW LEVEL SECURITY;

--
-- Name: tenant_hosts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant_hosts (
    host text NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT tenant_hosts_host_check CHECK ((host = lower(host)))
);

--
-- Name: tenant_markups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant_markups (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    market text DEFAULT ''::text NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    basis_points bigint DEFAULT 0 NOT NULL,
    fixed bigint DEFAULT 0 NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    effective_to timestamp with time zone
);

ALTER TABLE ONLY public.tenant_markups FORCE ROW LEVEL SECURITY;

--
-- Name: tenant_slugs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant_slugs (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT tenant_slugs_slug_check CHECK ((slug = lower(slug)))
);

--
-- Name: tenants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    currency text DEFAULT 'INR'::text NOT NULL,
    timezone text DEFAULT 'Asia/Kolkata'::text NOT NULL,
    country text DEFAULT 'IN'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    quiet_from smallint,
    quiet_to smallint,
    frequency_cap integer,
    frequency_days integer DEFAULT 7 NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    quiet_by_recipient boolean DEFAULT false NOT NULL,
    zone_field text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    approval_above bigint,
    CONSTRAINT tenants_approval_above_check CHECK ((approval_above > 0)),
    CONSTRAINT tenants_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
    CONSTRAINT tenants_frequency_cap_check CHECK ((frequency_cap > 0)),
    CONSTRAINT tenants_frequency_days_check CHECK (((frequency_days >= 1) AND (frequency_days <= 90))),
    CONSTRAINT tenants_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
    CONSTRAINT tenants_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439))),
    CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);

ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;

--
-- Name: upload_handles; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.upload_handles (
    tenant_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    media_id text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.upload_handles FORCE ROW LEVEL SECURITY;

--
-- Name: uploads; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.uploads (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    mime_type text NOT NULL,
    voice boolean NOT NULL,
    filename text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT uploads_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'document'::text, 'sticker'::text])))
);

ALTER TABLE ONLY public.uploads FORCE ROW LEVEL SECURITY;

--
-- Name: usage_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_events (
    tenant_id uuid NOT NULL,
    source_id uuid NOT NULL,
    kind text NOT NULL,
    seq smallint NOT NULL,
    quantity bigint NOT NULL,
    base bigint DEFAULT 0 NOT NULL,
    markup bigint DEFAULT 0 NOT NULL,
    hold bigint DEFAULT 0 NOT NULL,
    currency text NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    market text DEFAULT ''::text NOT NULL,
    campaign_id uuid,
    transaction_id uuid,
    hold_transaction uuid,
    occurred_at timestamp with time zone NOT NULL
)
PARTITION BY RANGE (source_id);

ALTER TABLE ONLY public.usage_events FORCE ROW LEVEL SECURITY;

--
-- Name: user_links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_links (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    token_hash bytea,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT user_links_purpose_check CHECK ((purpose = ANY (ARRAY['verify'::text, 'reset'::text])))
);

--
-- Name: user_tenants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_tenants (
    user_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    email_verified_at timestamp with time zone,
    token_version integer DEFAULT 0 NOT NULL,
    platform boolean DEFAULT false NOT NULL,
    totp_secret bytea,
    totp_pending bytea,
    totp_last_step bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK ((email = lower(email)))
);

--
-- Name: waba_owners; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.waba_owners (
    waba_id text NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

--
-- Name: wallet_entries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.wallet_entries (
    tenant_id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    account text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    CONSTRAINT wallet_entries_account_check CHECK ((account = ANY (ARRAY['available'::text, 'held'::text, 'base_cost'::text, 'markup'::text, 'funding'::text]))),
    CONSTRAINT wallet_entries_amount_check CHECK ((amount <> 0))
);

ALTER TABLE ONLY public.wallet_entries FORCE ROW LEVEL SECURITY;

--
-- Name: wallet_transactions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.wallet_transactions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    available_change bigint NOT NULL,
    number bigint,
    available_after bigint,
    messages integer DEFAULT 0 NOT NULL,
    claim uuid,
    reason text DEFAULT ''::text NOT NULL,
    actor uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    idempotency_key text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT wallet_transactions_check CHECK (((available_change = 0) = (number IS NULL))),
    CONSTRAINT wallet_transactions_check1 CHECK (((number IS NULL) = (available_after IS NULL))),
    CONSTRAINT wallet_transactions_kind_check CHECK ((kind = ANY (ARRAY['topup'::text, 'hold'::text, 'release'::text, 'charge'::text, 'adjustment'::text])))
);

ALTER TABLE ONLY public.wallet_transactions FORCE ROW LEVEL SECURITY;

--
-- Name: wallets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.wallets (
    tenant_id uuid NOT NULL,
    currency text NOT NULL,
    available bigint DEFAULT 0 NOT NULL,
    number bigint DEFAULT 0 NOT NULL,
    last_transaction uuid,
    low_balance bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    taken bigint DEFAULT 0 NOT NULL,
    taken_month date,
    month_cap bigint
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.wallets FORCE ROW LEVEL SECURITY;

--
-- Name: webhook_deliveries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhook_deliveries (
    id uuid NOT NULL,
    source text NOT NULL,
    body bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    waiting boolean DEFAULT true,
    applied_at timestamp with time zone
)
PARTITION BY RANGE (id);

--
-- Name: assignment_rules assignment_rules_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.assignment_rules
    ADD CONSTRAINT assignment_rules_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: calendar_answers calendar_answers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_answers
    ADD CONSTRAINT calendar_answers_pkey PRIMARY KEY (tenant_id, case_id);

--
-- Name: calendar_uses calendar_uses_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_uses
    ADD CONSTRAINT calendar_uses_pkey PRIMARY KEY (tenant_id, kind, target_id);

--
-- Name: calendars calendars_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_name UNIQUE (tenant_id, name);

--
-- Name: calendars calendars_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: campaign_act_counts campaign_act_counts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_act_counts
    ADD CONSTRAINT campaign_act_counts_pkey PRIMARY KEY (tenant_id, campaign_id, act);

--
-- Name: campaign_acts campaign_acts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_acts
    ADD CONSTRAINT campaign_acts_pkey PRIMARY KEY (tenant_id, campaign_id, contact_id, act);

--
-- Name: campaign_approvals campaign_approvals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_approvals
    ADD CONSTRAINT campaign_approvals_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: campaign_counters campaign_counters_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_counters
    ADD CONSTRAINT campaign_counters_pkey PRIMARY KEY (tenant_id, campaign_id);

--
-- Name: campaign_freezes campaign_freezes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_freezes
    ADD CONSTRAINT campaign_freezes_pkey PRIMARY KEY (tenant_id, campaign_id);

--
-- Name: campaign_log campaign_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_log
    ADD CONSTRAINT campaign_log_pkey PRIMARY KEY (tenant_id, campaign_id, id);

--
-- Name: campaign_occurrences campaign_occurrences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_occurrences
    ADD CONSTRAINT campaign_occurrences_pkey PRIMARY KEY (tenant_id, series_id, occurs_on);

--
-- Name: campaign_recipients campaign_recipients_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_recipients
    ADD CONSTRAINT campaign_recipients_pkey PRIMARY KEY (tenant_id, campaign_id, contact_id);

--
-- Name: campaign_series campaign_series_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_series
    ADD CONSTRAINT campaign_series_pkey PRIMARY KEY (tenant_id, campaign_id);

--
-- Name: campaign_variants campaign_variants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaign_variants
    ADD CONSTRAINT campaign_variants_pkey PRIMARY KEY (tenant_id, campaign_id, variant);

--
-- Name: campaigns campaigns_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: canned_replies canned_replies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT canned_replies_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: channel_owners channel_owners_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.channel_owners
    ADD CONSTRAINT channel_owners_pkey PRIMARY KEY (phone_number_id);

--
-- Name: channels channels_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: channels channels_tenant_id_phone_number_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_tenant_id_phone_number_id_key UNIQUE (tenant_id, phone_number_id);

--
-- Name: closing_reasons closing_reasons_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closing_reasons
    ADD CONSTRAINT closing_reasons_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: consent_confirmations consent_confirmations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.consent_confirmations
    ADD CONSTRAINT consent_confirmations_pkey PRIMARY KEY (tenant_id, contact_id);

--
-- Name: consent_records consent_records_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.consent_records
    ADD CONSTRAINT consent_records_pkey PRIMARY KEY (tenant_id, contact_id, id);

--
-- Name: consent_requests consent_requests_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.consent_requests
    ADD CONSTRAINT consent_requests_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: consent_settings consent_settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.consent_settings
    ADD CONSTRAINT consent_settings_pkey PRIMARY KEY (tenant_id);

--
-- Name: consent_topics consent_topics_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.consent_topics
    ADD CONSTRAINT consent_topics_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_activity_log contact_activity_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_activity_log
    ADD CONSTRAINT contact_activity_log_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_activity contact_activity_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_activity
    ADD CONSTRAINT contact_activity_pkey PRIMARY KEY (tenant_id, contact_id);

--
-- Name: contact_bulks contact_bulks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_bulks
    ADD CONSTRAINT contact_bulks_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_duplicates contact_duplicates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_duplicates
    ADD CONSTRAINT contact_duplicates_pkey PRIMARY KEY (tenant_id, contact_id, other_id);

--
-- Name: contact_erasures contact_erasures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_erasures
    ADD CONSTRAINT contact_erasures_pkey PRIMARY KEY (tenant_id, hash);

--
-- Name: contact_events contact_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_events
    ADD CONSTRAINT contact_events_pkey PRIMARY KEY (tenant_id, contact_id, id);

--
-- Name: contact_fields contact_fields_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_fields
    ADD CONSTRAINT contact_fields_pkey PRIMARY KEY (tenant_id, key);

--
-- Name: contact_merges contact_merges_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_messages contact_messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_messages
    ADD CONSTRAINT contact_messages_pkey PRIMARY KEY (tenant_id, contact_id, message_id);

--
-- Name: contact_notes contact_notes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_notes
    ADD CONSTRAINT contact_notes_pkey PRIMARY KEY (tenant_id, contact_id, id);

--
-- Name: contact_requests contact_requests_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_requests
    ADD CONSTRAINT contact_requests_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_stages contact_stages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_stages
    ADD CONSTRAINT contact_stages_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contact_tags contact_tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_tags
    ADD CONSTRAINT contact_tags_pkey PRIMARY KEY (tenant_id, tag_id, contact_id);

--
-- Name: contact_tallies contact_tallies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_tallies
    ADD CONSTRAINT contact_tallies_pkey PRIMARY KEY (tenant_id, tag_id, id);

--
-- Name: contacts contacts_phone; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_phone UNIQUE (tenant_id, phone);

--
-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: conversation_cases conversation_cases_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_cases
    ADD CONSTRAINT conversation_cases_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: conversation_drafts conversation_drafts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_drafts
    ADD CONSTRAINT conversation_drafts_pkey PRIMARY KEY (tenant_id, user_id, conversation_id);

--
-- Name: conversation_entries conversation_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_entries
    ADD CONSTRAINT conversation_entries_pkey PRIMARY KEY (tenant_id, conversation_id, id);

--
-- Name: conversation_labels conversation_labels_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_labels
    ADD CONSTRAINT conversation_labels_pkey PRIMARY KEY (tenant_id, conversation_id, label_id);

--
-- Name: conversation_mentions conversation_mentions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_mentions
    ADD CONSTRAINT conversation_mentions_pkey PRIMARY KEY (tenant_id, user_id, entry_id);

--
-- Name: conversation_texts conversation_texts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_texts
    ADD CONSTRAINT conversation_texts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: conversation_views conversation_views_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation_views
    ADD CONSTRAINT conversation_views_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: conversations conversations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: conversations conversations_tenant_id_contact_id_channel_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_tenant_id_contact_id_channel_id_key UNIQUE (tenant_id, contact_id, channel_id);

--
-- Name: conversions conversions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversions
    ADD CONSTRAINT conversions_pkey PRIMARY KEY (tenant_id, event_id);

--
-- Name: csat_asks csat_asks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.csat_asks
    ADD CONSTRAINT csat_asks_pkey PRIMARY KEY (tenant_id, case_id);

--
-- Name: csat_settings csat_settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.csat_settings
    ADD CONSTRAINT csat_settings_pkey PRIMARY KEY (tenant_id);

--
-- Name: desk_members desk_members_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.desk_members
    ADD CONSTRAINT desk_members_pkey PRIMARY KEY (tenant_id, user_id);

--
-- Name: desk_queue desk_queue_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.desk_queue
    ADD CONSTRAINT desk_queue_pkey PRIMARY KEY (tenant_id, conversation_id);

--
-- Name: desk_waits desk_waits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.desk_waits
    ADD CONSTRAINT desk_waits_pkey PRIMARY KEY (tenant_id, conversation_id);

--
-- Name: goals goals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.goals
    ADD CONSTRAINT goals_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: goose_db_version goose_db_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);

--
-- Name: holidays holidays_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.holidays
    ADD CONSTRAINT holidays_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: holidays holidays_tenant_id_on_date_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.holidays
    ADD CONSTRAINT holidays_tenant_id_on_date_key UNIQUE (tenant_id, on_date);

--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, scope, key);

--
-- Name: import_addresses import_addresses_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_addresses
    ADD CONSTRAINT import_addresses_pkey PRIMARY KEY (tenant_id, import_id, address);

--
-- Name: import_changes import_changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_changes
    ADD CONSTRAINT import_changes_pkey PRIMARY KEY (tenant_id, import_id, first_row);

--
-- Name: imports imports_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: inbound_ids inbound_ids_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbound_ids
    ADD CONSTRAINT inbound_ids_pkey PRIMARY KEY (tenant_id, wamid);

--
-- Name: inbox_settings inbox_settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbox_settings
    ADD CONSTRAINT inbox_settings_pkey PRIMARY KEY (tenant_id);

--
-- Name: invitations invitations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: labels labels_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_name UNIQUE (tenant_id, name_key);

--
-- Name: labels labels_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: lanes lanes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (channel_id);

--
-- Name: link_clickers link_clickers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link_clickers
    ADD CONSTRAINT link_clickers_pkey PRIMARY KEY (tenant_id, campaign_id, number, contact_id);

--
-- Name: link_clicks link_clicks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link_clicks
    ADD CONSTRAINT link_clicks_pkey PRIMARY KEY (tenant_id, campaign_id, contact_id, number, at);

--
-- Name: link_domains link_domains_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link_domains
    ADD CONSTRAINT link_domains_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: link_keys link_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link_keys
    ADD CONSTRAINT link_keys_pkey PRIMARY KEY (tenant_id);

--
-- Name: links links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (tenant_id, campaign_id, number);

--
-- Name: login_attempts login_attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.login_attempts
    ADD CONSTRAINT login_attempts_pkey PRIMARY KEY (key);

--
-- Name: macros macros_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_name UNIQUE (tenant_id, name_key);

--
-- Name: macros macros_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: marketing_touches marketing_touches_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.marketing_touches
    ADD CONSTRAINT marketing_touches_pkey PRIMARY KEY (tenant_id, contact_id, message_id);

--
-- Name: markups markups_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.markups
    ADD CONSTRAINT markups_pkey PRIMARY KEY (id);

--
-- Name: members members_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (tenant_id, user_id);

--
-- Name: message_claims message_claims_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_claims
    ADD CONSTRAINT message_claims_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_edits message_edits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_edits
    ADD CONSTRAINT message_edits_pkey PRIMARY KEY (tenant_id, message_id, id);

--
-- Name: message_incidents message_incidents_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_incidents
    ADD CONSTRAINT message_incidents_pkey PRIMARY KEY (tenant_id, message_id, id);

--
-- Name: message_media message_media_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_media
    ADD CONSTRAINT message_media_pkey PRIMARY KEY (tenant_id, message_id);

--
-- Name: message_reactions message_reactions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_reactions
    ADD CONSTRAINT message_reactions_pkey PRIMARY KEY (tenant_id, message_id, by);

--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: notification_preferences notification_preferences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_pkey PRIMARY KEY (tenant_id, user_id);

--
-- Name: notifications notifications_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (tenant_id, user_id, id);

--
-- Name: payment_requests payment_requests_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payment_requests
    ADD CONSTRAINT payment_requests_pkey PRIMARY KEY (tenant_id, message_id);

--
-- Name: payment_requests payment_requests_reference; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payment_requests
    ADD CONSTRAINT payment_requests_reference UNIQUE (tenant_id, reference);

--
-- Name: portfolio_reach portfolio_reach_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_reach
    ADD CONSTRAINT portfolio_reach_pkey PRIMARY KEY (tenant_id, portfolio_id, contact_id);

--
-- Name: push_devices push_devices_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.push_devices
    ADD CONSTRAINT push_devices_pkey PRIMARY KEY (tenant_id, user_id, id);

--
-- Name: push_keys push_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.push_keys
    ADD CONSTRAINT push_keys_pkey PRIMARY KEY (id);

--
-- Name: rate_cards rate_cards_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rate_cards
    ADD CONSTRAINT rate_cards_pkey PRIMARY KEY (id);

--
-- Name: rates rates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rates
    ADD CONSTRAINT rates_pkey PRIMARY KEY (rate_card_id, market, category);

--
-- Name: recovery_codes recovery_codes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

--
-- Name: refresh_tokens refresh_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);

--
-- Name: segments segments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sequence_counts sequence_counts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_counts
    ADD CONSTRAINT sequence_counts_pkey PRIMARY KEY (tenant_id, sequence_id, step_id, what);

--
-- Name: sequence_enrolments sequence_enrolments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_enrolments
    ADD CONSTRAINT sequence_enrolments_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sequence_events sequence_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_events
    ADD CONSTRAINT sequence_events_pkey PRIMARY KEY (tenant_id, event_id);

--
-- Name: sequence_intakes sequence_intakes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_intakes
    ADD CONSTRAINT sequence_intakes_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sequence_sends sequence_sends_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_sends
    ADD CONSTRAINT sequence_sends_pkey PRIMARY KEY (tenant_id, message_id);

--
-- Name: sequence_versions sequence_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequence_versions
    ADD CONSTRAINT sequence_versions_pkey PRIMARY KEY (tenant_id, sequence_id, number);

--
-- Name: sequences sequences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sequences
    ADD CONSTRAINT sequences_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: set_asides set_asides_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.set_asides
    ADD CONSTRAINT set_asides_pkey PRIMARY KEY (id);

--
-- Name: sla_clocks sla_clocks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sla_clocks
    ADD CONSTRAINT sla_clocks_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sla_policies sla_policies_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sla_policies
    ADD CONSTRAINT sla_policies_name UNIQUE (tenant_id, name);

--
-- Name: sla_policies sla_policies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sla_policies
    ADD CONSTRAINT sla_policies_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: support_counts support_counts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.support_counts
    ADD CONSTRAINT support_counts_pkey PRIMARY KEY (tenant_id, what, day, value, channel_id, team_id, user_id);

--
-- Name: support_log support_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.support_log
    ADD CONSTRAINT support_log_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: tags tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: team_members team_members_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (tenant_id, team_id, user_id);

--
-- Name: teams teams_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_name UNIQUE (tenant_id, name_key);

--
-- Name: teams teams_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: template_counts template_counts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_counts
    ADD CONSTRAINT template_counts_pkey PRIMARY KEY (tenant_id);

--
-- Name: template_days template_days_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_days
    ADD CONSTRAINT template_days_pkey PRIMARY KEY (tenant_id, template_id, day);

--
-- Name: template_events template_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_events
    ADD CONSTRAINT template_events_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: template_samples template_samples_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_samples
    ADD CONSTRAINT template_samples_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: template_syncs template_syncs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_syncs
    ADD CONSTRAINT template_syncs_pkey PRIMARY KEY (tenant_id, waba_id);

--
-- Name: templates templates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: templates templates_tenant_id_waba_id_name_language_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_tenant_id_waba_id_name_language_key UNIQUE (tenant_id, waba_id, name, language);

--
-- Name: tenant_daily_metrics tenant_daily_metrics_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_daily_metrics
    ADD CONSTRAINT tenant_daily_metrics_pkey PRIMARY KEY (tenant_id, day);

--
-- Name: tenant_hosts tenant_hosts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_hosts
    ADD CONSTRAINT tenant_hosts_pkey PRIMARY KEY (host);

--
-- Name: tenant_markups tenant_markups_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_markups
    ADD CONSTRAINT tenant_markups_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: tenant_slugs tenant_slugs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_slugs
    ADD CONSTRAINT tenant_slugs_pkey PRIMARY KEY (slug);

--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);

--
-- Name: upload_handles upload_handles_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.upload_handles
    ADD CONSTRAINT upload_handles_pkey PRIMARY KEY (tenant_id, upload_id, channel_id);

--
-- Name: uploads uploads_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: usage_events usage_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_events
    ADD CONSTRAINT usage_events_pkey PRIMARY KEY (tenant_id, source_id, kind, seq);

--
-- Name: user_links user_links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_links
    ADD CONSTRAINT user_links_pkey PRIMARY KEY (id);

--
-- Name: user_links user_links_token; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_links
    ADD CONSTRAINT user_links_token UNIQUE (token_hash);

--
-- Name: user_tenants user_tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_tenants
    ADD CONSTRAINT user_tenants_pkey PRIMARY KEY (user_id, tenant_id);

--
-- Name: users users_email; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email UNIQUE (email);

--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: waba_owners waba_owners_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.waba_owners
    ADD CONSTRAINT waba_owners_pkey PRIMARY KEY (waba_id, tenant_id);

--
-- Name: wallet_entries wallet_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wallet_entries
    ADD CONSTRAINT wallet_entries_pkey PRIMARY KEY (tenant_id, transaction_id, account);

--
-- Name: wallet_transactions wallet_transactions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wallet_transactions
    ADD CONSTRAINT wallet_transactions_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: wallets wallets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wallets
    ADD CONSTRAINT wallets_pkey PRIMARY KEY (tenant_id);

--
-- Name: webhook_deliveries webhook_deliveries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);

--
-- Name: calendar_uses_calendar; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calendar_uses_calendar ON public.calendar_uses USING btree (tenant_id, calendar_id);

--
-- Name: campaign_approvals_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_approvals_of ON public.campaign_approvals USING btree (tenant_id, campaign_id, id);

--
-- Name: campaign_approvals_pending; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX campaign_approvals_pending ON public.campaign_approvals USING btree (tenant_id, campaign_id) WHERE (state = 'pending'::text);

--
-- Name: campaign_recipients_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_recipients_contact ON public.campaign_recipients USING btree (tenant_id, contact_id);

--
-- Name: campaign_recipients_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_recipients_due ON public.campaign_recipients USING btree (tenant_id, campaign_id, due_at, contact_id) WHERE (due_at IS NOT NULL);

--
-- Name: campaign_recipients_reason; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_recipients_reason ON public.campaign_recipients USING btree (tenant_id, campaign_id, outcome, contact_id) INCLUDE (reason) WHERE (outcome IS NOT NULL);

--
-- Name: campaign_recipients_replied; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_recipients_replied ON public.campaign_recipients USING btree (tenant_id, campaign_id, contact_id) WHERE (replied_at IS NOT NULL);

--
-- Name: campaign_recipients_retry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_recipients_retry ON public.campaign_recipients USING btree (tenant_id, campaign_id, retry_at) WHERE (retry_at IS NOT NULL);

--
-- Name: campaign_series_next; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaign_series_next ON public.campaign_series USING btree (next_at) WHERE ((next_at IS NOT NULL) AND (paused_at IS NULL));

--
-- Name: campaigns_channel; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_channel ON public.campaigns USING btree (tenant_id, channel_id, status);

--
-- Name: campaigns_finished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_finished ON public.campaigns USING btree (tenant_id, finished_at) WHERE (finished_at IS NOT NULL);

--
-- Name: campaigns_measured; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_measured ON public.campaigns USING btree (tenant_id, started_at) WHERE ((hold_out > 0) AND (started_at IS NOT NULL));

--
-- Name: campaigns_occurrence; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX campaigns_occurrence ON public.campaigns USING btree (tenant_id, series_id, occurs_on) WHERE (series_id IS NOT NULL);

--
-- Name: campaigns_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_recent ON public.campaigns USING btree (tenant_id, created_at DESC, id DESC);

--
-- Name: campaigns_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_status ON public.campaigns USING btree (tenant_id, status, scheduled_at);

--
-- Name: campaigns_template; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_template ON public.campaigns USING btree (tenant_id, template_id);

--
-- Name: campaigns_tended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX campaigns_tended ON public.campaigns USING btree (tenant_id, id) WHERE ((status = 'running'::text) AND ((retry_until IS NOT NULL) OR (experiment IS NOT NULL)));

--
-- Name: canned_replies_own_shortcut; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX canned_replies_own_shortcut ON public.canned_replies USING btree (tenant_id, user_id, shortcut) WHERE ((user_id IS NOT NULL) AND (shortcut <> ''::text));

--
-- Name: canned_replies_shortcut; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX canned_replies_shortcut ON public.canned_replies USING btree (tenant_id, shortcut) WHERE ((user_id IS NULL) AND (shortcut <> ''::text));

--
-- Name: channel_owners_walk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX channel_owners_walk ON public.channel_owners USING btree (tenant_id, channel_id);

--
-- Name: channels_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX channels_portfolio ON public.channels USING btree (tenant_id, portfolio_id);

--
-- Name: channels_waba; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX channels_waba ON public.channels USING btree (tenant_id, waba_id);

--
-- Name: consent_confirmations_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX consent_confirmations_due ON public.consent_confirmations USING btree (tenant_id, due_at);

--
-- Name: consent_requests_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX consent_requests_of ON public.consent_requests USING btree (tenant_id, contact_id, id);

--
-- Name: consent_requests_one; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX consent_requests_one ON public.consent_requests USING btree (tenant_id, contact_id) WHERE (state = 'open'::text);

--
-- Name: consent_requests_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX consent_requests_open ON public.consent_requests USING btree (tenant_id, id) WHERE (state = 'open'::text);

--
-- Name: contact_bulks_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_bulks_running ON public.contact_bulks USING btree (claimed_until) WHERE (state = 'running'::text);

--
-- Name: contact_duplicates_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_duplicates_open ON public.contact_duplicates USING btree (tenant_id, seen_at, contact_id, other_id) WHERE (dismissed_at IS NULL);

--
-- Name: contact_duplicates_other; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_duplicates_other ON public.contact_duplicates USING btree (tenant_id, other_id);

--
-- Name: contact_merges_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_merges_of ON public.contact_merges USING btree (tenant_id, contact_id, id);

--
-- Name: contact_merges_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_merges_recent ON public.contact_merges USING btree (tenant_id, made_at, id);

--
-- Name: contact_requests_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_requests_ended ON public.contact_requests USING btree (finished_at) WHERE ((kind = 'export'::text) AND (state = 'done'::text));

--
-- Name: contact_requests_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_requests_of ON public.contact_requests USING btree (tenant_id, contact_id, id);

--
-- Name: contact_requests_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_requests_running ON public.contact_requests USING btree (created_at) WHERE (state = 'running'::text);

--
-- Name: contact_stages_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX contact_stages_name ON public.contact_stages USING btree (tenant_id, name_key) WHERE (deleted_at IS NULL);

--
-- Name: contact_tags_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contact_tags_of ON public.contact_tags USING btree (tenant_id, contact_id, tag_id);

--
-- Name: contacts_bsuid; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX contacts_bsuid ON public.contacts USING btree (tenant_id, bsuid) WHERE (bsuid IS NOT NULL);

--
-- Name: contacts_by_email; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_email ON public.contacts USING btree (tenant_id, email, id) WHERE (email IS NOT NULL);

--
-- Name: contacts_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_name ON public.contacts USING btree (tenant_id, name_key, id) WHERE (deleted_at IS NULL);

--
-- Name: contacts_by_opt_in; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_opt_in ON public.contacts USING btree (tenant_id, opt_in, id) WHERE (deleted_at IS NULL);

--
-- Name: contacts_by_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_owner ON public.contacts USING btree (tenant_id, owner_id, id) WHERE ((deleted_at IS NULL) AND (owner_id IS NOT NULL));

--
-- Name: contacts_by_owner_stage; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_owner_stage ON public.contacts USING btree (tenant_id, owner_id, stage_id, stage_at, id) WHERE ((deleted_at IS NULL) AND (owner_id IS NOT NULL));

--
-- Name: contacts_by_stage; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_by_stage ON public.contacts USING btree (tenant_id, stage_id, stage_at, id) WHERE ((deleted_at IS NULL) AND (stage_id IS NOT NULL));

--
-- Name: contacts_merged; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_merged ON public.contacts USING btree (tenant_id, merged_into) WHERE (merged_into IS NOT NULL);

--
-- Name: contacts_suppressed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_suppressed ON public.contacts USING btree (tenant_id, id) WHERE (suppressed_at IS NOT NULL);

--
-- Name: contacts_unowned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_unowned ON public.contacts USING btree (tenant_id, id) WHERE ((deleted_at IS NULL) AND (owner_id IS NULL));

--
-- Name: contacts_unstaged; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_unstaged ON public.contacts USING btree (tenant_id, id) WHERE ((deleted_at IS NULL) AND (stage_id IS NULL));

--
-- Name: contacts_wa_id; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX contacts_wa_id ON public.contacts USING btree (tenant_id, wa_id) WHERE wa_differs;

--
-- Name: conversation_cases_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_cases_contact ON public.conversation_cases USING btree (tenant_id, contact_id);

--
-- Name: conversation_cases_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_cases_of ON public.conversation_cases USING btree (tenant_id, conversation_id, id);

--
-- Name: conversation_cases_resolved; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_cases_resolved ON public.conversation_cases USING btree (tenant_id, resolved_at) WHERE (resolved_at IS NOT NULL);

--
-- Name: conversation_labels_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_labels_list ON public.conversation_labels USING btree (tenant_id, label_id, status, last_at, conversation_id);

--
-- Name: conversation_mentions_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_mentions_unread ON public.conversation_mentions USING btree (tenant_id, user_id, conversation_id) WHERE (read_at IS NULL);

--
-- Name: conversation_texts_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_texts_of ON public.conversation_texts USING btree (tenant_id, conversation_id, id);

--
-- Name: conversation_texts_words; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_texts_words ON public.conversation_texts USING gin (words) WITH (gin_pending_list_limit='1024');

--
-- Name: conversations_all; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_all ON public.conversations USING btree (tenant_id, last_at, id);

--
-- Name: conversations_assignee; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_assignee ON public.conversations USING btree (tenant_id, assignee_id, status, last_at, id) WHERE (assignee_id IS NOT NULL);

--
-- Name: conversations_bot; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_bot ON public.conversations USING btree (tenant_id, status, last_at, id) WHERE (handler = 'bot'::text);

--
-- Name: conversations_channel; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_channel ON public.conversations USING btree (tenant_id, channel_id, status, last_at, id);

--
-- Name: conversations_nobodys; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_nobodys ON public.conversations USING btree (tenant_id, status, last_at, id) WHERE (assignee_id IS NULL);

--
-- Name: conversations_snoozed_until; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_snoozed_until ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

--
-- Name: conversations_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_status ON public.conversations USING btree (tenant_id, status, last_at, id);

--
-- Name: conversations_team; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_team ON public.conversations USING btree (tenant_id, team_id, status, last_at, id) WHERE (team_id IS NOT NULL);

--
-- Name: conversations_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_unread ON public.conversations USING btree (tenant_id, last_at, id) WHERE (unread > 0);

--
-- Name: conversations_unread_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_unread_of ON public.conversations USING btree (tenant_id, assignee_id) WHERE ((unread > 0) AND (assignee_id IS NOT NULL));

--
-- Name: conversations_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_waiting ON public.conversations USING btree (tenant_id, waiting_since, id) WHERE (waiting_since IS NOT NULL);

--
-- Name: conversions_campaign; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversions_campaign ON public.conversions USING btree (tenant_id, campaign_id, goal_id, contact_id) WHERE (campaign_id IS NOT NULL);

--
-- Name: conversions_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversions_contact ON public.conversions USING btree (tenant_id, contact_id, at) WHERE (contact_id IS NOT NULL);

--
-- Name: conversions_goal; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversions_goal ON public.conversions USING btree (tenant_id, goal_id, at, event_id);

--
-- Name: conversions_look; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversions_look ON public.conversions USING btree (tenant_id, look_at) WHERE (look_at IS NOT NULL);

--
-- Name: conversions_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversions_recent ON public.conversions USING btree (tenant_id, received_at DESC, event_id DESC);

--
-- Name: csat_asks_answered; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX csat_asks_answered ON public.csat_asks USING btree (tenant_id, answered_at, case_id) WHERE (answered_at IS NOT NULL);

--
-- Name: csat_asks_commenting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX csat_asks_commenting ON public.csat_asks USING btree (tenant_id, contact_id, channel_id) WHERE (comment_until IS NOT NULL);

--
-- Name: csat_asks_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX csat_asks_contact ON public.csat_asks USING btree (tenant_id, contact_id, asked_at);

--
-- Name: csat_asks_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX csat_asks_due ON public.csat_asks USING btree (tenant_id, due_at, case_id) WHERE (due_at IS NOT NULL);

--
-- Name: desk_queue_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_queue_order ON public.desk_queue USING btree (tenant_id, queued_at, conversation_id);

--
-- Name: desk_waits_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_waits_due ON public.desk_waits USING btree (due_at);

--
-- Name: goals_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX goals_key ON public.goals USING btree (tenant_id, key);

--
-- Name: idempotency_keys_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (tenant_id, started_at);

--
-- Name: imports_abandoned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX imports_abandoned ON public.imports USING btree (created_at) WHERE (state = ANY (ARRAY['uploaded'::text, 'tried'::text]));

--
-- Name: imports_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX imports_running ON public.imports USING btree (claimed_until) WHERE (state = 'running'::text);

--
-- Name: imports_undoing; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX imports_undoing ON public.imports USING btree (claimed_until) WHERE (state = 'undoing'::text);

--
-- Name: invitations_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (tenant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

--
-- Name: lanes_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX lanes_tenant ON public.lanes USING btree (tenant_id);

--
-- Name: link_clicks_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_clicks_contact ON public.link_clicks USING btree (tenant_id, contact_id, at);

--
-- Name: link_domains_host; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX link_domains_host ON public.link_domains USING btree (tenant_id, host);

--
-- Name: link_domains_in_use; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX link_domains_in_use ON public.link_domains USING btree (tenant_id) WHERE in_use;

--
-- Name: links_slot; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX links_slot ON public.links USING btree (tenant_id, campaign_id, slot);

--
-- Name: login_attempts_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX login_attempts_by_age ON public.login_attempts USING btree (updated_at);

--
-- Name: message_media_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX message_media_due ON public.message_media USING btree (tenant_id, next_at, message_id) WHERE (next_at IS NOT NULL);

--
-- Name: message_media_uploaded; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX message_media_uploaded ON public.message_media USING btree (tenant_id, blob) WHERE uploaded;

--
-- Name: messages_deadline; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_deadline ON ONLY public.messages USING btree (tenant_id, deadline, id) WHERE (deadline IS NOT NULL);

--
-- Name: messages_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_due ON ONLY public.messages USING btree (tenant_id, channel_id, priority, due_at, id) WHERE (due_at IS NOT NULL);

--
-- Name: messages_wamid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_wamid ON ONLY public.messages USING btree (tenant_id, wamid) WHERE (wamid IS NOT NULL);

--
-- Name: notifications_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_age ON public.notifications USING btree (tenant_id, at);

--
-- Name: notifications_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_list ON public.notifications USING btree (tenant_id, user_id, at DESC, id DESC) WHERE app;

--
-- Name: notifications_mail; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_mail ON public.notifications USING btree (mail_due) WHERE (mail_due IS NOT NULL);

--
-- Name: notifications_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX notifications_open ON public.notifications USING btree (tenant_id, user_id, subject, event) WHERE (read_at IS NULL);

--
-- Name: notifications_push; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_push ON public.notifications USING btree (push_due) WHERE (push_due IS NOT NULL);

--
-- Name: payment_requests_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payment_requests_contact ON public.payment_requests USING btree (tenant_id, contact_id);

--
-- Name: portfolio_reach_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX portfolio_reach_recent ON public.portfolio_reach USING btree (tenant_id, portfolio_id, reached_at);

--
-- Name: push_devices_endpoint; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX push_devices_endpoint ON public.push_devices USING btree (tenant_id, endpoint_hash);

--
-- Name: refresh_tokens_by_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_tokens_by_session ON public.refresh_tokens USING btree (session_id);

--
-- Name: segments_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX segments_name ON public.segments USING btree (tenant_id, name_key);

--
-- Name: sequence_enrolments_alone; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX sequence_enrolments_alone ON public.sequence_enrolments USING btree (tenant_id, sequence_id, contact_id) WHERE ((entry = 'alone'::text) AND (ended_at IS NULL));

--
-- Name: sequence_enrolments_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_enrolments_contact ON public.sequence_enrolments USING btree (tenant_id, contact_id, sequence_id);

--
-- Name: sequence_enrolments_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_enrolments_due ON public.sequence_enrolments USING btree (tenant_id, sequence_id, next_due, id) WHERE (next_due IS NOT NULL);

--
-- Name: sequence_enrolments_exits; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_enrolments_exits ON public.sequence_enrolments USING btree (tenant_id, sequence_id, exit_reason, id DESC) WHERE (exit_reason <> ''::text);

--
-- Name: sequence_enrolments_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_enrolments_list ON public.sequence_enrolments USING btree (tenant_id, sequence_id, id DESC);

--
-- Name: sequence_enrolments_live; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_enrolments_live ON public.sequence_enrolments USING btree (tenant_id, contact_id, id) WHERE (ended_at IS NULL);

--
-- Name: sequence_enrolments_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX sequence_enrolments_once ON public.sequence_enrolments USING btree (tenant_id, sequence_id, contact_id) WHERE (entry = 'once'::text);

--
-- Name: sequence_events_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_events_contact ON public.sequence_events USING btree (tenant_id, contact_id) WHERE (contact_id IS NOT NULL);

--
-- Name: sequence_events_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_events_recent ON public.sequence_events USING btree (tenant_id, name, at DESC, event_id DESC);

--
-- Name: sequence_intakes_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_intakes_list ON public.sequence_intakes USING btree (tenant_id, sequence_id, id DESC);

--
-- Name: sequence_sends_contact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_sends_contact ON public.sequence_sends USING btree (tenant_id, contact_id, message_id DESC);

--
-- Name: sequence_sends_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_sends_list ON public.sequence_sends USING btree (tenant_id, sequence_id, step_id, message_id DESC);

--
-- Name: sequence_sends_outcome; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequence_sends_outcome ON public.sequence_sends USING btree (tenant_id, sequence_id, step_id, outcome, message_id DESC) WHERE (outcome <> ''::text);

--
-- Name: sequence_sends_step; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX sequence_sends_step ON public.sequence_sends USING btree (tenant_id, enrolment_id, number);

--
-- Name: sequences_active; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequences_active ON public.sequences USING btree (tenant_id, id) WHERE (status = 'active'::text);

--
-- Name: sequences_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequences_list ON public.sequences USING btree (tenant_id, created_at DESC, id DESC);

--
-- Name: sequences_trigger; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sequences_trigger ON public.sequences USING btree (tenant_id, trigger_kind, trigger_key) WHERE (status = ANY (ARRAY['active'::text, 'paused'::text]));

--
-- Name: sessions_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_end ON public.sessions USING btree (expires_at);

--
-- Name: sessions_by_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_use ON public.sessions USING btree (user_id, last_used_at);

--
-- Name: sessions_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id, tenant_id) WHERE (revoked_at IS NULL);

--
-- Name: set_asides_next; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX set_asides_next ON public.set_asides USING btree (next_at) WHERE ((next_at IS NOT NULL) AND (resolved_at IS NULL));

--
-- Name: set_asides_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX set_asides_open ON public.set_asides USING btree (created_at, id) WHERE (resolved_at IS NULL);

--
-- Name: sla_clocks_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sla_clocks_case ON public.sla_clocks USING btree (tenant_id, case_id);

--
-- Name: sla_clocks_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sla_clocks_conversation ON public.sla_clocks USING btree (tenant_id, conversation_id, due_at) WHERE (stopped_at IS NULL);

--
-- Name: sla_clocks_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sla_clocks_due ON public.sla_clocks USING btree (tenant_id, due_at, id) WHERE ((stopped_at IS NULL) AND (due_at IS NOT NULL));

--
-- Name: sla_clocks_look; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sla_clocks_look ON public.sla_clocks USING btree (tenant_id, look_at, id) WHERE (look_at IS NOT NULL);

--
-- Name: sla_clocks_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sla_clocks_open ON public.sla_clocks USING btree (tenant_id, id) WHERE (stopped_at IS NULL);

--
-- Name: sla_clocks_running; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX sla_clocks_running ON public.sla_clocks USING btree (tenant_id, case_id, kind) WHERE (stopped_at IS NULL);

--
-- Name: tags_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tags_name ON public.tags USING btree (tenant_id, kind, name_key) WHERE (deleted_at IS NULL);

--
-- Name: template_days_recent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX template_days_recent ON public.template_days USING btree (tenant_id, day);

--
-- Name: template_events_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX template_events_of ON public.template_events USING btree (tenant_id, template_id, id DESC);

--
-- Name: templates_by_meta_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX templates_by_meta_id ON public.templates USING btree (tenant_id, meta_id);

--
-- Name: templates_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX templates_by_name ON public.templates USING btree (tenant_id, name, id);

--
-- Name: templates_by_sync; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX templates_by_sync ON public.templates USING btree (tenant_id, waba_id, synced_at);

--
-- Name: tenant_hosts_walk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenant_hosts_walk ON public.tenant_hosts USING btree (tenant_id);

--
-- Name: tenants_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_by_age ON public.tenants USING btree (created_at, tenant_id);

--
-- Name: tenants_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_by_name ON public.tenants USING btree (name, tenant_id);

--
-- Name: usage_events_by_hold; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_events_by_hold ON ONLY public.usage_events USING btree (tenant_id, hold_transaction, source_id) WHERE (hold_transaction IS NOT NULL);

--
-- Name: usage_events_by_transaction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX usage_events_by_transaction ON ONLY public.usage_events USING btree (tenant_id, transaction_id, source_id) WHERE (transaction_id IS NOT NULL);

--
-- Name: user_links_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_links_by_end ON public.user_links USING btree (expires_at);

--
-- Name: user_links_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_links_by_user ON public.user_links USING btree (user_id, purpose, created_at);

--
-- Name: wallet_entries_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX wallet_entries_by_account ON public.wallet_entries USING btree (tenant_id, account) INCLUDE (amount);

--
-- Name: wallet_transactions_by_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX wallet_transactions_by_kind ON public.wallet_transactions USING btree (tenant_id, kind, id);

--
-- Name: wallet_transactions_claim; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX wallet_transactions_claim ON public.wallet_transactions USING btree (tenant_id, claim) WHERE (claim IS NOT NULL);

--
-- Name: wallet_transactions_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX wallet_transactions_key ON public.wallet_transactions USING btree (tenant_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);

--
-- Name: wallet_transactions_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX wallet_transactions_number ON public.wallet_transactions USING btree (tenant_id, number) WHERE (number IS NOT NULL);

--
-- Name: webhook_deliveries_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_deliveries_waiting ON ONLY public.webhook_deliveries USING btree (id) WHERE waiting;

--
-- Name: calendar_uses calendar_uses_tenant_id_calendar_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_uses
    ADD CONSTRAINT calendar_uses_tenant_id_calendar_id_fkey FOREIGN KEY (tenant_id, calendar_id) REFERENCES public.calendars(tenant_id, id) ON DELETE CASCADE;

--
-- Name: channels channels_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: contact_duplicates contact_duplicates_tenant_id_contact_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_duplicates
    ADD CONSTRAINT contact_duplicates_tenant_id_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES public.contacts(tenant_id, id);

--
-- Name: contact_duplicates contact_duplicates_tenant_id_other_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contact_duplicates
    ADD CONSTRAINT contact_duplicates_tenant_id_other_id_fkey FOREIGN KEY (tenant_id, other_id) REFERENCES public.contacts(tenant_id, id);

--
-- Name: holidays holidays_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.holidays
    ADD CONSTRAINT holidays_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: invitations invitations_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: members members_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: rate_cards rate_cards_converts_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rate_cards
    ADD CONSTRAINT rate_cards_converts_fkey FOREIGN KEY (converts) REFERENCES public.rate_cards(id);

--
-- Name: rates rates_rate_card_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rates
    ADD CONSTRAINT rates_rate_card_id_fkey FOREIGN KEY (rate_card_id) REFERENCES public.rate_cards(id);

--
-- Name: recovery_codes recovery_codes_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

--
-- Name: refresh_tokens refresh_tokens_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

--
-- Name: template_syncs template_syncs_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template_syncs
    ADD CONSTRAINT template_syncs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: templates templates_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: tenant_markups tenant_markups_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant_markups
    ADD CONSTRAINT tenant_markups_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: upload_handles upload_handles_tenant_id_upload_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.upload_handles
    ADD CONSTRAINT upload_handles_tenant_id_upload_id_fkey FOREIGN KEY (tenant_id, upload_id) REFERENCES public.uploads(tenant_id, id) ON DELETE CASCADE;

--
-- Name: user_links user_links_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_links
    ADD CONSTRAINT user_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

--
-- Name: wallet_entries wallet_entries_tenant_id_transaction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wallet_entries
    ADD CONSTRAINT wallet_entries_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES public.wallet_transactions(tenant_id, id);

--
-- Name: wallets wallets_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wallets
    ADD CONSTRAINT wallets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);

--
-- Name: assignment_rules; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.assignment_rules ENABLE ROW LEVEL SECURITY;

--
-- Name: calendar_answers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.calendar_answers ENABLE ROW LEVEL SECURITY;

--
-- Name: calendar_uses; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.calendar_uses ENABLE ROW LEVEL SECURITY;

--
-- Name: calendars; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.calendars ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_act_counts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_act_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_acts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_acts ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_approvals; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_approvals ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_counters; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_counters ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_freezes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_freezes ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_log; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_log ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_occurrences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_occurrences ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_recipients; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_recipients ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_series; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_series ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign_variants; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaign_variants ENABLE ROW LEVEL SECURITY;

--
-- Name: campaigns; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.campaigns ENABLE ROW LEVEL SECURITY;

--
-- Name: canned_replies; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.canned_replies ENABLE ROW LEVEL SECURITY;

--
-- Name: channels; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.channels ENABLE ROW LEVEL SECURITY;

--
-- Name: closing_reasons; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.closing_reasons ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_confirmations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.consent_confirmations ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_records; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.consent_records ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_requests; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.consent_requests ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_settings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.consent_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_topics; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.consent_topics ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_activity; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_activity ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_activity_log; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_activity_log ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_bulks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_bulks ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_duplicates; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_duplicates ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_erasures; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_erasures ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_events ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_fields; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_fields ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_merges; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_merges ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_messages; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_messages ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_notes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_notes ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_requests; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_requests ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_stages; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_stages ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_tags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_tags ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_tallies; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contact_tallies ENABLE ROW LEVEL SECURITY;

--
-- Name: contacts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_cases; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_cases ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_drafts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_drafts ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_entries; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_entries ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_labels; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_labels ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_mentions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_mentions ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_texts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_texts ENABLE ROW LEVEL SECURITY;

--
-- Name: conversation_views; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversation_views ENABLE ROW LEVEL SECURITY;

--
-- Name: conversations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

--
-- Name: conversions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.conversions ENABLE ROW LEVEL SECURITY;

--
-- Name: csat_asks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.csat_asks ENABLE ROW LEVEL SECURITY;

--
-- Name: csat_settings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.csat_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: desk_members; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.desk_members ENABLE ROW LEVEL SECURITY;

--
-- Name: desk_queue; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.desk_queue ENABLE ROW LEVEL SECURITY;

--
-- Name: desk_waits; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.desk_waits ENABLE ROW LEVEL SECURITY;

--
-- Name: goals; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.goals ENABLE ROW LEVEL SECURITY;

--
-- Name: holidays; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.holidays ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: import_addresses; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.import_addresses ENABLE ROW LEVEL SECURITY;

--
-- Name: import_changes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.import_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: imports; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

--
-- Name: inbound_ids; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.inbound_ids ENABLE ROW LEVEL SECURITY;

--
-- Name: inbox_settings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.inbox_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: invitations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

--
-- Name: labels; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.labels ENABLE ROW LEVEL SECURITY;

--
-- Name: link_clickers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.link_clickers ENABLE ROW LEVEL SECURITY;

--
-- Name: link_clicks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.link_clicks ENABLE ROW LEVEL SECURITY;

--
-- Name: link_domains; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.link_domains ENABLE ROW LEVEL SECURITY;

--
-- Name: link_keys; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.link_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: links; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.links ENABLE ROW LEVEL SECURITY;

--
-- Name: macros; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.macros ENABLE ROW LEVEL SECURITY;

--
-- Name: marketing_touches; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.marketing_touches ENABLE ROW LEVEL SECURITY;

--
-- Name: members; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;

--
-- Name: message_claims; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.message_claims ENABLE ROW LEVEL SECURITY;

--
-- Name: message_edits; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.message_edits ENABLE ROW LEVEL SECURITY;

--
-- Name: message_incidents; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.message_incidents ENABLE ROW LEVEL SECURITY;

--
-- Name: message_media; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.message_media ENABLE ROW LEVEL SECURITY;

--
-- Name: message_reactions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.message_reactions ENABLE ROW LEVEL SECURITY;

--
-- Name: messages; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

--
-- Name: notification_preferences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.notification_preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: notifications; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;

--
-- Name: payment_requests; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payment_requests ENABLE ROW LEVEL SECURITY;

--
-- Name: portfolio_reach; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.portfolio_reach ENABLE ROW LEVEL SECURITY;

--
-- Name: push_devices; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.push_devices ENABLE ROW LEVEL SECURITY;

--
-- Name: segments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.segments ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_counts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_enrolments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_enrolments ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_events ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_intakes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_intakes ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_sends; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_sends ENABLE ROW LEVEL SECURITY;

--
-- Name: sequence_versions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequence_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: sequences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sequences ENABLE ROW LEVEL SECURITY;

--
-- Name: sla_clocks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sla_clocks ENABLE ROW LEVEL SECURITY;

--
-- Name: sla_policies; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sla_policies ENABLE ROW LEVEL SECURITY;

--
-- Name: support_counts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.support_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: support_log; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.support_log ENABLE ROW LEVEL SECURITY;

--
-- Name: assignment_rules system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.assignment_rules TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: calendar_answers system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.calendar_answers TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: calendar_uses system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.calendar_uses TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: calendars system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.calendars TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_act_counts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_act_counts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_acts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_acts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_approvals system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_approvals TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_counters system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_counters TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_freezes system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_freezes TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_log system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_log TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_occurrences system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_occurrences TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_recipients system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_recipients TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_series system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_series TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaign_variants system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaign_variants TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: campaigns system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.campaigns TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: canned_replies system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.canned_replies TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: channels system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.channels TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: closing_reasons system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.closing_reasons TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: consent_confirmations system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.consent_confirmations TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: consent_records system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.consent_records TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: consent_requests system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.consent_requests TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: consent_settings system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.consent_settings TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: consent_topics system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.consent_topics TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_activity system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_activity TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_activity_log system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_activity_log TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_bulks system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_bulks TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_duplicates system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_duplicates TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_erasures system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_erasures TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_events system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_events TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_fields system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_fields TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_merges system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_merges TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_messages system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_messages TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_notes system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_notes TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_requests system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_requests TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_stages system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_stages TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_tags system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_tags TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contact_tallies system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contact_tallies TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: contacts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.contacts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_cases system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_cases TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_drafts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_drafts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_entries system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_entries TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_labels system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_labels TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_mentions system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_mentions TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_texts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_texts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversation_views system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversation_views TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversations system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversations TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: conversions system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.conversions TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: csat_asks system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.csat_asks TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: csat_settings system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.csat_settings TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: desk_members system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.desk_members TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: desk_queue system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.desk_queue TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: desk_waits system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.desk_waits TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: goals system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.goals TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: holidays system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.holidays TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: idempotency_keys system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.idempotency_keys TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: import_addresses system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.import_addresses TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: import_changes system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.import_changes TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: imports system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.imports TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: inbound_ids system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.inbound_ids TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: inbox_settings system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.inbox_settings TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: invitations system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.invitations TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: labels system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.labels TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: link_clickers system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.link_clickers TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: link_clicks system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.link_clicks TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: link_domains system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.link_domains TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: link_keys system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.link_keys TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: links system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.links TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: macros system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.macros TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: marketing_touches system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.marketing_touches TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: members system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.members TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: message_claims system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.message_claims TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: message_edits system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.message_edits TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: message_incidents system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.message_incidents TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: message_media system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.message_media TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: message_reactions system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.message_reactions TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: messages system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.messages TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: notification_preferences system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.notification_preferences TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: notifications system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.notifications TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: payment_requests system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.payment_requests TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: portfolio_reach system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.portfolio_reach TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: push_devices system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.push_devices TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: segments system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.segments TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_counts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_counts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_enrolments system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_enrolments TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_events system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_events TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_intakes system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_intakes TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_sends system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_sends TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequence_versions system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequence_versions TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sequences system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sequences TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sla_clocks system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sla_clocks TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: sla_policies system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.sla_policies TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: support_counts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.support_counts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: support_log system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.support_log TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: tags system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.tags TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: team_members system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.team_members TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: teams system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.teams TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: template_counts system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.template_counts TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: template_days system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.template_days TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: template_events system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.template_events TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: template_samples system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.template_samples TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: template_syncs system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.template_syncs TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: templates system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.templates TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: tenant_daily_metrics system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.tenant_daily_metrics TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: tenant_markups system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.tenant_markups TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: tenants system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.tenants TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: upload_handles system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.upload_handles TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: uploads system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.uploads TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: usage_events system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.usage_events TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: wallet_entries system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.wallet_entries TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: wallet_transactions system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.wallet_transactions TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: wallets system; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system ON public.wallets TO aerostic_system USING (true) WITH CHECK (true);

--
-- Name: tags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

--
-- Name: team_members; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.team_members ENABLE ROW LEVEL SECURITY;

--
-- Name: teams; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.teams ENABLE ROW LEVEL SECURITY;

--
-- Name: template_counts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.template_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: template_days; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.template_days ENABLE ROW LEVEL SECURITY;

--
-- Name: template_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.template_events ENABLE ROW LEVEL SECURITY;

--
-- Name: template_samples; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.template_samples ENABLE ROW LEVEL SECURITY;

--
-- Name: template_syncs; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.template_syncs ENABLE ROW LEVEL SECURITY;

--
-- Name: templates; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.templates ENABLE ROW LEVEL SECURITY;

--
-- Name: assignment_rules tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.assignment_rules TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: calendar_answers tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.calendar_answers TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: calendar_uses tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.calendar_uses TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: calendars tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.calendars TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_act_counts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_act_counts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_acts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_acts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_approvals tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_approvals TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_counters tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_counters TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_freezes tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_freezes TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_log tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_log TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_occurrences tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_occurrences TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_recipients tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_recipients TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_series tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_series TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaign_variants tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaign_variants TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: campaigns tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.campaigns TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: canned_replies tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.canned_replies TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: channels tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.channels TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: closing_reasons tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.closing_reasons TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: consent_confirmations tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.consent_confirmations TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: consent_records tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.consent_records TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: consent_requests tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.consent_requests TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: consent_settings tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.consent_settings TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: consent_topics tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.consent_topics TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_activity tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_activity TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_activity_log tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_activity_log TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_bulks tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_bulks TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_duplicates tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_duplicates TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_erasures tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_erasures TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_events tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_events TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_fields tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_fields TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_merges tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_merges TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_messages tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_messages TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_notes tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_notes TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_requests tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_requests TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_stages tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_stages TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_tags tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_tags TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contact_tallies tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contact_tallies TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: contacts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.contacts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_cases tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_cases TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_drafts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_drafts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_entries tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_entries TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_labels tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_labels TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_mentions tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_mentions TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_texts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_texts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversation_views tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversation_views TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversations tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversations TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: conversions tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.conversions TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: csat_asks tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.csat_asks TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: csat_settings tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.csat_settings TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: desk_members tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.desk_members TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: desk_queue tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.desk_queue TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: desk_waits tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.desk_waits TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: goals tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.goals TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: holidays tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.holidays TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: idempotency_keys tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.idempotency_keys TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: import_addresses tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.import_addresses TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: import_changes tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.import_changes TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: imports tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.imports TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: inbound_ids tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.inbound_ids TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: inbox_settings tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.inbox_settings TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: invitations tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.invitations TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: labels tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.labels TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: link_clickers tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.link_clickers TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: link_clicks tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.link_clicks TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: link_domains tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.link_domains TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: link_keys tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.link_keys TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: links tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.links TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: macros tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.macros TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: marketing_touches tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.marketing_touches TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: members tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.members TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: message_claims tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.message_claims TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: message_edits tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.message_edits TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: message_incidents tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.message_incidents TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: message_media tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.message_media TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: message_reactions tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.message_reactions TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: messages tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.messages TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: notification_preferences tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.notification_preferences TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: notifications tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.notifications TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: payment_requests tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.payment_requests TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: portfolio_reach tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.portfolio_reach TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: push_devices tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.push_devices TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: segments tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.segments TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_counts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_counts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_enrolments tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_enrolments TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_events tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_events TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_intakes tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_intakes TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_sends tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_sends TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequence_versions tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequence_versions TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sequences tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sequences TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sla_clocks tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sla_clocks TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: sla_policies tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.sla_policies TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: support_counts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.support_counts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: support_log tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.support_log TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: tags tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.tags TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: team_members tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.team_members TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: teams tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.teams TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: template_counts tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.template_counts TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: template_days tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.template_days TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: template_events tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.template_events TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: template_samples tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.template_samples TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: template_syncs tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.template_syncs TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: templates tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.templates TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: tenant_daily_metrics tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.tenant_daily_metrics TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: tenant_markups tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.tenant_markups TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: tenants tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.tenants TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: upload_handles tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.upload_handles TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: uploads tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.uploads TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: usage_events tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.usage_events TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: wallet_entries tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.wallet_entries TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: wallet_transactions tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.wallet_transactions TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: wallets tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tenant ON public.wallets TO aerostic_app USING ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid));

--
-- Name: tenant_daily_metrics; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenant_daily_metrics ENABLE ROW LEVEL SECURITY;

--
-- Name: tenant_markups; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenant_markups ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;

--
-- Name: upload_handles; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.upload_handles ENABLE ROW LEVEL SECURITY;

--
-- Name: uploads; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.uploads ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.usage_events ENABLE ROW LEVEL SECURITY;

--
-- Name: wallet_entries; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.wallet_entries ENABLE ROW LEVEL SECURITY;

--
-- Name: wallet_transactions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.wallet_transactions ENABLE ROW LEVEL SECURITY;

--
-- Name: wallets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.wallets ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO aerostic_app;
GRANT USAGE ON SCHEMA public TO aerostic_system;

--
-- Name: FUNCTION add_partition(parent text, part text, bounds text, options text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.add_partition(parent text, part text, bounds text, options text) FROM PUBLIC;

--
-- Name: FUNCTION analyze_contacts(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.analyze_contacts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.analyze_contacts() TO aerostic_system;

--
-- Name: FUNCTION append_only(target text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.append_only(target text) FROM PUBLIC;

--
-- Name: FUNCTION distribute(target text, key text, colocate_with text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.distribute(target text, key text, colocate_with text) FROM PUBLIC;

--
-- Name: FUNCTION ensure_partitions(parent text, from_month date, months integer, settings text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.ensure_partitions(parent text, from_month date, months integer, settings text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ensure_partitions(parent text, from_month date, months integer, settings text) TO aerostic_system;

--
-- Name: FUNCTION look_through_conversation_texts(tenant uuid, query text, common text, low_ uuid, before_ uuid, rows_ integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.look_through_conversation_texts(tenant uuid, query text, common text, low_ uuid, before_ uuid, rows_ integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.look_through_conversation_texts(tenant uuid, query text, common text, low_ uuid, before_ uuid, rows_ integer) TO aerostic_app;

--
-- Name: FUNCTION protect(target text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.protect(target text) FROM PUBLIC;

--
-- Name: FUNCTION seal_partition(part regclass); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.seal_partition(part regclass) FROM PUBLIC;

--
-- Name: FUNCTION search_conversation_texts(tenant uuid, each text[], before_ uuid, limit_ integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.search_conversation_texts(tenant uuid, each text[], before_ uuid, limit_ integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_conversation_texts(tenant uuid, each text[], before_ uuid, limit_ integer) TO aerostic_app;

--
-- Name: FUNCTION search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ integer) TO aerostic_app;

--
-- Name: FUNCTION share(target text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.share(target text) FROM PUBLIC;

--
-- Name: TABLE assignment_rules; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignment_rules TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignment_rules TO aerostic_system;

--
-- Name: TABLE calendar_answers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_answers TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_answers TO aerostic_system;

--
-- Name: TABLE calendar_uses; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_uses TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_uses TO aerostic_system;

--
-- Name: TABLE calendars; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendars TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendars TO aerostic_system;

--
-- Name: TABLE campaign_act_counts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_act_counts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_act_counts TO aerostic_system;

--
-- Name: TABLE campaign_acts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_acts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_acts TO aerostic_system;

--
-- Name: TABLE campaign_approvals; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_approvals TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_approvals TO aerostic_system;

--
-- Name: TABLE campaign_counters; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_counters TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_counters TO aerostic_system;

--
-- Name: TABLE campaign_freezes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_freezes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_freezes TO aerostic_system;

--
-- Name: TABLE campaign_log; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.campaign_log TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.campaign_log TO aerostic_system;

--
-- Name: TABLE campaign_occurrences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_occurrences TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_occurrences TO aerostic_system;

--
-- Name: TABLE campaign_recipients; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_recipients TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_recipients TO aerostic_system;

--
-- Name: TABLE campaign_series; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_series TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_series TO aerostic_system;

--
-- Name: TABLE campaign_variants; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_variants TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_variants TO aerostic_system;

--
-- Name: TABLE campaigns; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaigns TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaigns TO aerostic_system;

--
-- Name: TABLE canned_replies; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.canned_replies TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.canned_replies TO aerostic_system;

--
-- Name: TABLE channel_owners; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channel_owners TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channel_owners TO aerostic_system;

--
-- Name: TABLE channels; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO aerostic_system;

--
-- Name: TABLE closing_reasons; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.closing_reasons TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.closing_reasons TO aerostic_system;

--
-- Name: TABLE consent_confirmations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_confirmations TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_confirmations TO aerostic_system;

--
-- Name: TABLE consent_records; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.consent_records TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.consent_records TO aerostic_system;

--
-- Name: COLUMN consent_records.source; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(source) ON TABLE public.consent_records TO aerostic_system;

--
-- Name: COLUMN consent_records.evidence; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(evidence) ON TABLE public.consent_records TO aerostic_system;

--
-- Name: COLUMN consent_records.proof; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(proof) ON TABLE public.consent_records TO aerostic_system;

--
-- Name: COLUMN consent_records.message_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(message_id) ON TABLE public.consent_records TO aerostic_system;

--
-- Name: TABLE consent_requests; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_requests TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_requests TO aerostic_system;

--
-- Name: TABLE consent_settings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_settings TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_settings TO aerostic_system;

--
-- Name: TABLE consent_topics; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_topics TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent_topics TO aerostic_system;

--
-- Name: TABLE contact_activity; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_activity TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_activity TO aerostic_system;

--
-- Name: TABLE contact_activity_log; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_activity_log TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_activity_log TO aerostic_system;

--
-- Name: TABLE contact_bulks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_bulks TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_bulks TO aerostic_system;

--
-- Name: TABLE contact_duplicates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_duplicates TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_duplicates TO aerostic_system;

--
-- Name: TABLE contact_erasures; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_erasures TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_erasures TO aerostic_system;

--
-- Name: TABLE contact_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE public.contact_events TO aerostic_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.contact_events TO aerostic_system;

--
-- Name: TABLE contact_fields; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_fields TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_fields TO aerostic_system;

--
-- Name: TABLE contact_merges; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_merges TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_merges TO aerostic_system;

--
-- Name: TABLE contact_messages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_messages TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_messages TO aerostic_system;

--
-- Name: TABLE contact_notes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_notes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_notes TO aerostic_system;

--
-- Name: TABLE contact_requests; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_requests TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_requests TO aerostic_system;

--
-- Name: TABLE contact_stages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_stages TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_stages TO aerostic_system;

--
-- Name: TABLE contact_tags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tags TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tags TO aerostic_system;

--
-- Name: TABLE contact_tallies; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tallies TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tallies TO aerostic_system;

--
-- Name: TABLE contacts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO aerostic_system;

--
-- Name: TABLE conversation_cases; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_cases TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_cases TO aerostic_system;

--
-- Name: TABLE conversation_drafts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_drafts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_drafts TO aerostic_system;

--
-- Name: TABLE conversation_entries; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_entries TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_entries TO aerostic_system;

--
-- Name: TABLE conversation_labels; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_labels TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_labels TO aerostic_system;

--
-- Name: TABLE conversation_mentions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_mentions TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_mentions TO aerostic_system;

--
-- Name: TABLE conversation_texts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_texts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_texts TO aerostic_system;

--
-- Name: TABLE conversation_views; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_views TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_views TO aerostic_system;

--
-- Name: TABLE conversations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversations TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversations TO aerostic_system;

--
-- Name: TABLE conversions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversions TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversions TO aerostic_system;

--
-- Name: TABLE csat_asks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.csat_asks TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.csat_asks TO aerostic_system;

--
-- Name: TABLE csat_settings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.csat_settings TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.csat_settings TO aerostic_system;

--
-- Name: TABLE desk_members; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_members TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_members TO aerostic_system;

--
-- Name: TABLE desk_queue; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_queue TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_queue TO aerostic_system;

--
-- Name: TABLE desk_waits; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_waits TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_waits TO aerostic_system;

--
-- Name: TABLE goals; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.goals TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.goals TO aerostic_system;

--
-- Name: TABLE holidays; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.holidays TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.holidays TO aerostic_system;

--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO aerostic_system;

--
-- Name: TABLE import_addresses; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_addresses TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_addresses TO aerostic_system;

--
-- Name: TABLE import_changes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_changes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_changes TO aerostic_system;

--
-- Name: TABLE imports; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.imports TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.imports TO aerostic_system;

--
-- Name: TABLE inbound_ids; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_ids TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_ids TO aerostic_system;

--
-- Name: TABLE inbox_settings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbox_settings TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbox_settings TO aerostic_system;

--
-- Name: TABLE invitations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitations TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitations TO aerostic_system;

--
-- Name: TABLE labels; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labels TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labels TO aerostic_system;

--
-- Name: TABLE lanes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lanes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lanes TO aerostic_system;

--
-- Name: TABLE link_clickers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_clickers TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_clickers TO aerostic_system;

--
-- Name: TABLE link_clicks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_clicks TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_clicks TO aerostic_system;

--
-- Name: TABLE link_domains; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_domains TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_domains TO aerostic_system;

--
-- Name: TABLE link_keys; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_keys TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_keys TO aerostic_system;

--
-- Name: TABLE links; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.links TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.links TO aerostic_system;

--
-- Name: TABLE login_attempts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.login_attempts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.login_attempts TO aerostic_system;

--
-- Name: TABLE macros; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.macros TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.macros TO aerostic_system;

--
-- Name: TABLE marketing_touches; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.marketing_touches TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.marketing_touches TO aerostic_system;

--
-- Name: TABLE markups; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.markups TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.markups TO aerostic_system;

--
-- Name: TABLE members; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.members TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.members TO aerostic_system;

--
-- Name: TABLE message_claims; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.message_claims TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.message_claims TO aerostic_system;

--
-- Name: TABLE message_edits; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_edits TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_edits TO aerostic_system;

--
-- Name: TABLE message_incidents; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.message_incidents TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.message_incidents TO aerostic_system;

--
-- Name: TABLE message_media; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_media TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_media TO aerostic_system;

--
-- Name: TABLE message_reactions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_reactions TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_reactions TO aerostic_system;

--
-- Name: TABLE messages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO aerostic_system;

--
-- Name: TABLE notification_preferences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_preferences TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_preferences TO aerostic_system;

--
-- Name: TABLE notifications; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications TO aerostic_system;

--
-- Name: TABLE payment_requests; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payment_requests TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payment_requests TO aerostic_system;

--
-- Name: TABLE portfolio_reach; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.portfolio_reach TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.portfolio_reach TO aerostic_system;

--
-- Name: TABLE push_devices; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_devices TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_devices TO aerostic_system;

--
-- Name: TABLE push_keys; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_keys TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_keys TO aerostic_system;

--
-- Name: TABLE rate_cards; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_cards TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_cards TO aerostic_system;

--
-- Name: TABLE rates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rates TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rates TO aerostic_system;

--
-- Name: TABLE recovery_codes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_codes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_codes TO aerostic_system;

--
-- Name: TABLE refresh_tokens; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refresh_tokens TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refresh_tokens TO aerostic_system;

--
-- Name: TABLE segments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segments TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segments TO aerostic_system;

--
-- Name: TABLE sequence_counts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_counts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_counts TO aerostic_system;

--
-- Name: TABLE sequence_enrolments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_enrolments TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_enrolments TO aerostic_system;

--
-- Name: TABLE sequence_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_events TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_events TO aerostic_system;

--
-- Name: TABLE sequence_intakes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_intakes TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_intakes TO aerostic_system;

--
-- Name: TABLE sequence_sends; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_sends TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequence_sends TO aerostic_system;

--
-- Name: TABLE sequence_versions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.sequence_versions TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.sequence_versions TO aerostic_system;

--
-- Name: TABLE sequences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequences TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sequences TO aerostic_system;

--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO aerostic_system;

--
-- Name: TABLE set_asides; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.set_asides TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.set_asides TO aerostic_system;

--
-- Name: TABLE sla_clocks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_clocks TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_clocks TO aerostic_system;

--
-- Name: TABLE sla_policies; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_policies TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_policies TO aerostic_system;

--
-- Name: TABLE support_counts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_counts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_counts TO aerostic_system;

--
-- Name: TABLE support_log; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_log TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_log TO aerostic_system;

--
-- Name: TABLE tags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tags TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tags TO aerostic_system;

--
-- Name: TABLE team_members; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.team_members TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.team_members TO aerostic_system;

--
-- Name: TABLE teams; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teams TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teams TO aerostic_system;

--
-- Name: TABLE template_counts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_counts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_counts TO aerostic_system;

--
-- Name: TABLE template_days; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_days TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_days TO aerostic_system;

--
-- Name: TABLE template_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_events TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_events TO aerostic_system;

--
-- Name: TABLE template_samples; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_samples TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_samples TO aerostic_system;

--
-- Name: TABLE template_syncs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_syncs TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.template_syncs TO aerostic_system;

--
-- Name: TABLE templates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.templates TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.templates TO aerostic_system;

--
-- Name: TABLE tenant_daily_metrics; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_daily_metrics TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_daily_metrics TO aerostic_system;

--
-- Name: TABLE tenant_hosts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_hosts TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_hosts TO aerostic_system;

--
-- Name: TABLE tenant_markups; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_markups TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_markups TO aerostic_system;

--
-- Name: TABLE tenant_slugs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_slugs TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_slugs TO aerostic_system;

--
-- Name: TABLE tenants; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenants TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenants TO aerostic_system;

--
-- Name: TABLE upload_handles; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.upload_handles TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.upload_handles TO aerostic_system;

--
-- Name: TABLE uploads; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.uploads TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.uploads TO aerostic_system;

--
-- Name: TABLE usage_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.usage_events TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.usage_events TO aerostic_system;

--
-- Name: TABLE user_links; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_links TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_links TO aerostic_system;

--
-- Name: TABLE user_tenants; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_tenants TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_tenants TO aerostic_system;

--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO aerostic_system;

--
-- Name: TABLE waba_owners; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.waba_owners TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.waba_owners TO aerostic_system;

--
-- Name: TABLE wallet_entries; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.wallet_entries TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.wallet_entries TO aerostic_system;

--
-- Name: TABLE wallet_transactions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.wallet_transactions TO aerostic_app;
GRANT SELECT,INSERT ON TABLE public.wallet_transactions TO aerostic_system;

--
-- Name: TABLE wallets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wallets TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wallets TO aerostic_system;

--
-- Name: TABLE webhook_deliveries; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO aerostic_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO aerostic_system;

--
-- PostgreSQL database dump complete
--
