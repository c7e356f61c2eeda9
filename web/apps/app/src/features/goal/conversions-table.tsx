import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney, formatPhone } from "@aerostic/ui/lib/format";
import { CellStack } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { Target } from "lucide-react";
import { useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Conversion, useConversions } from "./api/conversions";

/** What was reported, the latest first, with the campaign each counts for. */
export function ConversionsTable() {
  return (
    <DataTable
      {...usePagedRows(useConversions())}
      label="Conversions"
      columns={useColumns()}
      rowId={({ eventId }) => eventId}
      empty={
        <EmptyState icon={Target} title="Nothing was reported yet" className="flex-1">
          Let your shop or booking system report what people do; the example under Goals shows how.
        </EmptyState>
      }
    />
  );
}

function useColumns(): Column<Conversion>[] {
  const format = useFormat();
  const { currency } = useMe().tenant;
  return useMemo(
    () => [
      {
        id: "person",
        header: "Person",
        cell: ({ contactId, contactName, phone }) => (
          <CellStack
            title={
              contactId ? (
                <Link
                  to="/contacts"
                  search={{ contact: contactId }}
                  dir="auto"
                  className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {contactName || formatPhone(phone) || "Deleted contact"}
                </Link>
              ) : (
                <span className="text-muted-foreground">Not a contact</span>
              )
            }
            note={contactName ? formatPhone(phone) : undefined}
          />
        ),
      },
      {
        id: "goal",
        header: "Goal",
        width: "160px",
        cell: ({ goal, eventId }) => <CellStack title={<span dir="auto">{goal}</span>} note={eventId} />,
      },
      {
        id: "campaign",
        header: "Counts for",
        hideBelow: "md",
        cell: ({ campaignId, campaignName }) =>
          campaignId ? (
            <Link
              to="/campaigns/$id"
              params={{ id: campaignId }}
              dir="auto"
              className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
            >
              {campaignName}
            </Link>
          ) : (
            <span className="text-muted-foreground">No campaign</span>
          ),
      },
      {
        id: "at",
        header: "When",
        width: "170px",
        hideBelow: "lg",
        cell: ({ at }) => <time dateTime={at}>{format.dateTime(at)}</time>,
      },
      {
        id: "value",
        header: "Value",
        width: "110px",
        align: "right",
        cell: ({ value }) => formatMoney({ amount: value, currency }),
      },
    ],
    [format, currency],
  );
}
