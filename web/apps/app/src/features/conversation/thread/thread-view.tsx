import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { formatCount } from "@aerostic/ui/lib/format";
import { Skeleton } from "@aerostic/ui/skeleton";
import { ArrowDown } from "lucide-react";
import { memo, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useMe } from "@/features/auth/api/me";
import type { ThreadItem } from "../model";
import { useNames } from "../names";
import { dayName, useNow } from "../when";
import { arrange, type Block, byDay } from "./arrange";
import { Bubble, type BubbleActions } from "./bubble";
import { eventSentence } from "./event";
import { NoteBubble } from "./note";

interface ThreadViewProps extends BubbleActions {
  /** Oldest first. */
  items: ThreadItem[];
  /** Names the log for screen readers: "Messages with Ananya Rao". */
  label: string;
  loading?: boolean;
  hasOlder?: boolean;
  loadingOlder?: boolean;
  onOlder: () => void;
  unreadFrom?: string;
  /** The message to show: a quote's or a search result's. */
  target?: string;
}

/**
 * A conversation from its end upwards. The pane is laid out from below, so older pages come in above
 * without moving what is read, and news stay in sight as long as one is at the end.
 */
export function ThreadView({ items, label, loading, unreadFrom, target, ...props }: ThreadViewProps) {
  const { hasOlder, loadingOlder, onOlder, ...actions } = props;
  const pane = useRef<HTMLElement>(null);
  const { timezone } = useMe().tenant;
  const blocks = useMemo(
    () => arrange({ items, unreadFrom, timeZone: timezone }),
    [items, unreadFrom, timezone],
  );
  const end = useEnd(pane, items);
  const lit = useTarget(pane, target, items, props);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-chat-canvas">
      <section
        ref={pane}
        aria-label={label}
        onScroll={end.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="scroll-pane flex min-h-0 flex-1 flex-col-reverse outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
      >
        <div
          role="log"
          aria-live="polite"
          aria-label={label}
          className="mx-auto flex w-full max-w-192 flex-col gap-1 px-3 pt-4 pb-3 md:px-5"
        >
          {loading && <Loading />}
          {hasOlder && <Older loading={loadingOlder} onOlder={onOlder} pane={pane} />}
          {byDay(blocks).map(({ key, at, blocks: list, from }) => (
            // Its name stays in sight as long as the day does.
            <div key={key} className="flex flex-col gap-1">
              <Day at={at} />
              {list.map((block, index) => (
                <BlockView
                  key={block.key}
                  block={block}
                  far={blocks.length - from - index > 60}
                  lit={block.key === lit}
                  actions={actions}
                />
              ))}
            </div>
          ))}
        </div>
      </section>
      {end.away && <Latest news={end.news} onClick={end.toEnd} />}
    </div>
  );
}

const BlockView = memo(function BlockView({
  block,
  far,
  lit,
  actions,
}: {
  block: Block;
  /** So far up that it need not be laid out until it comes into sight. */
  far: boolean;
  lit: boolean;
  actions: BubbleActions;
}) {
  switch (block.is) {
    case "day":
      return null; // its group names it
    case "unread":
      return <NewLine />;
    case "item":
      return (
        <div
          data-item={block.item.id}
          className={cn(
            block.first && "mt-2",
            far && "[contain-intrinsic-size:auto_64px] [content-visibility:auto]",
          )}
        >
          <Item item={block.item} first={block.first} lit={lit} actions={actions} />
        </div>
      );
  }
});

function Item({
  item,
  first,
  lit,
  actions,
}: {
  item: ThreadItem;
  first: boolean;
  lit: boolean;
  actions: BubbleActions;
}) {
  const { timezone } = useMe().tenant;
  const names = useNames();
  if (item.note) return <NoteBubble note={item.note} at={item.at} />;
  if (item.event) return <Pill>{eventSentence(item.event, names, timezone)}</Pill>;
  if (item.message) {
    return <Bubble item={item} message={item.message} first={first} lit={lit} {...actions} />;
  }
  return null;
}

