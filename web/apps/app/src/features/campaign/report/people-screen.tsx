import { Badge } from "@aerostic/ui/badge";
import { Chip } from "@aerostic/ui/chip";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney, formatPhone } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { UsersRound } from "lucide-react";
import { useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { MessageSheet } from "@/features/message/message-sheet";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useCampaign } from "../api/campaign";
import { useFailures } from "../api/failures";
import { type Recipient, usePeople } from "../api/people";
import { outcomeLooks } from "../outcome";
import { type PeopleGroup, peopleGroups } from "../people";

export interface PeopleSearch {
  outcome?: PeopleGroup;
  /** One reason of that outcome, as the report's failures name it. */
  reason?: string;
  /** The message shown beside the list. */
  message?: string;
}

/** The people behind one number of the report. */
export function PeopleScreen({ id, search }: { id: string; search: PeopleSearch }) {
  const { outcome = "all", reason, message } = search;
  const navigate = useNavigate();
  const { data: campaign } = useCampaign(id);
  const query = usePeople(id, peopleGroups[outcome].outcomes, reason);
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
      toolbar={
        <PageToolbar>
          <Select
            aria-label="Which people"
            className="w-64 max-sm:w-full"
            value={outcome}
            onValueChange={(next) => setSearch({ outcome: next as PeopleGroup })}
            options={Object.entries(peopleGroups).map(([value, { label }]) => ({ value, label }))}
          />
          {reason && <Reason id={id} reason={reason} onRemove={() => setSearch({ outcome })} />}
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
      <MessageSheet id={message} onClose={() => setSearch({ outcome: search.outcome, reason })} />
    </Page>
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
        cell: ({ outcome }) => {
          const { label, tone } = outcomeLooks(outcome);
          return (
            <Badge tone={tone} dot>
              {label}
            </Badge>
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
