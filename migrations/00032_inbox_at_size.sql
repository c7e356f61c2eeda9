-- The inbox with a million conversations and twenty million messages (feature/conversation).
-- +goose Up

-- What carries a label, in the order of the list: it may lie far down in every other order.
alter table conversation_labels add column status text not null default 'open',
    add column last_at timestamptz not null default '-infinity';
update conversation_labels l set status = c.status, last_at = c.last_at from conversations c
where c.tenant_id = l.tenant_id and c.id = l.conversation_id;
drop index conversation_labels_of;
create index conversation_labels_list on conversation_labels (tenant_id, label_id, status, last_at, conversation_id);

-- One number of many, and what a bot has, lie far down too.
create index conversations_channel on conversations (tenant_id, channel_id, status, last_at, id);
create index conversations_bot on conversations (tenant_id, status, last_at, id) where handler = 'bot';
-- What nobody has, resolved or not.
create index conversations_nobodys on conversations (tenant_id, status, last_at, id) where assignee_id is null;
drop index conversations_unassigned;
create index conversations_unread_of on conversations (tenant_id, assignee_id) where unread > 0 and assignee_id is not null;

-- A word that is in many messages is in the latest: those are looked through before the index is asked, which
-- reads and sorts all that a week has of it. query is of the weeks from low_ on. The last row is no hit: its id
-- is how far this went, which is low_ where that is all there is; and its kind, whether any of them has common.
-- +goose StatementBegin
create function look_through_conversation_texts(tenant uuid, query text, common text, low_ uuid, before_ uuid, rows_ int)
returns table (id uuid, conversation_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
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
-- +goose StatementEnd
revoke execute on function look_through_conversation_texts(uuid, text, text, uuid, uuid, int) from public;
grant execute on function look_through_conversation_texts(uuid, text, text, uuid, uuid, int) to aerostic_app;

-- whole is, of each week, the query without its last word, which may only be begun: by a letter, half of the
-- week's messages have it, so it is looked for only where the other words are. Null: those are common, and all
-- are asked for at once.
-- +goose StatementBegin
create function search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ int)
returns table (id uuid, conversation_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
declare
    found_ int;
    left_ int := limit_;
begin
    if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
        raise exception 'search in another workspace';
    end if;
    for i in 1..cardinality(each) loop
        if whole is not null then
            perform from conversation_texts t where t.words @@ whole[i]::tsquery and t.tenant_id = tenant and t.id < before_ limit 1;
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
-- +goose StatementEnd
revoke execute on function search_conversation_texts(uuid, text[], text[], uuid, int) from public;
grant execute on function search_conversation_texts(uuid, text[], text[], uuid, int) to aerostic_app;
grant create on schema public to aerostic_system;
alter function look_through_conversation_texts(uuid, text, text, uuid, uuid, int) owner to aerostic_system;
alter function search_conversation_texts(uuid, text[], text[], uuid, int) owner to aerostic_system;
revoke create on schema public from aerostic_system;

-- +goose Down
drop function search_conversation_texts(uuid, text[], text[], uuid, int);
drop function look_through_conversation_texts(uuid, text, text, uuid, uuid, int);
create index conversations_unassigned on conversations (tenant_id, status, last_at, id) where assignee_id is null and status <> 'resolved';
drop index conversations_nobodys, conversations_unread_of, conversations_bot, conversations_channel, conversation_labels_list;
alter table conversation_labels drop column status, drop column last_at;
create index conversation_labels_of on conversation_labels (tenant_id, label_id, conversation_id);
