import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { cn } from "../lib/cn";

interface VirtualListProps<Row> {
  /** Names the list for screen readers: "Conversations". */
  label: string;
  rows: Row[];
  rowId: (row: Row) => string;
  /** In pixels, the same for all rows. */
  rowHeight: number;
  children: (row: Row) => ReactNode;
  /** The row that must be in sight when another one is chosen. */
  activeId?: string;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore: () => void;
  /** Before the rows: what stands for them while they load, or when there are none. */
  head?: ReactNode;
  className?: string;
}

/**
 * A list of any number of rows of one height that scrolls inside itself: only what is in sight is in the
 * page, the next page is read as its end comes near, and news never move what is being read.
 */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { rows, rowId, rowHeight, activeId, hasMore, loadingMore, onLoadMore } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: useCallback(() => scroller.current, []),
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => keyAt(rows, index, rowId), [rows, rowId]),
    overscan: 8,
  });
  useSteadyPlace(scroller, rows, rowId, rowHeight);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 12) onLoadMore();
  }, [hasMore, loadingMore, last, rows.length, onLoadMore]);
  const loaded = rows.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice scrolls, not a row's news
  useEffect(() => {
    const index = rows.findIndex((row) => rowId(row) === activeId);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  }, [activeId, loaded]);
  return (
    <section
      ref={scroller}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className={cn("scroll-pane min-h-0 flex-1 outline-none", props.className)}
    >
      {props.head}
      {rows.length > 0 && (
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, key, start }) => (
            <li
              key={key}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {rows[index] !== undefined && props.children(rows[index])}
            </li>
          ))}
        </ul>
      )}
      {loadingMore && (
        <p role="status" className="py-2 text-center text-2xs text-muted-foreground">
          Loading more
        </p>
      )}
    </section>
  );
}

function keyAt<Row>(rows: Row[], index: number, rowId: (row: Row) => string): string | number {
  const row = rows[index];
  return row === undefined ? index : rowId(row);
}

/** The first row in sight that did not move itself stays at its height; at the top news simply come in. */
function useSteadyPlace<Row>(
  scroller: RefObject<HTMLElement | null>,
  rows: Row[],
  rowId: (row: Row) => string,
  rowHeight: number,
) {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const pane = scroller.current;
    const old = before.current;
    before.current = rows;
    if (!pane || old === rows || pane.scrollTop < rowHeight) return;
    const by = movedBy(old.map(rowId), rows.map(rowId), Math.floor(pane.scrollTop / rowHeight));
    if (by !== 0) pane.scrollTop += by * rowHeight;
  }, [rows, rowId, rowHeight, scroller]);
}

const lookAhead = 12;

/** By how many places the rows from `first` on have moved; what rose to the very top does not count. */
export function movedBy(old: string[], now: string[], first: number): number {
  for (let was = first; was < Math.min(old.length, first + lookAhead); was++) {
    const is = now.indexOf(old[was] as string);
    if (is > 0 || (is === 0 && was === 0)) return is - was;
  }
  return 0;
}
