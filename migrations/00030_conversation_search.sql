-- Finding what was said (feature/conversation).
-- +goose Up

-- The words of messages and notes, each with its workspace and week before it, so that a look-up reads one
-- workspace's week and stops at the week that fills the page: a common word costs no more than a rare one.
create table conversation_texts (
    tenant_id        uuid     not null,
    id               uuid     not null, -- of the message or note; its time is the week's
    conversation_id  uuid     not null,
    kind             text     not null check (kind in ('message', 'note')),
    words            tsvector not null,
    primary key (tenant_id, id)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
create index conversation_texts_words on conversation_texts using gin (words) with (gin_pending_list_limit = 1024);
create index conversation_texts_of on conversation_texts (tenant_id, conversation_id, id);
select protect('conversation_texts');
select distribute('conversation_texts', 'tenant_id', 'tenants');

-- Under a policy the index could not be used: @@ is not leakproof. The function belongs to the role whose
-- policy lets all rows through, and gives only the transaction's own workspace's.
-- each is the queries of the weeks, the latest first; rows come from as many weeks as make limit_.
-- +goose StatementBegin
create function search_conversation_texts(tenant uuid, each text[], before_ uuid, limit_ int)
returns table (id uuid, conversation_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
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
-- +goose StatementEnd
revoke execute on function search_conversation_texts(uuid, text[], uuid, int) from public;
grant execute on function search_conversation_texts(uuid, text[], uuid, int) to aerostic_app;
grant create on schema public to aerostic_system;
alter function search_conversation_texts(uuid, text[], uuid, int) owner to aerostic_system;
revoke create on schema public from aerostic_system;

-- A saved filter of the list: a member's own, or the workspace's.
create table conversation_views (
    tenant_id   uuid        not null,
    id          uuid        not null,
    name        text        not null,
    user_id     uuid,                  -- whose own; null: everybody's
    filter      jsonb       not null,  -- conversation.ViewFilter
    position    integer     not null,
    created_by  uuid,
    created_at  timestamptz not null,
    primary key (tenant_id, id)
);
select protect('conversation_views');
select distribute('conversation_views', 'tenant_id', 'tenants');

-- +goose Down
drop table conversation_views;
drop function search_conversation_texts(uuid, text[], uuid, int);
drop table conversation_texts;
