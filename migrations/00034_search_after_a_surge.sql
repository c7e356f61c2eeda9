-- Searching when the latest messages are like no others (feature/conversation).
-- +goose Up

-- As before; and a word that most weeks turn out to have, though none of the latest messages does, is no longer
-- looked for by itself. A surge of a few thousand answers to a campaign pushes every other word out of those.
-- +goose StatementBegin
create or replace function search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ int)
returns table (id uuid, conversation_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
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
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
create or replace function search_conversation_texts(tenant uuid, each text[], whole text[], before_ uuid, limit_ int)
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
