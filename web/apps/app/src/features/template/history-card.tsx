import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { CirclePause, Gauge, type LucideIcon, PencilLine, Send, Stamp, Tags } from "lucide-react";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type TemplateEvent, useTemplateEvents } from "./api/events";
import { eventTitle } from "./event";

const icons: Record<TemplateEvent["kind"], LucideIcon> = {
  submitted: Send,
  edited: PencilLine,
  changed: PencilLine,
  status: Stamp,
  quality: Gauge,
  category: Tags,
  announced: Tags,
};

/** What happened to the template: verdicts, pauses, ratings, moves of category and edits. */
export function HistoryCard({ id }: { id: string }) {
  const { rows, loading, error, hasMore, loadingMore, onLoadMore, onRetry } = usePagedRows(
    useTemplateEvents(id),
  );
  return (
    <Card>
      <CardHeader title="History" description="As Meta told it since the template is known here" />
      <CardBody className="flex flex-col gap-3">
        <ProblemAlert error={error} onRetry={onRetry} />
        {loading && <Skeleton className="h-12 rounded-lg" />}
        {!loading && !error && rows.length === 0 && (
          <p className="text-muted-foreground text-sm">Nothing has happened to it yet.</p>
        )}
        {rows.length > 0 && (
          <ol className="flex flex-col gap-4">
            {rows.map((event) => (
              <Happening key={event.id} event={event} />
            ))}
          </ol>
        )}
        {hasMore && (
          <Button className="self-start" size="sm" loading={loadingMore} onClick={onLoadMore}>
            Show older
          </Button>
        )}
      </CardBody>
    </Card>
  );
}

function Happening({ event }: { event: TemplateEvent }) {
  const format = useFormat();
  const Icon = event.after === "PAUSED" ? CirclePause : icons[event.kind];
  return (
    <li className="flex gap-3">
      <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-muted text-muted-foreground">
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium text-sm">{eventTitle(event)}</span>
          <time dateTime={event.at} className="text-muted-foreground text-xs">
            {format.dateTime(event.at)}
          </time>
        </p>
        {event.note && (
          <p dir="auto" className="wrap-anywhere text-muted-foreground text-sm">
            {event.note}
          </p>
        )}
        {event.until && (
          <p className="text-muted-foreground text-xs">
            {event.kind === "announced" ? "From" : "Until"} {format.dateTime(event.until)}
          </p>
        )}
      </div>
    </li>
  );
}
