import { Card, CardHeader } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { Skeleton } from "@aerostic/ui/skeleton";
import { BarChart3 } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { type Course, useTemplatePerformance } from "./api/performance";

const spans = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
];

/** What became of the template's messages, and what each result cost. */
export function PerformanceCard({ id }: { id: string }) {
  const [days, setDays] = useState("30");
  const { data, error, refetch } = useTemplatePerformance(id, Number(days));
  const format = useFormat();
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Performance"
        description={data?.asOf ? `Counted ${format.relative(data.asOf)}` : "Being counted"}
        action={<Segmented label="Period" value={days} onValueChange={setDays} options={spans} />}
        className="max-sm:flex-col max-sm:gap-2"
      />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} className="m-4" />
      ) : !data?.asOf ? (
        <Skeleton className="m-4 h-24 rounded-lg" />
      ) : data.total.sent === 0 ? (
        <EmptyState icon={BarChart3} title="Not sent in this time" className="py-8">
          What becomes of its messages is counted here after a campaign.
        </EmptyState>
      ) : (
        <Figures course={data} />
      )}
    </Card>
  );
}

function Figures({ course: { total, costPer } }: { course: Course }) {
  const { currency } = useMe().tenant;
  const money = (amount: number | undefined) =>
    amount === undefined ? "–" : formatMoney({ amount, currency });
  const share = (n: number, of: number) => formatPercent(n, of);
  return (
    <dl className="-mr-px -mb-px grid grid-cols-2 border-t sm:grid-cols-4">
      <Figure
        label="Delivered"
        value={formatNumber(total.delivered)}
        note={`${formatNumber(total.sent)} sent`}
      />
      <Figure label="Read" value={share(total.read, total.delivered)} note={formatNumber(total.read)} />
      <Figure label="Replied" value={share(total.replied, total.delivered)} note="within 72 hours" />
      <Figure
        label="Clicked"
        value={share(total.clicked, total.delivered)}
        note={formatNumber(total.clicked)}
      />
      <Figure label="Conversions" value={formatNumber(total.converted)} note={conversions(money, total)} />
      <Figure
        label="Stopped marketing"
        value={share(total.blocked, total.sent)}
        note={`${formatNumber(total.blocked)} at WhatsApp`}
      />
      <Figure label="Charged" value={money(total.charged)} />
      <Figure label="Per delivered" value={money(costPer.delivered)} />
      <Figure label="Per read" value={money(costPer.read)} />
      <Figure label="Per reply" value={money(costPer.reply)} />
      <Figure label="Per click" value={money(costPer.click)} />
      <Figure label="Per conversion" value={money(costPer.conversion)} />
    </dl>
  );
}

/** What the conversions were worth. */
function conversions(money: (amount: number) => string, { converted, value }: Course["total"]) {
  return converted > 0 ? `worth ${money(value)}` : "of its campaigns";
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className="min-w-0 border-r border-b px-4 py-3">
      <dt className="truncate text-muted-foreground text-xs">{label}</dt>
      <dd className="truncate font-semibold text-lg tracking-title">{value}</dd>
      {note && <dd className="truncate text-muted-foreground text-xs">{note}</dd>}
    </div>
  );
}
