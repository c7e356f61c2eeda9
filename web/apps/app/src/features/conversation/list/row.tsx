import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import { Checkbox } from "@aerostic/ui/checkbox";
import { cn } from "@aerostic/ui/lib/cn";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import { AlarmClock, AtSign, Bot, CircleCheck, Hourglass } from "lucide-react";
import { memo } from "react";
import { useFormat } from "@/lib/format";
import type { ConversationRow } from "../model";
import { useNames } from "../names";
import { nameOfPerson, previewOf } from "../preview";
import { Ticks } from "../thread/ticks";
import { shortAge, timeLeft, useNow } from "../when";

export interface RowProps {
  row: ConversationRow;
  /** Open beside the list. */
  active: boolean;
  /** In the selection for a bulk action; undefined while nothing is selected. */
  checked?: boolean;
  onCheck: (id: string, range: boolean) => void;
  /** Somebody is about to open it. */
  onIntent?: (id: string) => void;
}

/** One conversation of the list, 68 px high. */
export const Row = memo(function Row({ row, active, checked, onCheck, onIntent }: RowProps) {
  const unread = row.unread > 0;
  const name = nameOfPerson(row.contact);
  return (
    <div
      className={cn(
        "group/row relative mx-2 h-17 rounded-lg transition-colors",
        active ? "bg-primary-soft" : checked ? "bg-accent" : "hover:bg-accent/70",
      )}
    >
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: row.id }}
        search={(old) => old as never}
        data-conversation={row.id}
        aria-current={active ? "true" : undefined}
        onPointerEnter={() => onIntent?.(row.id)}
        onFocus={() => onIntent?.(row.id)}
        className="focus-ring flex h-full items-center gap-3 rounded-lg border border-transparent px-2"
      >
        <span className={cn("relative shrink-0", checked !== undefined && "invisible")}>
          <Avatar name={name} size="lg" className="size-10 text-sm" />
          {row.handler === "bot" && <BotSign />}
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-baseline gap-2">
            <bdi
              className={cn(
                "min-w-0 flex-1 truncate text-left text-sm",
                unread ? "font-semibold" : "font-medium",
              )}
            >
              {name}
            </bdi>
            <Age row={row} />
          </span>
          <span className="flex items-center gap-1.5">
            <Preview row={row} />
            <Signs row={row} />
          </span>
        </span>
      </Link>
      <CheckArea name={name} id={row.id} checked={checked} onCheck={onCheck} />
    </div>
  );
});

function BotSign() {
  return (
    <span className="absolute -right-0.5 -bottom-0.5 flex size-4 items-center justify-center rounded-full bg-violet text-white ring-2 ring-background dark:text-canvas">
      <Bot aria-hidden className="size-2.5" />
      <span className="sr-only">Answered by a bot</span>
    </span>
  );
}

function Preview({ row }: { row: ConversationRow }) {
  const out = row.lastDirection === "out";
  return (
    <span
      className={cn(
        "flex min-w-0 flex-1 items-center gap-1.5 text-sm",
        row.unread > 0 ? "text-foreground" : "text-muted-foreground",
      )}
    >
      {out && row.lastState && <Ticks state={row.lastState} className="size-3.5" />}
      <span dir="auto" className="truncate">
        {previewOf(row)}
      </span>
    </span>
  );
}

/** From then on the list says how long somebody waits. */
const longWait = 15 * 60_000;

/** How old the last message is; how long the customer waits where somebody promised an answer. */
function Age({ row }: { row: ConversationRow }) {
  const now = useNow();
  const format = useFormat();
  const { sla, unread } = row;
  const left = sla && timeLeft(sla.dueAt, now);
  const late = sla?.breached || (sla && !left);
  const long = row.waitingSince !== undefined && now - Date.parse(row.waitingSince) > longWait;
  return (
    <span
      className={cn(
        "flex shrink-0 items-center gap-1 text-2xs",
        late ? "text-destructive" : unread > 0 ? "text-primary" : "text-muted-foreground",
      )}
    >
      {sla && (
        <span
          role="img"
          title={late ? "The answer is late" : `Answer within ${left}`}
          aria-label={late ? "The answer is late." : `Answer within ${left}.`}
          className={cn("size-1.5 rounded-full", late ? "bg-destructive" : "bg-chart-4")}
        />
      )}
      {row.snoozedUntil && (
        <>
          <AlarmClock aria-hidden className="size-3" />
          <span className="sr-only">Snoozed until {format.dateTime(row.snoozedUntil)}.</span>
        </>
      )}
      {long && row.waitingSince ? (
        <time
          dateTime={row.waitingSince}
          title={`Waiting since ${format.dateTime(row.waitingSince)}`}
          className={cn("flex items-center gap-1", !late && "text-warning")}
        >
          <Hourglass aria-hidden className="size-3" />
          <span className="sr-only">Waiting for </span>
          {shortAge(row.waitingSince, now)}
        </time>
      ) : (
        <time dateTime={row.lastAt}>{shortAge(row.lastAt, now)}</time>
      )}
    </span>
  );
}

const shownLabels = 1;

function Signs({ row }: { row: ConversationRow }) {
  const { unread, mentioned, status } = row;
  const { label } = useNames();
  const labels = row.labels.flatMap((id) => label(id) ?? []);
  const more = labels.length - shownLabels;
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {status === "resolved" && (
        <CircleCheck role="img" aria-label="Resolved" className="size-3.5 text-success" />
      )}
      {labels.slice(0, shownLabels).map(({ id, name, tone }) => (
        <Badge key={id} tone={tone ?? "neutral"} className="max-w-24">
          <span className="truncate" dir="auto">
            {name}
          </span>
        </Badge>
      ))}
      {more > 0 && (
        <span className="text-2xs text-muted-foreground" title={labels.map(({ name }) => name).join(", ")}>
          +{more}
        </span>
      )}
      {mentioned && (
        <span className="flex size-5 items-center justify-center rounded-full bg-warning-soft text-warning">
          <AtSign aria-hidden className="size-3" />
          <span className="sr-only">You are mentioned</span>
        </span>
      )}
      {unread > 0 && (
        <span className="flex h-5 min-w-5 items-center justify-center rounded-full bg-primary px-1 font-semibold text-2xs text-primary-foreground">
          <span aria-hidden>{unread > 99 ? "99+" : formatNumber(unread)}</span>
          <span className="sr-only">{formatCount(unread, "unread message")}</span>
        </span>
      )}
    </span>
  );
}

function CheckArea({
  name,
  id,
  checked,
  onCheck,
}: Pick<RowProps, "checked" | "onCheck"> & { name: string; id: string }) {
  return (
    <span
      className={cn(
        "absolute top-3.5 left-2 flex size-10 items-center justify-center rounded-full",
        checked === undefined &&
          "opacity-0 focus-within:bg-accent focus-within:opacity-100 pointer-fine:group-hover/row:bg-accent pointer-fine:group-hover/row:opacity-100 max-md:hidden",
      )}
    >
      <Checkbox
        aria-label={`Select ${name}`}
        checked={checked ?? false}
        onClick={(event) => onCheck(id, event.shiftKey)}
      />
    </span>
  );
}
