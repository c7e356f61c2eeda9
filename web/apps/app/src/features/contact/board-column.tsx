import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Contact, useBoardPage } from "./api/board-page";
import { BoardCard, cardType } from "./board-card";
import type { BoardColumn } from "./board-columns";
import type { useOwnerOptions } from "./owner-options";
import { withMoving } from "./use-board-move";

interface BoardColumnViewProps {
  column: BoardColumn;
  columns: BoardColumn[];
  owner?: string;
  owners: ReturnType<typeof useOwnerOptions>;
  /** At the right of the head: what can be done with the stage. */
  menu?: ReactNode;
  /** Contacts on their way from one column to another, with the stage they go to. */
  moving: Contact[];
  onMove?: (contact: Contact, stage: string) => void;
  className?: string;
}

/** One stage with its contacts, who came last first; more are read as one scrolls. */
export function BoardColumnView({
  column,
  columns,
  owner,
  owners,
  menu,
  moving,
  onMove,
  className,
}: BoardColumnViewProps) {
  const query = useBoardPage(column.id, owner);
  const paged = usePagedRows(query);
  const { loading, error, hasMore, loadingMore, onLoadMore, onRetry } = paged;
  const rows = withMoving(paged.rows, moving, column.id);
  const total = owner ? query.data?.pages[0]?.total : column.contacts;
  const drop = useDrop(column, onMove);
  return (
    <section
      aria-label={column.name}
      data-stage={column.id}
      {...drop.handlers}
      className={cn(
        "flex min-h-0 flex-col rounded-xl border bg-muted/40",
        drop.over && "border-primary bg-primary-soft/50",
        className,
      )}
    >
      <header className="flex h-11 shrink-0 items-center gap-2 px-3">
        <h2 className="min-w-0">
          <Badge tone={column.tone} dot className="max-w-full">
            <span className="truncate" dir="auto">
              {column.name}
            </span>
          </Badge>
        </h2>
        <span className="text-muted-foreground text-xs tabular-nums">{countOf(total, query.isPending)}</span>
        <span className="ml-auto">{menu}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll-pane min-h-0 flex-1 px-2 pb-2" tabIndex={0} aria-label={`In ${column.name}`}>
        {loading && <Loading />}
        {Boolean(error) && <ProblemAlert error={error} onRetry={onRetry} />}
        {!loading && !error && rows.length === 0 && (
          <p className="rounded-lg border border-dashed px-3 py-6 text-center text-muted-foreground text-xs">
            Nobody
          </p>
        )}
        <ul className="flex flex-col gap-2">
          {rows.map((contact) => (
            <BoardCard key={contact.id} contact={contact} columns={columns} owners={owners} onMove={onMove} />
          ))}
        </ul>
        {hasMore && <More loading={loadingMore} onMore={onLoadMore} />}
      </section>
    </section>
  );
}

function countOf(total: number | undefined, pending: boolean): string {
  if (total !== undefined) return formatNumber(Math.max(0, total));
  return pending ? "" : "10,000+";
}

function Loading() {
  return (
    <div role="status" aria-label="Loading contacts" className="flex flex-col gap-2">
      <Skeleton className="h-20" />
      <Skeleton className="h-20" />
    </div>
  );
}

/** Reads on when it comes into sight; a button for everybody else. */
function More({ loading, onMore }: { loading: boolean; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || loading) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore());
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [loading, onMore]);
  return (
    <div ref={end} className="flex justify-center pt-2">
      <Button variant="ghost" size="sm" loading={loading} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}

function useDrop(column: BoardColumn, onMove?: (contact: Contact, stage: string) => void) {
  const [over, setOver] = useState(false);
  if (!onMove) return { over: false, handlers: {} };
  const carries = (event: DragEvent) => event.dataTransfer.types.includes(cardType);
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const card = event.dataTransfer.getData(cardType);
        if (card) onMove(JSON.parse(card) as Contact, column.id);
      },
    },
  };
}
