import { download } from "@aerostic/api-client";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatDate, formatDay, formatNumber } from "@aerostic/ui/lib/format";
import { ChartLegend, LineChart } from "@aerostic/ui/line-chart";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { Select } from "@aerostic/ui/select";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { Download, Inbox } from "lucide-react";
import { useMemo } from "react";
import { useAccount } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import { useTeams } from "@/features/conversation/api/teams";
import { Page, PageBody, PageToolbar } from "@/features/shell/page";
import { type By, type SupportReport, type SupportRow, useSupportReport } from "./api/report";
import { axisLengthText, keptText, lastDays, lengthText, meanText, satisfiedText } from "./figures";

export type Days = 7 | 30 | 90;

export interface ReportScreenProps {
  by: By;
  days: Days;
  /** Only what happened there; absent: everywhere. */
  team?: string;
  channel?: string;
}

/** How the inbox does: over time, and by person, team and number. */
export function ReportScreen({ by, days, team, channel }: ReportScreenProps) {
  const timezone = useAccount().tenant?.timezone;
  const range = useMemo(() => lastDays(days, timezone, new Date()), [days, timezone]);
  const { data, error, refetch } = useSupportReport({ ...range, by, team, channel });
  const asked = { ...range, by, ...(team && { team }), ...(channel && { channel }) };
  const save = () =>
    download(
      `/api/support/report.csv?${new URLSearchParams(asked)}`,
      `inbox-${by}-${range.from}-${range.to}.csv`,
    ).catch((problem) => toast.error("Could not download", { description: problem.detail }));
  return (
    <Page
      title="Inbox reports"
      actions={
        <Button onClick={save} aria-label="Download as CSV">
          <Download /> <span className="max-sm:hidden">CSV</span>
        </Button>
      }
      toolbar={<Choices by={by} days={days} team={team} channel={channel} />}
    >
      <PageBody>
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && <Figures total={data?.total} />}
        {data && by === "day" && <Overview report={data} />}
        {data && by !== "day" && <Rows items={data.items} by={by} />}
      </PageBody>
    </Page>
  );
}

function Choices(chosen: ReportScreenProps) {
  const { by, days } = chosen;
  const navigate = useNavigate();
  const go = (next: Partial<ReportScreenProps>) => {
    const to = { ...chosen, ...next };
    void navigate({
      to: "/inbox/reports",
      search: {
        ...to,
        by: to.by === "day" ? undefined : to.by,
        days: to.days === 30 ? undefined : to.days,
      },
      replace: true,
    });
  };
  return (
    <PageToolbar>
      <Segmented<By>
        label="What to see"
        value={by}
        onValueChange={(next) => go({ by: next })}
        options={[
          { value: "day", label: "Overview" },
          { value: "person", label: "People" },
          { value: "team", label: "Teams" },
          { value: "channel", label: "Numbers" },
        ]}
      />
      <Segmented
        label="Period"
        value={String(days)}
        onValueChange={(next) => go({ days: Number(next) as Days })}
        options={[7, 30, 90].map((n) => ({ value: String(n), label: `${n} days` }))}
      />
      <Narrowed {...chosen} go={go} />
    </PageToolbar>
  );
}

const all = "all";

/** One team, one number: where there are any to choose from. */
function Narrowed({
  team,
  channel,
  go,
}: ReportScreenProps & { go: (next: Partial<ReportScreenProps>) => void }) {
  const teams = useTeams().data?.items ?? [];
  const numbers = useChannels().data?.items ?? [];
  return (
    <>
      {teams.length > 0 && (
        <Select
          aria-label="Team"
          className="w-40"
          value={team ?? all}
          onValueChange={(id) => go({ team: id === all ? undefined : id })}
          options={[
            { value: all, label: "All teams" },
            ...teams.map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> })),
          ]}
        />
      )}
      {numbers.length > 1 && (
        <Select
          aria-label="Number"
          className="w-44"
          value={channel ?? all}
          onValueChange={(id) => go({ channel: id === all ? undefined : id })}
          options={[
            { value: all, label: "All numbers" },
            ...numbers.map(({ id, verifiedName, displayPhone }) => ({
              value: id,
              label: <bdi>{verifiedName || displayPhone}</bdi>,
            })),
          ]}
        />
      )}
    </>
  );
}

