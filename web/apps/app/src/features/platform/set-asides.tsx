import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { CellStack } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { CircleCheck, RotateCw } from "lucide-react";
import { useMemo } from "react";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useRetrySetAside } from "./api/retry";
import { type SetAside, useSetAsides } from "./api/set-asides";

/** What Meta told us and could not be applied, with the reason and another try. */
export function SetAsides() {
  const format = useFormat();
  const list = usePagedRows(useSetAsides());
  const columns = useMemo(
    (): Column<SetAside>[] => [
      {
        id: "reason",
        grow: true,
        header: "Why it waits",
        cell: ({ reason, kind, deliveryId }) => (
          <CellStack
            title={<span className="whitespace-normal font-normal">{reason}</span>}
            note={
              <>
                {kind} · delivery <span className="font-mono">{deliveryId}</span>
              </>
            }
          />
        ),
      },
      {
        id: "number",
        header: "Number or account",
        width: "13rem",
        hideBelow: "lg",
        cell: ({ phoneNumberId, wabaId }) => (
          <span className="font-mono text-xs">{phoneNumberId ?? wabaId ?? "–"}</span>
        ),
      },
      {
        id: "attempts",
        header: "Tries",
        width: "11rem",
        hideBelow: "md",
        cell: ({ attempts, nextAt }) =>
          nextAt ? (
            <span>
              {formatNumber(attempts)}
              <span className="text-muted-foreground">, next {format.relative(nextAt)}</span>
            </span>
          ) : (
            <Badge tone="warning">
              {attempts === 0 ? "Waits for you" : `Given up after ${formatCount(attempts, "try", "tries")}`}
            </Badge>
          ),
      },
      {
        id: "since",
        header: "Since",
        width: "11rem",
        hideBelow: "sm",
        cell: ({ createdAt }) => <span className="text-muted-foreground">{format.dateTime(createdAt)}</span>,
      },
      {
        id: "retry",
        header: <span className="sr-only">Actions</span>,
        width: "7rem",
        align: "right",
        cell: (item) => <Retry item={item} />,
      },
    ],
    [format],
  );
  return (
    <DataTable
      {...list}
      label="Set-aside webhook items"
      columns={columns}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon={CircleCheck} title="Everything was applied" className="flex-1">
          What arrives from Meta and fits nothing, such as an event of an unknown number, waits here with its
          reason.
        </EmptyState>
      }
    />
  );
}

function Retry({ item }: { item: SetAside }) {
  const retry = useRetrySetAside();
  const again = () =>
    retry.mutate(
      { params: { path: { id: item.id } } },
      {
        onSuccess: () =>
          toast.success("Queued for another try", {
            description: "It comes back here if it still does not fit.",
          }),
        onError: (error) => toast.error("Could not try again", { description: error.detail }),
      },
    );
  return (
    <Button size="sm" loading={retry.isPending} onClick={again} aria-label="Try this item again">
      <RotateCw /> Try again
    </Button>
  );
}
