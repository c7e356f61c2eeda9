import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { Segmented } from "@aerostic/ui/segmented";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { BarChart3 } from "lucide-react";
import { useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { type Order, type Performance, usePerformances } from "./api/performance";
import { languageName } from "./languages";
import { categories } from "./status";

interface PerformanceScreenProps {
  days?: 7 | 30 | 90;
  order?: Order;
}

const choices: { value: Order; label: string }[] = [
  { value: "replyRate", label: "Most replies" },
  { value: "clickRate", label: "Most clicks" },
  { value: "conversionRate", label: "Most conversions" },
  { value: "readRate", label: "Most read" },
  { value: "delivered", label: "Most delivered" },
  { value: "blockRate", label: "Most stopped" },
  { value: "costPerRead", label: "Cheapest read" },
  { value: "costPerReply", label: "Most replies for the money" },
  { value: "costPerClick", label: "Most clicks for the money" },
  { value: "costPerConversion", label: "Cheapest conversion" },
];

/** The templates that were sent, ranked by what became of their messages. */
export function PerformanceScreen({ days = 30, order = "replyRate" }: PerformanceScreenProps) {
  const { data, isPending, error, refetch } = usePerformances(days, order);
  const navigate = useNavigate();
  const format = useFormat();
  const setSearch = (change: PerformanceScreenProps) =>
    void navigate({ to: "/templates/performance", search: { days, order, ...change }, replace: true });
  return (
    <Page
      title="Template performance"
      back={
        <Link to="/templates" aria-label="All templates">
          <BackIcon />
        </Link>
      }
      toolbar={
        <PageToolbar>
          <Select
            aria-label="Ranked by"
            className="w-auto min-w-40 max-sm:flex-1"
            value={order}
            onValueChange={(next) => setSearch({ order: next as Order })}
            options={choices}
          />
          <Segmented
            label="Period"
            value={String(days)}
            onValueChange={(next) => setSearch({ days: Number(next) as PerformanceScreenProps["days"] })}
            options={[
              { value: "7", label: "7 days" },
              { value: "30", label: "30 days" },
              { value: "90", label: "90 days" },
            ]}
          />
          <p className="ml-auto text-muted-foreground text-xs max-lg:hidden" aria-live="polite">
            {data?.asOf ? `Counted ${format.relative(data.asOf)}` : "Being counted"}
          </p>
        </PageToolbar>
      }
    >
      <DataTable
        rows={data?.items ?? []}
        loading={isPending || !data?.asOf}
        error={error}
        onRetry={() => void refetch()}
        label="Templates by performance"
        columns={useColumns()}
        rowId={({ id }) => id}
        onRowClick={({ id }) => void navigate({ to: "/templates/$id", params: { id } })}
        empty={
          <EmptyState icon={BarChart3} title="No template was sent in this time" className="flex-1">
            After a campaign, its template is ranked here by reads, replies and cost.
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): Column<Performance>[] {
  const { currency } = useMe().tenant;
  return useMemo(() => {
    const share = (n: number, of: number) => formatPercent(n, of);
    const money = (amount?: number) => (amount === undefined ? "–" : formatMoney({ amount, currency }));
    return [
      {
        id: "name",
        header: "Template",
        grow: true,
        cell: (row) => (
          <CellStack
            title={
              <Link
                to="/templates/$id"
                params={{ id: row.id }}
                className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {row.name}
              </Link>
            }
            note={`${languageName(row.language)} · ${categories[row.category]}`}
          />
        ),
      },
      {
        id: "delivered",
        header: "Delivered",
        width: "90px",
        align: "right",
        hideBelow: "md",
        cell: (row) => formatNumber(row.delivered),
      },
      {
        id: "read",
        header: "Read",
        width: "80px",
        align: "right",
        cell: (row) => share(row.read, row.delivered),
      },
      {
        id: "replied",
        header: "Replied",
        width: "90px",
        align: "right",
        cell: (row) => share(row.replied, row.delivered),
      },
      {
        id: "clicked",
        header: "Clicked",
        width: "90px",
        align: "right",
        hideBelow: "md",
        cell: (row) => share(row.clicked, row.delivered),
      },
      {
        id: "converted",
        header: "Converted",
        width: "100px",
        align: "right",
        hideBelow: "lg",
        cell: (row) => formatNumber(row.converted),
      },
      {
        id: "blocked",
        header: "Stopped",
        width: "100px",
        align: "right",
        hideBelow: "md",
        cell: (row) => share(row.blocked, row.sent),
      },
      {
        id: "perClick",
        header: "Per click",
        width: "95px",
        align: "right",
        hideBelow: "lg",
        cell: (row) => money(row.costPer.click),
      },
      {
        id: "perRead",
        header: "Per read",
        width: "95px",
        align: "right",
        hideBelow: "xl",
        cell: (row) => money(row.costPer.read),
      },
      {
        id: "perReply",
        header: "Per reply",
        width: "95px",
        align: "right",
        hideBelow: "lg",
        cell: (row) => money(row.costPer.reply),
      },
      {
        id: "charged",
        header: "Charged",
        width: "105px",
        align: "right",
        hideBelow: "xl",
        cell: (row) => money(row.charged),
      },
    ];
  }, [currency]);
}
