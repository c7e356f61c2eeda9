import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Funnel } from "@aerostic/ui/funnel";
import { formatDay, formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { ChartLegend, LineChart } from "@aerostic/ui/line-chart";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import { ChartLine } from "lucide-react";
import { useMemo } from "react";
import { useCan } from "@/features/auth/api/me";
import { type Day, useDaily } from "./api/daily";
import { changeOf, periodFunnel, periods, quiet, readRate, sum } from "./metrics";

/** The figures, the chart and the funnel of a period. */
export function Trends({ days }: { days: number }) {
  return useCan("wallet.read") ? <Figures days={days} /> : null;
}

function Figures({ days }: { days: number }) {
  // The server keeps a year; twice 90 days and the comparison fit.
  const { data, error, refetch } = useDaily(days * 2);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  const split = data && periods(data.days, days);
  return (
    <>
      <Stats days={days} split={split} currency={data?.currency ?? "INR"} />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Volume days={split?.current} />
        <PeriodFunnel days={split?.current} />
      </div>
    </>
  );
}

interface StatsProps {
  days: number;
  split: { current: Day[]; previous: Day[] } | undefined;
  currency: string;
}

function Stats({ days, split, currency }: StatsProps) {
  const note = `vs previous ${days} days`;
  const figure = (value: (of: Day[]) => number, good: "up" | "down") => {
    if (!split) return {};
    const change = changeOf(value(split.current), value(split.previous));
    return {
      delta: change && {
        text: formatPercent(change.share, 1),
        direction: change.direction,
        good: change.direction === good,
      },
      note: change ? note : undefined,
      spark: split.current.map((day) => value([day])),
    };
  };
  const now = split?.current;
  const rate = now && readRate(now);
  return (
    <StatGroup>
      <Stat
        label="Messages delivered"
        value={now && formatNumber(sum(now, "delivered"))}
        {...figure((of) => sum(of, "delivered"), "up")}
      />
      <Stat
        label="Read rate"
        value={now && (rate === undefined ? "–" : formatPercent(rate, 1))}
        color={2}
        {...figure((of) => readRate(of) ?? 0, "up")}
      />
      <Stat
        label="Messages from customers"
        value={now && formatNumber(sum(now, "inbound"))}
        color={3}
        {...figure((of) => sum(of, "inbound"), "up")}
      />
      <Stat
        label="Spend"
        value={
          now && formatMoney({ amount: sum(now, "spendBase", "spendMarkup"), currency }, { whole: true })
        }
        color={4}
        {...figure((of) => sum(of, "spendBase", "spendMarkup"), "down")}
      />
    </StatGroup>
  );
}

const series = [
  { key: "delivered", label: "Delivered", color: 1 },
  { key: "read", label: "Read", color: 2 },
  { key: "inbound", label: "From customers", color: 3 },
] as const;

function Volume({ days }: { days: Day[] | undefined }) {
  const points = useMemo(
    () =>
      days?.map(({ day, delivered, read, inbound }) => ({
        // A day has no zone; noon in UTC is that day everywhere it is shown.
        label: formatDay(`${day}T12:00:00Z`, "UTC"),
        values: { delivered, read, inbound },
      })),
    [days],
  );
  return (
    <Card>
      <CardHeader
        title="Message volume"
        description="Delivered, read and received, per day"
        action={<ChartLegend series={[...series]} />}
        className="max-sm:flex-col max-sm:gap-2"
      />
      <CardBody>
        {!points || !days ? (
          <Skeleton className="h-60" />
        ) : quiet(days) ? (
          <EmptyState icon={ChartLine} title="Nothing was sent or received" className="py-12">
            The chart fills with your first campaign.
          </EmptyState>
        ) : (
          <LineChart label="Messages per day" series={[...series]} points={points} />
        )}
      </CardBody>
    </Card>
  );
}

function PeriodFunnel({ days }: { days: Day[] | undefined }) {
  const failed = days ? sum(days, "failed") : 0;
  return (
    <Card>
      <CardHeader title="From accepted to read" description="All messages of the period" />
      <CardBody className="flex flex-col">
        {days ? <Funnel stages={periodFunnel(days)} /> : <Skeleton className="h-40" />}
        {failed > 0 && (
          <p className="mt-auto border-t pt-3 text-muted-foreground text-xs">
            <span className="font-medium text-foreground">{formatNumber(failed)}</span> failed, expired or
            unknown; they are not charged
          </p>
        )}
      </CardBody>
    </Card>
  );
}
