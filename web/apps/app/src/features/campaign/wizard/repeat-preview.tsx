import { formatDay } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useFormat } from "@/lib/format";
import { type Repeat, type Series, useRepeatPreview } from "../api/timing";

/** A repetition as a sentence, and its next runs. */
export function RepeatPreview({ repeat }: { repeat: Repeat }) {
  const { data, error } = useRepeatPreview(repeat);
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton className="h-24" />;
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-muted/40 p-3" aria-live="polite">
      <p className="font-medium text-sm">{data.sentence}</p>
      <ComingRuns series={data} />
    </div>
  );
}

/** The next runs, with what the holidays do to them. */
export function ComingRuns({ series }: { series: Series }) {
  const format = useFormat();
  if (!series.next?.length) return <p className="text-muted-foreground text-sm">No run is left.</p>;
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {series.next.map((run) => (
        <li key={run.on} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className={run.skipped ? "text-muted-foreground line-through" : undefined}>
            {series.local
              ? `${formatDay(`${run.day}T00:00:00Z`, "UTC")}, ${series.time} on everybody's own clock`
              : format.dateTime(run.at)}
          </span>
          {run.holiday && (
            <span className="text-muted-foreground text-xs" dir="auto">
              {run.skipped ? "Skipped" : run.day === run.on ? "Holiday" : "Moved"}: {run.holiday}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
