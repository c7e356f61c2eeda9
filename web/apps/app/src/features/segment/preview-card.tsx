import { Card, CardBody } from "@aerostic/ui/card";
import { formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { usePreview } from "./api/preview";
import type { Query } from "./query";

interface PreviewCardProps {
  /** Undefined while a condition lacks something. */
  query: Query | undefined;
  /** Typing has not rested yet. */
  settling: boolean;
}

/** What a query means now: its sentence, how many contacts, and the newest of them. */
export function PreviewCard({ query, settling }: PreviewCardProps) {
  const { data, error, isFetching, refetch } = usePreview(query);
  const busy = settling || isFetching || query === undefined;
  return (
    <Card className="lg:sticky lg:top-5">
      <CardBody aria-live="polite" aria-busy={busy} className="flex flex-col gap-3">
        {query === undefined && (
          <p className="text-muted-foreground text-sm">Fill in every condition to see who that is.</p>
        )}
        {error ? (
          <ProblemAlert error={error} onRetry={() => refetch()} />
        ) : data ? (
          <div className={`flex flex-col gap-3 transition-opacity ${busy ? "opacity-50" : ""}`}>
            <p className="text-sm" dir="auto" data-testid="sentence">
              {data.sentence}
            </p>
            <p>
              <span className="block text-muted-foreground text-xs">Contacts now</span>
              <span className="font-semibold text-2xl tracking-title">{formatNumber(data.count)}</span>
            </p>
            <Sample rows={data.sample} />
          </div>
        ) : (
          query && <Skeleton className="h-24 w-full" />
        )}
      </CardBody>
    </Card>
  );
}

type Rows = NonNullable<ReturnType<typeof usePreview>["data"]>["sample"];

function Sample({ rows }: { rows: Rows }) {
  if (rows.length === 0) return <p className="text-muted-foreground text-sm">Nobody at the moment.</p>;
  return (
    <ul className="flex flex-col divide-y border-t text-sm" aria-label="Some of them">
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            to="/contacts"
            search={{ contact: row.id }}
            className="focus-ring flex justify-between gap-3 rounded-sm py-1.5 hover:underline"
          >
            <span className="truncate" dir="auto">
              {row.name || "No name"}
            </span>
            <span className="shrink-0 text-muted-foreground">{row.phone}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
