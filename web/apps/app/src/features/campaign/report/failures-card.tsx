import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { ChevronRight, CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { useThrottled } from "@/lib/use-live";
import type { Campaign } from "../api/campaigns";
import { type Failure, useFailures } from "../api/failures";
import { outcomeLooks } from "../outcome";
import { isPeopleGroup } from "../people";

/** Why people were not reached and what to do, the commonest reason first. */
export function FailuresCard({ campaign: { id, counts } }: { campaign: Campaign }) {
  const { data, error, refetch } = useFailures(id);
  const refresh = useThrottled(() => refetch(), 2000);
  // Each by itself: one more failed and one less in doubt is the same sum, and other people.
  const notReached = [
    counts.failed,
    counts.refused,
    counts.inDoubt,
    counts.unknown,
    counts.expired,
    counts.cancelled,
    counts.duplicate,
  ].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when one of them moved
  useEffect(refresh, [notReached]);
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Not reached, and why" description="In plain words, with what you can do" divided />
      {error && !data ? (
        <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" />
      ) : !data ? (
        <CardBody>
          <Skeleton className="h-10" />
        </CardBody>
      ) : data.failures.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-success" /> Nothing went wrong so far
        </p>
      ) : (
        <ul className="divide-y">
          {data.failures.map((failure) => (
            <li key={`${failure.outcome} ${failure.reason}`}>
              <Row id={id} failure={failure} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ id, failure: { outcome, reason, count, explanation } }: { id: string; failure: Failure }) {
  const looks = outcomeLooks(outcome);
  return (
    <Link
      to="/campaigns/$id/people"
      params={{ id }}
      search={{ outcome: isPeopleGroup(outcome) ? outcome : "all", reason: reason || undefined }}
      className="flex items-start gap-3 px-4 py-3 outline-none hover:bg-muted/60 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
    >
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={looks.tone}>{looks.label}</Badge>
          <span className="font-medium">{explanation.title || "No reason was given"}</span>
        </span>
        {explanation.advice && (
          <span className="mt-0.5 block text-muted-foreground text-xs">{explanation.advice}</span>
        )}
      </span>
      <span className="shrink-0 font-medium">{formatCount(count, "person", "people")}</span>
      <ChevronRight aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
    </Link>
  );
}
