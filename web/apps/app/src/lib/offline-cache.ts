/*
 * What somebody looked at last, kept in this browser so that it can be read without a line: the inbox's
 * lists and threads, and who they are. Owns what is kept and for how long. It goes when they sign out or
 * change the workspace, and is never shown to anybody else: the guard compares who is signed in.
 */
import type { Query, QueryClient } from "@tanstack/react-query";
import {
  type PersistedClient,
  type Persister,
  persistQueryClientRestore,
  persistQueryClientSubscribe,
} from "@tanstack/react-query-persist-client";
import { createStore, del, get, set } from "idb-keyval";

const store = createStore("aerostic-cache", "queries");
const key = "last";
const day = 24 * 60 * 60 * 1000;
const rest = 1000;
/** Of each path at most: the last threads, not all of them. */
const mostOfPath = 30;

const paths = [
  "/api/me",
  "/api/conversations",
  "/api/conversations/{id}",
  "/api/conversations/{id}/thread",
  "/api/conversations/counts",
  "/api/labels",
  "/api/members",
  "/api/channels",
];

const pathOf = (query: Query) => String(query.queryKey[1]);

const options = (queryClient: QueryClient) => ({
  queryClient,
  persister,
  maxAge: day,
  // Another build may read other shapes; the name of this file changes with it.
  buster: import.meta.url,
  dehydrateOptions: {
    shouldDehydrateQuery: (query: Query) =>
      query.state.status === "success" && paths.includes(pathOf(query)) && recent(queryClient, query),
  },
});

/** Fills the cache with what was kept. All of it counts as stale: with a line it is read afresh. */
export async function restoreCache(queryClient: QueryClient): Promise<void> {
  for (const path of paths) queryClient.setQueryDefaults(["get", path], { gcTime: day });
  try {
    await persistQueryClientRestore(options(queryClient));
    await queryClient.invalidateQueries({ refetchType: "none" });
  } catch {
    // A browser that keeps nothing works with a line.
  }
  persistQueryClientSubscribe(options(queryClient));
}

/** Forgets what was kept. */
export async function forgetCache(): Promise<void> {
  clearTimeout(timer);
  await del(key, store).catch(() => undefined);
}

function recent(queryClient: QueryClient, query: Query): boolean {
  const newer = queryClient
    .getQueryCache()
    .findAll({ queryKey: query.queryKey.slice(0, 2) })
    .filter((other) => other.state.dataUpdatedAt > query.state.dataUpdatedAt);
  return newer.length < mostOfPath;
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Writes when changes rest. */
const persister: Persister = {
  persistClient(client: PersistedClient) {
    clearTimeout(timer);
    timer = setTimeout(() => void set(key, client, store).catch(() => undefined), rest);
  },
  restoreClient: () => get<PersistedClient>(key, store),
  removeClient: forgetCache,
};