function Figures({ total }: { total?: SupportRow }) {
  return (
    <StatGroup>
      <Stat
        label="Cases opened"
        value={total && formatNumber(total.opened)}
        note={total && `${formatNumber(total.resolved)} resolved`}
      />
      <Stat
        label="First response"
        value={total && lengthText(total.first.median, total.first.n)}
        note={total && total.first.n > 0 && `90% in ${lengthText(total.first.p90)}`}
      />
      <Stat
        label="Resolution"
        value={total && lengthText(total.resolution.median, total.resolution.n)}
        note={total && total.resolution.n > 0 && `90% in ${lengthText(total.resolution.p90)}`}
      />
      <Stat
        label="SLA kept"
        value={total && keptText(total)}
        note={total && `${formatNumber(total.slaMissed)} missed`}
      />
      <Stat
        label="Satisfied"
        value={total && satisfiedText(total)}
        note={total && total.ratings > 0 && `${formatNumber(total.ratings)} ratings, mean ${meanText(total)}`}
      />
      <Stat label="Open now" value={total && formatNumber(total.backlog)} note="at the end of the period" />
    </StatGroup>
  );
}

const cases = [
  { key: "opened", label: "Opened", color: 1 as const },
  { key: "resolved", label: "Resolved", color: 2 as const },
];
const speed = [
  { key: "first", label: "First response", color: 1 as const },
  { key: "business", label: "In business time", color: 3 as const },
];
const left = [{ key: "backlog", label: "Open at the end of the day", color: 3 as const }];

function Overview({ report: { items } }: { report: SupportReport }) {
  const days = useMemo(
    () =>
      items.map((row) => ({
        label: formatDay(`${row.day}T00:00:00Z`, "UTC"),
        values: {
          opened: row.opened,
          resolved: row.resolved,
          backlog: row.backlog,
          first: row.first.median,
          business: row.first.medianBusiness,
        },
      })),
    [items],
  );
  return (
    <>
      <div className="grid gap-4 xl:grid-cols-2">
        <Chart title="Cases" series={cases} points={days} />
        <Chart title="Backlog" series={left} points={days} />
      </div>
      <Chart
        title="First response, median"
        series={speed}
        points={days}
        format={(s) => lengthText(s)}
        axis={axisLengthText}
      />
      <Rows items={items.toReversed()} by="day" />
    </>
  );
}

interface ChartProps {
  title: string;
  series: typeof cases | typeof speed | typeof left;
  points: { label: string; values: Record<string, number> }[];
  format?: (value: number) => string;
  axis?: (value: number) => string;
}

function Chart({ title, series, points, format, axis }: ChartProps) {
  return (
    <Card>
      <CardHeader title={title} action={<ChartLegend series={series} />} />
      <CardBody>
        <LineChart
          label={title}
          series={series}
          points={points}
          height={200}
          formatValue={format}
          formatAxis={axis}
        />
      </CardBody>
    </Card>
  );
}

const heads: Record<By, string> = { day: "Day", person: "Person", team: "Team", channel: "Number" };
const nameless: Record<By, string> = { day: "", person: "Nobody", team: "No team", channel: "No number" };

function Rows({ items, by }: { items: SupportRow[]; by: By }) {
  if (items.length === 0)
    return (
      <Card>
        <EmptyState icon={Inbox} title="Nothing happened">
          As soon as people write and somebody answers, it is counted here.
        </EmptyState>
      </Card>
    );
  return (
    <Card>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by the keyboard too */}
      <section className="overflow-x-auto" aria-label={`Inbox by ${heads[by].toLowerCase()}`} tabIndex={0}>
        <Table className="min-w-[56rem] tabular-nums">
          <thead>
            <tr>
              <TH>{heads[by]}</TH>
              <TH className="text-right">Opened</TH>
              <TH className="text-right">Resolved</TH>
              <TH className="text-right">In</TH>
              <TH className="text-right">Out</TH>
              <TH className="text-right">First response</TH>
              <TH className="text-right">Business time</TH>
              <TH className="text-right">Resolution</TH>
              <TH className="text-right">SLA kept</TH>
              <TH className="text-right">Satisfied</TH>
              <TH className="text-right">Open</TH>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <ReportRow key={row.day ?? row.id ?? ""} row={row} by={by} />
            ))}
          </tbody>
        </Table>
      </section>
    </Card>
  );
}

function ReportRow({ row, by }: { row: SupportRow; by: By }) {
  const name = row.day
    ? formatDate(`${row.day}T00:00:00Z`, "UTC")
    : row.name || (row.id ? "Somebody who left" : nameless[by]);
  const cells = [
    formatNumber(row.opened),
    formatNumber(row.resolved),
    formatNumber(row.in),
    formatNumber(row.out),
    lengthText(row.first.median, row.first.n),
    lengthText(row.first.medianBusiness, row.first.n),
    lengthText(row.resolution.median, row.resolution.n),
    keptText(row),
    satisfiedText(row),
    formatNumber(row.backlog),
  ];
  return (
    <TR>
      <TD className="h-10 whitespace-nowrap font-medium" dir="auto">
        {name}
      </TD>
      {cells.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells are told apart by their column
        <TD key={at} className="h-10 whitespace-nowrap text-right">
          {text}
        </TD>
      ))}
    </TR>
  );
}
