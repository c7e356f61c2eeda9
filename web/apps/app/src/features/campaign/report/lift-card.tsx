import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import type { Campaign } from "../api/campaigns";
import { type Lift, useLift } from "../api/results";

const titles: Record<string, string> = { replied: "Wrote to you" };

/** What the campaign changed, against those who were held out of it. */
export function LiftCard({ campaign }: { campaign: Campaign }) {
  const { data, error, refetch } = useLift(campaign);
  if (campaign.holdOut === 0) return null;
  return (
    <Card>
      <CardHeader
        title="What the campaign changed"
        description={`${formatCount(campaign.counts.heldOut, "person", "people")} held out at random got nothing; both groups are counted for ${formatCount(campaign.windowDays, "day")} from the start`}
      />
      <CardBody className="flex flex-col gap-5">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-20" />}
        {data?.lifts.map((lift) => (
          <Measure key={lift.act} lift={lift} />
        ))}
      </CardBody>
    </Card>
  );
}

function Measure({ lift }: { lift: Lift }) {
  return (
    <section aria-label={titles[lift.act] ?? lift.act} className="flex flex-col gap-2">
      <h3 className="flex flex-wrap items-center gap-2 font-medium text-sm">
        {titles[lift.act] ?? lift.act}
        <Badge tone={!lift.certain ? "neutral" : lift.lift > 0 ? "success" : "danger"}>
          {lift.certain
            ? `${signed(lift.lift)} points, ${signed(lift.low)} to ${signed(lift.high)}`
            : "Not certain"}
        </Badge>
      </h3>
      <Bar label="Got the campaign" {...lift.messaged} color="bg-chart-1" />
      <Bar label="Held out" {...lift.heldOut} color="bg-muted-foreground/50" />
      <p className="text-muted-foreground text-sm">
        {lift.words}
        {lift.certain &&
          lift.extra > 0 &&
          ` That is about ${formatCount(lift.extra, "person", "people")} more.`}
      </p>
    </section>
  );
}

interface BarProps {
  label: string;
  people: number;
  acted: number;
  rate: number;
  color: string;
}

function Bar({ label, people, acted, rate, color }: BarProps) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)_auto] items-center gap-3 text-sm">
      <span>{label}</span>
      <span aria-hidden className="h-2 overflow-hidden rounded-full bg-muted">
        <span className={`block h-full ${color}`} style={{ width: `${Math.min(100, rate * 100)}%` }} />
      </span>
      <span className="whitespace-nowrap text-right">
        <span className="font-medium">{formatPercent(acted, people, 1)}</span>{" "}
        <span className="text-muted-foreground text-xs">
          {formatNumber(acted)} of {formatNumber(people)}
        </span>
      </span>
    </div>
  );
}

function signed(rate: number): string {
  const points = (rate * 100).toFixed(1);
  return rate > 0 ? `+${points}` : points;
}
