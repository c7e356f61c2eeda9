import { useCallback, useEffect, useRef, useState } from "react";
import { attend, tellTyping } from "./api/presence";
import type { Presence } from "./model";
import { useNow } from "./when";

const again = 20_000;
const typingLasts = 6_000;
const told = 20_000;

/**
 * Who else is in a conversation, and telling them that one is here oneself: said again every 20 seconds
 * while the window is in front, and when one types or leaves.
 */
export function usePresence(id: string, me: string) {
  const [heard, setHeard] = useState<Presence[]>([]);
  const now = useNow();
  const typedAt = useRef(Number.NEGATIVE_INFINITY);
  const personTold = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const say = () => document.visibilityState === "visible" && attend(id, "looking");
    say();
    const timer = setInterval(say, again);
    return () => {
      clearInterval(timer);
      attend(id, "away");
    };
  }, [id]);
  const onNews = useCallback(
    (news: object) => {
      if (!("presence" in news)) return;
      const one = news.presence as Presence | undefined;
      if (one && one.userId !== me) setHeard((old) => withPresence(old, one));
    },
    [me],
  );
  const onTyping = useCallback(() => {
    const at = Date.now();
    if (at - typedAt.current > typingLasts) {
      typedAt.current = at;
      attend(id, "typing");
    }
    if (at - personTold.current > told) {
      personTold.current = at;
      tellTyping(id);
    }
  }, [id]);
  return { others: heard.filter(({ until }) => Date.parse(until) > now), onNews, onTyping };
}

/** The latest that is known of each; who is away is not there. */
export function withPresence(old: Presence[], one: Presence): Presence[] {
  const others = old.filter(({ userId }) => userId !== one.userId);
  return one.doing === "away" ? others : [...others, one];
}
