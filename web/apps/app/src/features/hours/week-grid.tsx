import { Button } from "@aerostic/ui/button";
import { Input } from "@aerostic/ui/input";
import { Copy, Plus, X } from "lucide-react";
import type { Span } from "./api/calendars";
import { nextSpan, weekdays } from "./calendar";

interface WeekGridProps {
  week: Span[][];
  onChange: (week: Span[][]) => void;
}

/** A row per weekday with its periods. */
export function WeekGrid({ week, onChange }: WeekGridProps) {
  const set = (day: number, spans: Span[]) => onChange(week.map((old, at) => (at === day ? spans : old)));
  return (
    <ul className="flex flex-col divide-y rounded-lg border">
      {weekdays.map((name, day) => (
        <li key={name} className="flex items-start gap-3 px-3 py-2 max-sm:flex-col max-sm:gap-1.5">
          <span className="w-24 shrink-0 pt-1.5 font-medium text-sm">{name}</span>
          <Spans
            name={name}
            spans={week[day] ?? []}
            onChange={(spans) => set(day, spans)}
            onCopy={day === 0 ? () => onChange(week.map(() => structuredClone(week[0] ?? []))) : undefined}
          />
        </li>
      ))}
    </ul>
  );
}

interface SpansProps {
  /** Whose periods: "Monday". */
  name: string;
  spans: Span[];
  onChange: (spans: Span[]) => void;
  onCopy?: () => void;
}

/** The periods of a day, each with its two times. */
export function Spans({ name, spans, onChange, onCopy }: SpansProps) {
  const edit = (at: number, change: Partial<Span>) =>
    onChange(spans.map((old, other) => (other === at ? { ...old, ...change } : old)));
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
      {spans.length === 0 && <span className="py-1.5 text-muted-foreground text-sm">Closed</span>}
      {spans.map((span, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: periods have no other name than their place
        <span key={at} className="flex items-center gap-1.5">
          <Input
            type="time"
            className="w-28"
            aria-label={`${name}, period ${at + 1}, from`}
            value={span.from}
            onChange={(event) => edit(at, { from: event.target.value })}
          />
          <span aria-hidden className="text-muted-foreground">
            –
          </span>
          <Input
            type="time"
            className="w-28"
            aria-label={`${name}, period ${at + 1}, to`}
            value={span.to === "24:00" ? "00:00" : span.to}
            onChange={(event) => edit(at, { to: event.target.value })}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove period ${at + 1} of ${name}`}
            onClick={() => onChange(spans.filter((_, other) => other !== at))}
          >
            <X />
          </Button>
        </span>
      ))}
      {spans.length < 8 && (
        <Button
          variant="ghost"
          size="sm"
          aria-label={`Add a period to ${name}`}
          onClick={() => onChange([...spans, nextSpan(spans)])}
        >
          <Plus /> Period
        </Button>
      )}
      {onCopy && (
        <Button variant="ghost" size="sm" onClick={onCopy}>
          <Copy /> To all days
        </Button>
      )}
    </div>
  );
}
