import { Card, CardBody } from "@aerostic/ui/card";
import { formatCount, formatDuration, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { handled, handledShare, waiting } from "../counts";
import { waitsForWinner } from "../experiment";
import { StackedBar, StackedLegend } from "./stacked-bar";
import { usePace } from "./use-pace";

/** How far it is, how fast it goes and when it is done. */
export function ProgressCard({ campaign, seenAt }: { campaign: Campaign; seenAt: number }) {
  const { counts, status } = campaign;
  const parts = barParts(campaign);
  const left = waiting(counts);
  return (
    <Card>
      <CardBody className="flex flex-col gap-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="text-md">
            <span className="font-semibold text-2xl tracking-title">
              {counts.total > 0 ? formatPercent(handledShare(counts), 1, left > 0 ? 1 : 0) : "0%"}
            </span>{" "}
            <span className="text-muted-foreground">
              {formatNumber(handled(counts))} of {formatCount(counts.total, "person", "people")} handled
              {!campaign.frozen && status === "running" && ", still counting the audience"}
            </span>
          </p>
          <p className="text-muted-foreground text-sm">
            <Pace campaign={campaign} seenAt={seenAt} />
          </p>
        </div>
        <StackedBar label="People handled" parts={parts} total={counts.total} />
        <StackedLegend
          parts={[...parts, { label: "Waiting", value: left, color: "bg-muted-foreground/30" }]}
          format={formatNumber}
        />
      </CardBody>
    </Card>
  );
}

function barParts({ counts }: Campaign) {
  return [
    { label: "Read", value: counts.read, color: "bg-chart-2" },
    { label: "Delivered", value: counts.delivered, color: "bg-chart-1" },
    { label: "On the way", value: counts.accepted + counts.sent, color: "bg-chart-1/45" },
    { label: "In doubt", value: counts.inDoubt + counts.unknown, color: "bg-chart-4" },
    {
      label: "Not reached",
      value: counts.failed + counts.refused + counts.expired + counts.cancelled + counts.duplicate,
      color: "bg-chart-5",
    },
    ...(counts.heldOut > 0
      ? [{ label: "Held out", value: counts.heldOut, color: "bg-muted-foreground/60" }]
      : []),
  ];
}

function Pace({ campaign, seenAt }: { campaign: Campaign; seenAt: number }) {
  const { status, counts, startedAt, finishedAt } = campaign;
  const format = useFormat();
  const { perSecond, doneAt } = usePace(campaign, seenAt);
  const { retryUntil } = campaign;
  if (status === "paused") return <>Paused with {formatCount(waiting(counts), "person", "people")} waiting</>;
  if (finishedAt) {
    const took = startedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0;
    return (
      <>
        {status === "cancelled" ? "Cancelled" : "Done"} {format.dateTime(finishedAt)}
        {took >= 1 && `, after ${formatDuration(took)}`}
      </>
    );
  }
  if (waitsForWinner(campaign) && waiting(counts) === counts.resting)
    return <>The test is sent; the rest waits for the winner</>;
  if (retryUntil && waiting(counts) === 0) {
    return <>Sent; failures are tried again until {format.dateTime(retryUntil)}</>;
  }
  if (perSecond === undefined) return <>Measuring the rate</>;
  if (doneAt === undefined) return <>Nothing moved in the last seconds</>;
  const seconds = (doneAt - seenAt) / 1000;
  return (
    <>
      <span className="font-medium text-foreground">{formatRate(perSecond)}</span>, done at{" "}
      <span className="font-medium text-foreground">
        {seconds < 86_400 ? format.time(doneAt) : format.dateTime(doneAt)}
      </span>{" "}
      (in {formatDuration(seconds)})
    </>
  );
}

function formatRate(perSecond: number): string {
  return perSecond >= 10
    ? `${formatNumber(Math.round(perSecond))} per second`
    : `${formatNumber(Math.round(perSecond * 60))} per minute`;
}
