/*
 * News of conversations: the lists and threads on the screen are brought up to date in place, so nothing
 * jumps and nothing that was loaded is read again.
 */
import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useMe } from "@/features/auth/api/me";
import { useRealtime } from "@/lib/realtime";
import { useThrottled } from "@/lib/use-live";
import { conversationQuery } from "./api/conversation";
import { countsKey } from "./api/counts";
import { readFirst } from "./api/list";
import { readLatest, threadKey } from "./api/thread";
import { type ListQuery, matches } from "./filter";
import { type Page, withFirst, withLatest, withRow } from "./merge";
import type { ConversationRow, ThreadItem } from "./model";

type Lists = InfiniteData<Page<ConversationRow>, string>;
type Threads = InfiniteData<Page<ThreadItem>, string>;

const listKey = ["get", "/api/conversations"];

interface News {
  id: string;
}

/** Keeps every loaded list and the badges current. */
export function useLiveList(): void {
  const client = useQueryClient();
  const me = useMe().user.id;
  const changed = useRef(new Set<string>());
  const soon = useThrottled(async () => {
    const ids = [...changed.current];
    changed.current.clear();
    await refreshLists(client, ids, me);
    await client.invalidateQueries({ queryKey: countsKey });
  });
  useRealtime<News>("conversations", {
    onEvent: ({ id }) => {
      changed.current.add(id);
      soon();
    },
    onGap: () => void client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Keeps the open conversation and its thread current. */
export function useLiveThread(id: string, onNews?: (news: object) => void): void {
  const client = useQueryClient();
  const soon = useThrottled(() => refreshThread(client, id), 250);
  const whole = useThrottled(() => client.invalidateQueries(conversationQuery(id)));
  useRealtime<object>(`conversation:${id}`, {
    onEvent: (news) => {
      onNews?.(news);
      if ("presence" in news) return;
      soon();
      whole();
    },
    onGap: () => {
      soon();
      whole();
    },
  });
}

/** After something was done to conversations here: the same as news of them. */
export async function refreshConversations(client: QueryClient, ids: string[], me: string): Promise<void> {
  await Promise.all([
    refreshLists(client, ids, me),
    client.invalidateQueries({ queryKey: countsKey }),
    ...ids.map((id) => client.invalidateQueries(conversationQuery(id))),
  ]);
}

/** Reads the latest page and puts it in; a thread that has fallen far behind begins anew from its end. */
export async function refreshThread(client: QueryClient, id: string): Promise<void> {
  const key = threadKey(id);
  if (!client.getQueryData<Threads>(key)) return;
  const fresh = (await readLatest(id)) as Page<ThreadItem> | undefined;
  client.setQueryData<Threads>(key, (old) => {
    if (!old || !fresh) return old;
    const pages = withLatest(old.pages, fresh) ?? [fresh];
    return { pages, pageParams: old.pageParams.slice(0, pages.length) };
  });
}

async function refreshLists(client: QueryClient, ids: string[], me: string): Promise<void> {
  const lists = client.getQueryCache().findAll({ queryKey: listKey, predicate: isList });
  await Promise.all(lists.map((query) => refreshList(client, query, ids, me)));
}

/** A list that nobody looks at is read when somebody does; one on the screen gets its first page anew. */
async function refreshList(client: QueryClient, query: Query, ids: string[], me: string): Promise<void> {
  if (!query.isActive()) return client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  const asked = askedOf(query);
  const fresh = (await readFirst(asked)) as Page<ConversationRow> | undefined;
  if (!fresh) return;
  const first = new Set(fresh.items?.map(({ id }) => id));
  const others = ids.filter((id) => !first.has(id) && isLoaded(query, id));
  const rows = await Promise.all(others.map((id) => readRow(client, id)));
  client.setQueryData<Lists>(query.queryKey, (old) => {
    if (!old) return old;
    let { pages } = old;
    rows.forEach((row, index) => {
      pages = withRow(pages, others[index] as string, row && matches(row, asked, me) ? row : undefined);
    });
    pages = withFirst(pages, fresh);
    return { pages, pageParams: old.pageParams.slice(0, pages.length) };
  });
}

async function readRow(client: QueryClient, id: string): Promise<ConversationRow | undefined> {
  const row = await client.fetchQuery({ ...conversationQuery(id), staleTime: 0 }).catch(() => undefined);
  return row as ConversationRow | undefined;
}

function isList({ queryKey }: Query): boolean {
  return queryKey[1] === "/api/conversations" && "query" in paramsOf(queryKey);
}

function askedOf({ queryKey }: Query): ListQuery {
  return (paramsOf(queryKey) as { query: ListQuery }).query;
}

function paramsOf(key: readonly unknown[]): object {
  return (key[2] as { params?: object } | undefined)?.params ?? {};
}

function isLoaded(query: Query, id: string): boolean {
  const data = query.state.data as Lists | undefined;
  return data?.pages.some((page) => page.items?.some((row) => row.id === id)) ?? false;
}

/** The row of a loaded list, which is enough to show whom a conversation is with. */
export function loadedRow(client: QueryClient, id: string): ConversationRow | undefined {
  for (const query of client.getQueryCache().findAll({ queryKey: listKey, predicate: isList })) {
    for (const page of (query.state.data as Lists | undefined)?.pages ?? []) {
      const row = page.items?.find((one) => one.id === id);
      if (row) return row;
    }
  }
  return undefined;
}
