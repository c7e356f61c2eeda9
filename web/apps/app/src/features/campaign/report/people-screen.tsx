import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Chip } from "@aerostic/ui/chip";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney, formatPhone } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link, useNavigate } from "@tanstack/react-router";
import { Download, UsersRound } from "lucide-react";
import { useMemo, useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { MessageSheet } from "@/features/message/message-sheet";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useCampaign } from "../api/campaign";
import type { Campaign } from "../api/campaigns";
import { useFailures } from "../api/failures";
import { downloadPeople, type Recipient, usePeople } from "../api/people";
import { shares, variantName } from "../experiment";
import { outcomeLooks } from "../outcome";
import { type PeopleGroup, peopleGroups } from "../people";

export interface PeopleSearch {
  outcome?: PeopleGroup;
  /** One reason of that outcome, as the report's failures name it. */
  reason?: string;
  /** One version, counted from 1. */
  variant?: number;
  /** The message shown beside the list. */
  message?: string;
}

/** The people behind one number of the report. */
export function PeopleScreen({ id, search }: { id: string; search: PeopleSearch }) {
  const { outcome = "all", reason, variant, message } = search;
  const navigate = useNavigate();
  const { data: campaign } = useCampaign(id);
  const query = usePeople(id, peopleGroups[outcome].outcomes, reason, variant);
  const setSearch = (next: PeopleSearch, replace = true) =>
    void navigate({ to: "/campaigns/$id/people", params: { id }, search: next, replace });

  return (
    <Page
      title={campaign?.name ?? "Campaign"}
      back={
        <Link to="/campaigns/$id" params={{ id }} aria-label="Back to the report">
          <BackIcon />
        </Link>
      }
      actions={campaign && <ExportButton campaign={campaign} outcome={outcome} variant={variant} />}
      toolbar={
        <PageToolbar>
          <Select
            aria-label="Which people"
            className="w-64 max-sm:w-full"
            value={outcome}
            onValueChange={(next) => setSearch({ outcome: next as PeopleGroup, variant })}
            options={Object.entries(peopleGroups).map(([value, { label }]) => ({ value, label }))}
          />
          {campaign?.experiment && (
            <Select
              aria-label="Which version"
              className="w-40 max-sm:w-full"
              value={String(variant ?? 0)}
              onValueChange={(next) => setSearch({ outcome, reason, variant: Number(next) || undefined })}
              options={[
                "Every version",
                ...shares(campaign.experiment).map((_, i) => `Version ${variantName(i + 1)}`),
              ].map((label, i) => ({ value: String(i), label }))}
            />
          )}
          {reason && <Reason id={id} reason={reason} onRemove={() => setSearch({ outcome, variant })} />}
        </PageToolbar>
      }
    >
      <DataTable
        {...usePagedRows(query)}
        label={`People: ${peopleGroups[outcome].label}`}
        columns={useColumns((one) => setSearch({ ...search, message: one }, false))}
        rowId={({ contactId }) => contactId}
        onRowClick={(row) => setSearch({ ...search, message: row.messageId }, false)}
        empty={
          <EmptyState icon={UsersRound} title="Nobody here now" className="flex-1">
            People move on as WhatsApp reports; look at another outcome.
          </EmptyState>
        }
      />
      <MessageSheet id={message} onClose={() => setSearch({ outcome: search.outcome, reason, variant })} />
    </Page>
  );
}

interface ExportProps {
  campaign: Campaign;
  outcome: PeopleGroup;
  variant: number | undefined;
}

/** The list as a file. A number that sums several outcomes is a file with everybody. */
function ExportButton({ campaign: { id, name }, outcome, variant }: ExportProps) {
  const [busy, setBusy] = useState(false);
  const [first = "", ...others] = peopleGroups[outcome].outcomes;
  const save = async () => {
    setBusy(true);
    await downloadPeople(id, name, others.length > 0 ? "" : first, variant).catch((error) =>
      toast.error(error instanceof Error ? error.message : "Could not download the file"),
    );
    setBusy(false);
  };
  return (
    <Button loading={busy} onClick={() => void save()} aria-label="Export as CSV">
      <Download /> <span className="max-sm:hidden">{others.length > 0 ? "Export everybody" : "Export"}</span>
    </Button>
  );
}

function Reason({ id, reason, onRemove }: { id: string; reason: string; onRemove: () => void }) {
  const { data } = useFailures(id);
  const known = data?.failures.find((failure) => failure.reason === reason);
  return <Chip label={known?.explanation.title ?? reason} onRemove={onRemove} />;
}

function useColumns(open: (message: string) => void): Column<Recipient>[] {
  const format = useFormat();
  const { currency } = useMe().tenant;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening means the same on every render
  return useMemo(
    () => [
      {
        id: "person",
        header: "Person",
        cell: (row) => (
          <CellStack
            title={
              <button
                type="button"
                dir="auto"
                onClick={() => open(row.messageId)}
                className="rounded-xs text-left outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {row.name || formatPhone(row.phone) || "Deleted contact"}
              </button>
            }
            note={row.name ? formatPhone(row.phone) : undefined}
          />
        ),
      },
      {
        id: "outcome",
        header: "Outcome",
        width: "120px",
        cell: ({ outcome, variant }) => {
          const { label, tone } = outcomeLooks(outcome);
          return (
            <span className="flex items-center gap-1.5">
              <Badge tone={tone} dot>
                {label}
              </Badge>
              {variant && <span className="text-muted-foreground text-xs">{variant}</span>}
            </span>
          );
        },
      },
      {
        id: "why",
        header: "Why, and what to do",
        hideBelow: "lg",
        cell: ({ explanation }) =>
          explanation ? (
            <span className="line-clamp-2 text-muted-foreground text-xs">
              <span className="text-foreground">{explanation.title}</span> {explanation.advice}
            </span>
          ) : (
            <span className="text-muted-foreground">–</span>
          ),
      },
      {
        id: "attempts",
        header: "Attempts",
        width: "120px",
        hideBelow: "lg",
        cell: ({ attempts, retryAt }) => (
          <CellStack
            title={attempts}
            note={retryAt && `next ${format.day(retryAt)}, ${format.time(retryAt)}`}
          />
        ),
      },
      {
        id: "delivered",
        header: "Delivered",
        width: "130px",
        hideBelow: "md",
        cell: ({ deliveredAt }) => <Time at={deliveredAt} format={format} />,
      },
      {
        id: "read",
        header: "Read",
        width: "130px",
        hideBelow: "xl",
        cell: ({ readAt }) => <Time at={readAt} format={format} />,
      },
      {
        id: "replied",
        header: "Replied",
        width: "130px",
        hideBelow: "xl",
        cell: ({ repliedAt }) => <Time at={repliedAt} format={format} />,
      },
      {
        id: "charged",
        header: "Charged",
        width: "110px",
        align: "right",
        hideBelow: "md",
        cell: ({ charged }) =>
          charged > 0 ? (
            formatMoney({ amount: charged, currency })
          ) : (
            <span className="text-muted-foreground">–</span>
          ),
      },
    ],
    [format, currency],
  );
}

function Time({ at, format }: { at: string | undefined; format: ReturnType<typeof useFormat> }) {
  if (!at) return <span className="text-muted-foreground">–</span>;
  return (
    <time dateTime={at} title={format.dateTime(at)} className="text-muted-foreground">
      {format.day(at)}, {format.time(at)}
    </time>
  );
}
