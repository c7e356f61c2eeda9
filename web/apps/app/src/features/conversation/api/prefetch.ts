import type { QueryClient } from "@tanstack/react-query";
import { conversationQuery } from "./conversation";
import { readLatest, threadKey } from "./thread";

const fresh = 15_000;

/** Reads a conversation and its latest messages before it is opened. */
export async function prefetchConversation(client: QueryClient, id: string): Promise<void> {
  await Promise.all([
    client.prefetchQuery({ ...conversationQuery(id), staleTime: fresh }),
    client.prefetchInfiniteQuery({
      queryKey: threadKey(id),
      queryFn: () => readLatest(id),
      initialPageParam: "",
      staleTime: fresh,
    }),
  ]);
}
