import { useEffect, useRef, useState } from "react";
import { useMarkRead } from "./api/read";
import type { ConversationRow, ThreadItem } from "./model";
import { firstUnread } from "./thread/arrange";

/**
 * Marks the conversation read while somebody looks at it, and remembers where the news began when it was
 * opened. A window in the background reads nothing.
 */
export function useReading({ id, unread }: ConversationRow, items: ThreadItem[], loading: boolean) {
  const [unreadFrom, setUnreadFrom] = useState<string>();
  const opened = useRef(false);
  const { mutate } = useMarkRead();
  const looking = useLooking();
  useEffect(() => {
    if (loading || opened.current) return;
    opened.current = true;
    setUnreadFrom(firstUnread(items, unread));
  }, [loading, items, unread]);
  useEffect(() => {
    if (looking && unread > 0 && !loading) mutate({ params: { path: { id } } });
  }, [looking, unread, loading, id, mutate]);
  return { unreadFrom };
}

function useLooking(): boolean {
  const [looking, setLooking] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setLooking(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return looking;
}
