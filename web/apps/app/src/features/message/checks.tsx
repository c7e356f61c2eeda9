import { cn } from "@aerostic/ui/lib/cn";
import { Check as CheckIcon, X } from "lucide-react";
import { titleOf, wayOf } from "@/features/consent/record";
import { useFormat } from "@/lib/format";
import type { Check } from "./api/explain";

/** The gate's checks in the order they were made; the last one of a refused message refused it. */
export function Checks({ checks }: { checks: Check[] }) {
  return (
    <ul aria-label="Checks" className="mt-1 flex flex-col divide-y rounded-lg border bg-muted/40">
      {checks.map((check) => (
        <li key={check.name} className="flex gap-2.5 px-3 py-2 text-sm">
          {check.passed ? (
            <CheckIcon role="img" aria-label="Passed" className="mt-0.5 size-4 shrink-0 text-success" />
          ) : (
            <X role="img" aria-label="Refused" className="mt-0.5 size-4 shrink-0 text-destructive" />
          )}
          <div className="grid min-w-0 flex-1 gap-x-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
            <span className={cn("font-medium", !check.passed && "text-destructive")}>{check.title}</span>
            <Words check={check} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Words({ check: { words, until, record } }: { check: Check }) {
  const format = useFormat();
  return (
    <div className="min-w-0 text-muted-foreground">
      <p className="wrap-anywhere">
        {words}
        {until && ` ${format.dateTime(until)}.`}
      </p>
      {record && (
        <p className="wrap-anywhere text-xs">
          Consent record, {format.dateTime(record.at)}: {titleOf(record)}, {wayOf(record)}
          {record.source && (
            <>
              {" "}
              (<span dir="auto">{record.source}</span>)
            </>
          )}
        </p>
      )}
    </div>
  );
}
