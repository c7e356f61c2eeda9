import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useMe } from "@/features/auth/api/me";
import type { Campaign } from "../api/campaigns";
import { type Lift, useLift } from "../api/results";

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
  const title = lift.act === "replied" ? "Wrote to you" : (lift.goal ?? "A goal that is gone");
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="flex flex-wrap items-center gap-2 font-medium text-sm">
        <span dir="auto">{title}</span>
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
      {lift.revenue && <Revenue {...lift.revenue} people={lift.messaged.people} held={lift.heldOut.people} />}
    </section>
  );
}

interface RevenueProps extends NonNullable<Lift["revenue"]> {
  people: number;
  held: number;
}

/** What the people of both groups were worth. */
function Revenue({ messaged, heldOut, people, held, perPerson, certain, words }: RevenueProps) {
  const { currency } = useMe().tenant;
  const mean = (amount: number, of: number) =>
    formatMoney({ amount: of === 0 ? 0 : Math.round(amount / of), currency });
  const sum = (amount: number) => formatMoney({ amount, currency });
  return (
    <div className="flex flex-col gap-2 rounded-md border p-3 text-sm">
      <span className="flex flex-wrap items-center gap-2 font-medium">
        Revenue per person
        <Badge tone={!certain ? "neutral" : perPerson > 0 ? "success" : "danger"}>
          {certain ? `${perPerson > 0 ? "+" : ""}${sum(perPerson)}` : "Not certain"}
        </Badge>
      </span>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted-foreground">Got the campaign</dt>
        <dd>
          {mean(messaged, people)}{" "}
          <span className="text-muted-foreground text-xs">{sum(messaged)} in all</span>
        </dd>
        <dt className="text-muted-foreground">Held out</dt>
        <dd>
          {mean(heldOut, held)} <span className="text-muted-foreground text-xs">{sum(heldOut)} in all</span>
        </dd>
      </dl>
      <p className="text-muted-foreground">{words}</p>
    </div>
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