function Pill({ children }: { children: string }) {
  return (
    <p className="my-1.5 text-center">
      <span
        dir="auto"
        className="inline-block max-w-full text-balance rounded-full bg-foreground/6 px-2.5 py-0.5 text-muted-foreground text-xs dark:bg-foreground/8"
      >
        {children}
      </span>
    </p>
  );
}

function Day({ at }: { at: string }) {
  const now = useNow();
  const { timezone } = useMe().tenant;
  return (
    <p className="sticky top-2 z-10 my-2 text-center">
      <span className="rounded-full border bg-card px-2.5 py-1 text-2xs text-muted-foreground shadow-xs">
        {dayName(at, now, timezone)}
      </span>
    </p>
  );
}

function NewLine() {
  return (
    <p className="my-2 flex items-center gap-3 font-medium text-2xs text-primary before:h-px before:flex-1 before:bg-primary/30 after:h-px after:flex-1 after:bg-primary/30">
      New messages
    </p>
  );
}

/** Reads on as it comes near; a button for everybody else. */
function Older({
  loading,
  onOlder,
  pane,
}: {
  loading?: boolean;
  onOlder: () => void;
  pane: RefObject<HTMLElement | null>;
}) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || loading) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onOlder(), {
      root: pane.current,
      rootMargin: "600px 0px 0px 0px",
    });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [loading, onOlder, pane]);
  return (
    <div ref={mark} className="flex justify-center py-1">
      <Button variant="ghost" size="sm" loading={loading} onClick={onOlder}>
        Show older
      </Button>
    </div>
  );
}

function Latest({ news, onClick }: { news: number; onClick: () => void }) {
  return (
    <Button
      size={news > 0 ? "sm" : "icon"}
      aria-label="Jump to the latest message"
      onClick={onClick}
      className="absolute right-4 bottom-3 rounded-full shadow-md"
    >
      {news > 0 && formatCount(news, "new message")}
      <ArrowDown />
    </Button>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading messages" className="flex flex-col gap-3">
      {["w-1/2", "ml-auto w-3/5", "w-2/5", "ml-auto w-1/2"].map((place) => (
        <Skeleton key={place} className={cn("h-14 rounded-2xl", place)} />
      ))}
    </div>
  );
}

/** Whether the end is out of sight, and how many messages came meanwhile. */
function useEnd(pane: RefObject<HTMLElement | null>, items: ThreadItem[]) {
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState<string>();
  const last = items.at(-1)?.id;
  const onScroll = useCallback(() => {
    const top = pane.current?.scrollTop ?? 0;
    setAway(top < -160); // laid out from below, so scrollTop is 0 at the end and negative above
  }, [pane]);
  useEffect(() => {
    if (!away) setSeen(last);
  }, [away, last]);
  const news =
    away && seen ? items.filter(({ id, message }) => id > seen && message?.direction === "in").length : 0;
  const toEnd = () => pane.current?.scrollTo({ top: 0, behavior: "smooth" });
  return { away, news, onScroll, toEnd };
}

/** Shows the target, reading older pages until it is there; it is lit for a moment. */
function useTarget(
  pane: RefObject<HTMLElement | null>,
  target: string | undefined,
  items: ThreadItem[],
  { hasOlder, loadingOlder, onOlder }: Pick<ThreadViewProps, "hasOlder" | "loadingOlder" | "onOlder">,
) {
  const shown = useRef<string>(undefined);
  const [lit, setLit] = useState<string>();
  useEffect(() => {
    if (!target) shown.current = undefined;
    if (!target || shown.current === target) return;
    const found = pane.current?.querySelector(`[data-item="${CSS.escape(target)}"]`);
    if (!found) {
      if (hasOlder && !loadingOlder && items.length > 0) onOlder();
      return;
    }
    shown.current = target;
    found.scrollIntoView({ block: "center" });
    setLit(target);
  }, [target, items, hasOlder, loadingOlder, onOlder, pane]);
  useEffect(() => {
    if (!lit) return;
    const timer = setTimeout(() => setLit(undefined), 2500);
    return () => clearTimeout(timer);
  }, [lit]);
  return lit;
}
