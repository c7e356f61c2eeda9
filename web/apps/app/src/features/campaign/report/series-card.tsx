import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { Pause, Play } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { useOccurrences, useSeries, useSeriesActions } from "../api/series";
import { ComingRuns } from "../wizard/repeat-preview";

/** How a campaign repeats, its next runs, and what became of those before. */
export function SeriesCard({ campaign }: { campaign: Campaign }) {
  const { data: series, error, refetch } = useSeries(campaign.id);
  const { pause, resume } = useSeriesActions(campaign.id);
  const maySend = useCan("campaign.send") && campaign.status === "repeating";
  const path = { params: { path: { id: campaign.id } } };
  if (error && !series) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!series) return <Skeleton className="h-40" />;
  const paused = series.pausedAt !== undefined;
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <Card>
        <CardHeader
          title={
            <span className="flex items-center gap-2">
              Repeats {paused && <Badge tone="warning">Paused</Badge>}
            </span>
          }
          description={`On the clock of ${series.zone.replaceAll("_", " ")}`}
          action={
            maySend && (
              <Button
                size="sm"
                loading={pause.isPending || resume.isPending}
                onClick={() => (paused ? resume : pause).mutate(path)}
              >
                {paused ? <Play /> : <Pause />} {paused ? "Resume" : "Pause"}
              </Button>
            )
          }
        />
        <CardBody className="flex flex-col gap-3">
          <p className="font-semibold text-lg tracking-title">{series.sentence}</p>
          <ProblemAlert error={pause.error ?? resume.error} />
          {campaign.status === "repeating" ? (
            <ComingRuns series={series} />
          ) : (
            <p className="text-muted-foreground text-sm">Stopped: it does not run again.</p>
          )}
        </CardBody>
      </Card>
      <Runs id={campaign.id} />
    </div>
  );
}

function Runs({ id }: { id: string }) {
  const query = useOccurrences(id);
  const format = useFormat();
  const runs = query.data?.pages.flatMap(({ items }) => items ?? []);
  return (
    <Card>
      <CardHeader title="Runs so far" />
      <CardBody className="flex flex-col gap-2">
        {query.error && !runs && <ProblemAlert error={query.error} onRetry={() => query.refetch()} />}
        {!runs && !query.error && <Skeleton className="h-24" />}
        {runs?.length === 0 && <p className="text-muted-foreground text-sm">It has not run yet.</p>}
        <ol className="flex flex-col divide-y">
          {runs?.map((run) => (
            <li key={run.on} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2 text-sm">
              <span>{format.dateTime(run.plannedAt)}</span>
              {run.campaignId ? (
                <Link
                  to="/campaigns/$id"
                  params={{ id: run.campaignId }}
                  className="rounded-xs text-primary underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                >
                  Report
                </Link>
              ) : (
                <span className="text-muted-foreground" dir="auto">
                  Skipped. {run.reason}
                </span>
              )}
            </li>
          ))}
        </ol>
        {query.hasNextPage && (
          <Button size="sm" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Earlier runs
          </Button>
        )}
      </CardBody>
    </Card>
  );
}
