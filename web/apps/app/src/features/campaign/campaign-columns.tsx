import type { Column } from "@aerostic/ui/data-table";
import { formatMoney, formatPercent } from "@aerostic/ui/lib/format";
import { Progress, RateBar } from "@aerostic/ui/progress";
import { CellStack } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import type { Campaign } from "./api/campaigns";
import { CampaignMenu } from "./campaign-menu";
import { delivered, handled } from "./counts";
import { audienceText } from "./status";
import { CampaignStatusBadge } from "./status-badge";
import { useTagNames } from "./use-tag-names";

/** Where a campaign opens: a draft in the wizard, any other in its report. */
export function campaignLink({ id, status }: Pick<Campaign, "id" | "status">) {
  return { to: status === "draft" ? "/campaigns/$id/edit" : "/campaigns/$id", params: { id } } as const;
}

/** The columns of a list of campaigns; the overview shows fewer. */
export function useCampaignColumns({ brief = false }: { brief?: boolean } = {}): Column<Campaign>[] {
  const names = useTagNames();
  const format = useFormat();
  const { currency } = useMe().tenant;
  return useMemo(() => {
    const columns: Column<Campaign>[] = [
      {
        id: "name",
        header: "Campaign",
        grow: true,
        cell: (row) => (
          <CellStack
            title={
              <Link
                {...campaignLink(row)}
                dir="auto"
                className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {row.name}
              </Link>
            }
            note={<span dir="auto">{audienceText(row.audience, names)}</span>}
          />
        ),
      },
      { id: "status", header: "Status", width: "140px", cell: (row) => <Standing campaign={row} /> },
      {
        id: "delivered",
        header: "Delivered",
        width: "150px",
        hideBelow: "md",
        cell: ({ counts, name }) => (
          <RateBar label={`Delivered of ${name}`} part={delivered(counts)} whole={handled(counts)} />
        ),
      },
      {
        id: "read",
        header: "Read",
        width: "150px",
        hideBelow: "lg",
        cell: ({ counts, name }) => (
          <RateBar label={`Read of ${name}`} part={counts.read} whole={delivered(counts)} tone={2} />
        ),
      },
      {
        id: "spend",
        header: "Spend",
        width: "110px",
        hideBelow: "md",
        cell: ({ counts }) =>
          counts.charged > 0 ? (
            formatMoney({ amount: counts.charged, currency }, { whole: true })
          ) : (
            <span className="text-muted-foreground">–</span>
          ),
      },
      {
        id: "when",
        header: "When",
        width: "180px",
        hideBelow: "xl",
        cell: (row) => <span className="text-muted-foreground">{whenText(row, format)}</span>,
      },
      {
        id: "actions",
        header: <span className="sr-only">Actions</span>,
        align: "right",
        width: "56px",
        cell: (row) => <CampaignMenu campaign={row} />,
      },
    ];
    return brief ? columns.filter(({ id }) => id !== "when" && id !== "actions") : columns;
  }, [names, format, currency, brief]);
}

/** The badge, and how far it is while it sends. */
function Standing({ campaign: { status, counts, name } }: { campaign: Campaign }) {
  const moving = status === "running" || status === "paused";
  return (
    <span className="flex flex-col items-start gap-1">
      <CampaignStatusBadge status={status} />
      {moving && counts.total > 0 && (
        <span className="flex items-center gap-2 text-2xs text-muted-foreground">
          <Progress
            label={`Sending of ${name}`}
            value={handled(counts)}
            max={counts.total}
            className="h-1 w-13"
          />
          {formatPercent(handled(counts), counts.total, 0)}
        </span>
      )}
    </span>
  );
}

function whenText(campaign: Campaign, format: ReturnType<typeof useFormat>): string {
  const { status, scheduledAt, startedAt, updatedAt } = campaign;
  if (status === "scheduled" && scheduledAt) return `Starts ${format.dateTime(scheduledAt)}`;
  if (status === "repeating") return "Again and again";
  if (startedAt) return format.dateTime(startedAt);
  return `Changed ${format.relative(updatedAt)}`;
}
