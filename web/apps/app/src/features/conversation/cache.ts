/*
 * The lists and threads that were read, kept in the query cache: changed in place, so that nothing jumps
 * and nothing that was loaded is read again.
 */
import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import { conversationQuery } from "./api/conversation";
import { countsKey } from "./api/counts";
import { readFirst } from "./api/list";
import { readLatest, threadKey } from "./api/thread";
import { type ListQuery, matches } from "./filter";
import { type Page, withFirst, withItem, withLatest, withPlaced, withRow } from "./merge";
import type { ConversationRow, ThreadItem } from "./model";

type Lists = InfiniteData<Page<ConversationRow>, string>;
type Threads = InfiniteData<Page<ThreadItem>, string>;

export const listKey = ["get", "/api/conversations"];

/** Counts news, so that what was read before the latest is read again. */
let heard = 0;

/** Puts a row into every loaded list where it belongs, and out of those it does not belong to any more. */
export function placeRow(client: QueryClient, news: ConversationRow, me: string): void {
  // Whether one is mentioned is not in news: they are the same for everybody.
  heard++;
  const row = { ...news, mentioned: loadedRow(client, news.id)?.mentioned };
  for (const query of lists(client)) {
    const belongs = matches(row, askedOf(query), me);
    client.setQueryData<Lists>(
      query.queryKey,
      (old) => old && paged(old, withPlaced(old.pages, row, belongs)),
    );
  }
  client.setQueryData(
    conversationQuery(row.id).queryKey,
    (old: object | undefined) => old && ({ ...old, ...(row as object) } as never),
  );
}

/** After something was done to conversations here: their rows are read anew. */
export async function refreshConversations(client: QueryClient, ids: string[], me: string): Promise<void> {
  await Promise.all([
    refreshLists(client, ids, me),
    client.invalidateQueries({ queryKey: countsKey }),
    ...ids.map((id) => client.invalidateQueries(conversationQuery(id))),
  ]);
}

/** Reads the first page of every list that is on the screen, and single rows that are further down. */
export async function refreshLists(client: QueryClient, ids: string[], me: string): Promise<void> {
  await Promise.all(lists(client).map((query) => refreshList(client, query, ids, me)));
}

async function refreshList(client: QueryClient, query: Query, ids: string[], me: string): Promise<void> {
  if (!query.isActive()) return client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  const asked = askedOf(query);
  const before = heard;
  let fresh = (await readFirst(asked)) as Page<ConversationRow> | undefined;
  if (heard !== before) fresh = (await readFirst(asked)) as Page<ConversationRow> | undefined;
  if (!fresh) return;
  const first = new Set(fresh.items?.map(({ id }) => id));
  const others = ids.filter((id) => !first.has(id) && find(query, id));
  const rows = await Promise.all(others.map((id) => readRow(client, id)));
  client.setQueryData<Lists>(query.queryKey, (old) => {
    if (!old) return old;
    let { pages } = old;
    rows.forEach((row, index) => {
      pages = withRow(pages, others[index] as string, row && matches(row, asked, me) ? row : undefined);
    });
    return paged(old, withFirst(pages, fresh));
  });
}

/** Puts an item into its thread, if that is loaded. */
export function putItem(client: QueryClient, id: string, item: ThreadItem): void {
  client.setQueryData<Threads>(threadKey(id), (old) => old && paged(old, withItem(old.pages, item)));
}

/** Reads the latest page of a loaded thread; one that has fallen far behind begins anew from its end. */
export async function refreshThread(client: QueryClient, id: string): Promise<void> {
  const key = threadKey(id);
  if (!client.getQueryData<Threads>(key)) return;
  const fresh = (await readLatest(id)) as Page<ThreadItem> | undefined;
  if (!fresh) return;
  client.setQueryData<Threads>(key, (old) => old && paged(old, withLatest(old.pages, fresh) ?? [fresh]));
}

/** The row of a loaded list, which is enough to show whom a conversation is with. */
export function loadedRow(client: QueryClient, id: string): ConversationRow | undefined {
  for (const query of lists(client)) {
    const row = find(query, id);
    if (row) return row;
  }
  return undefined;
}

function lists(client: QueryClient): Query[] {
  return client.getQueryCache().findAll({ queryKey: listKey, predicate: isList });
}

function find(query: Query, id: string): ConversationRow | undefined {
  for (const page of (query.state.data as Lists | undefined)?.pages ?? []) {
    const row = page.items?.find((one) => one.id === id);
    if (row) return row;
  }
  return undefined;
}

async function readRow(client: QueryClient, id: string): Promise<ConversationRow | undefined> {
  const row = await client.fetchQuery({ ...conversationQuery(id), staleTime: 0 }).catch(() => undefined);
  return row as ConversationRow | undefined;
}

function paged<Row>(
  old: InfiniteData<Page<Row>, string>,
  pages: Page<Row>[],
): InfiniteData<Page<Row>, string> {
  return { pages, pageParams: old.pageParams.slice(0, pages.length) };
}

function isList({ queryKey }: Query): boolean {
  return queryKey[1] === listKey[1] && "query" in paramsOf(queryKey);
}

function askedOf({ queryKey }: Query): ListQuery {
  return (paramsOf(queryKey) as { query: ListQuery }).query;
}

function paramsOf(key: readonly unknown[]): object {
  return (key[2] as { params?: object } | undefined)?.params ?? {};
}
