import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useFormat } from "@/lib/format";
import { type Calendar, useCalendarActions, useCalendars, useHoursNow } from "./api/calendars";
import { weekText } from "./calendar";
import { CalendarDialog } from "./calendar-dialog";

/** When people are there, and what is said while they are not. */
export function CalendarsCard() {
  const { data, error, refetch } = useCalendars();
  const [open, setOpen] = useState<Calendar | "new">();
  const list = data?.items ?? [];
  return (
    <Card>
      <CardHeader
        title="Business hours"
        description="SLAs count them, reports too, and away messages go out between them. Without a calendar you are always open."
        action={
          <Button size="sm" onClick={() => setOpen("new")}>
            <Plus /> New calendar
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-3">
        <NowLine />
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-16" />}
        {data && list.length === 0 && (
          <p className="text-muted-foreground text-sm">No calendar yet. Make one to say when you answer.</p>
        )}
        <ul className="flex flex-col divide-y">
          {list.map((calendar) => (
            <CalendarRow key={calendar.id} calendar={calendar} onOpen={() => setOpen(calendar)} />
          ))}
        </ul>
      </CardBody>
      {open && (
        <CalendarDialog calendar={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Card>
  );
}

/** "Open until 19:00". */
function NowLine() {
  const { data } = useHoursNow();
  const { dateTime } = useFormat();
  if (!data) return <Skeleton className="h-5 w-40" />;
  return (
    <p className="flex items-center gap-2 text-sm">
      <Badge tone={data.open ? "success" : "neutral"}>{data.open ? "Open now" : "Closed now"}</Badge>
      <span className="text-muted-foreground">
        {data.until ? `until ${dateTime(data.until)}` : "at all times"}
      </span>
    </p>
  );
}

function CalendarRow({ calendar, onOpen }: { calendar: Calendar; onOpen: () => void }) {
  const { remove } = useCalendarActions();
  const channels = useChannels().data?.items ?? [];
  const uses = calendar.uses.map(({ kind, id }) => {
    if (kind === "workspace") return "Workspace";
    const channel = channels.find((other) => other.id === id);
    return channel ? channel.verifiedName || channel.displayPhone : kind === "team" ? "A team" : "A number";
  });
  return (
    <li className="flex items-start gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <button
          type="button"
          className="focus-ring rounded-sm font-medium text-sm"
          dir="auto"
          onClick={onOpen}
        >
          {calendar.name}
        </button>
        <p className="text-muted-foreground text-xs">{weekText(calendar.week)}</p>
        <p className="mt-1 flex flex-wrap gap-1.5">
          {uses.map((use) => (
            <Badge key={use}>{use}</Badge>
          ))}
          {uses.length === 0 && <Badge tone="warning">Not in use</Badge>}
          {calendar.away.on && <Badge tone="info">Away message</Badge>}
        </p>
        <ProblemAlert error={remove.error} />
      </div>
      <Button size="sm" onClick={onOpen} aria-label={`Change ${calendar.name}`}>
        Change
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Remove ${calendar.name}`}
        onClick={() => remove.mutate({ params: { path: { id: calendar.id } } })}
      >
        <Trash2 />
      </Button>
    </li>
  );
}
