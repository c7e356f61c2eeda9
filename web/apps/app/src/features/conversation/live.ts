/*
 * News of conversations: they come with the row of the list or the item of the thread as it is now, which
 * is put into whatever is on the screen. What comes without is read.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useMe } from "@/features/auth/api/me";
import { useRealtime } from "@/lib/realtime";
import { useThrottled } from "@/lib/use-live";
import { conversationQuery } from "./api/conversation";
import { countsKey } from "./api/counts";
import { listKey, placeRow, putItem, refreshLists, refreshThread } from "./cache";
import type { ConversationRow, ThreadItem } from "./model";

interface ListNews {
  id: string;
  row?: ConversationRow;
}

interface ThreadNews {
  id: string;
  item?: ThreadItem;
  presence?: unknown;
}

const badgesEvery = 2_000;

/** Keeps every loaded list and the badges current. */
export function useLiveList(): void {
  const client = useQueryClient();
  const me = useMe().user.id;
  const changed = useRef(new Set<string>());
  const badges = useThrottled(() => client.invalidateQueries({ queryKey: countsKey }), badgesEvery);
  const read = useThrottled(() => {
    const ids = [...changed.current];
    changed.current.clear();
    return refreshLists(client, ids, me);
  });
  useRealtime<ListNews>("conversations", {
    onEvent: ({ id, row }) => {
      badges();
      if (row) return placeRow(client, row, me);
      changed.current.add(id);
      read();
    },
    onGap: () => void client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Keeps the open conversation and its thread current. */
export function useLiveThread(id: string, onNews: (news: object) => void): void {
  const client = useQueryClient();
  const latest = useThrottled(() => refreshThread(client, id), 250);
  const whole = useThrottled(() => client.invalidateQueries(conversationQuery(id)));
  useRealtime<ThreadNews>(`conversation:${id}`, {
    onEvent: (news) => {
      onNews(news);
      if (news.presence) return;
      if (news.item) putItem(client, id, news.item);
      else latest();
      whole();
    },
    onGap: () => {
      latest();
      whole();
    },
  });
}
