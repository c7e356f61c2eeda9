import { useMemo } from "react";
import { useOutbox } from "@/lib/outbox";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useThread } from "./api/thread";
import type { ThreadItem } from "./model";
import { inOrder } from "./thread/arrange";
import { waitingItem } from "./waiting";

/** A thread's items, oldest first: what the server has, and what waits in this browser. */
export function useItems(id: string) {
  const { rows, loading, hasMore, loadingMore, onLoadMore } = usePagedRows(useThread(id));
  const { queued } = useOutbox(id);
  const items = useMemo(() => inOrder([rows as ThreadItem[]], queued.map(waitingItem)), [rows, queued]);
  return { items, loading, hasOlder: hasMore, loadingOlder: loadingMore, onOlder: onLoadMore };
}
