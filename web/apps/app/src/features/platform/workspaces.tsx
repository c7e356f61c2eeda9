import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { CellStack } from "@aerostic/ui/table";
import { Building2, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type TenantOrder, type TenantSummary, useTenants } from "./api/tenants";
import { TopUpDialog } from "./topup-dialog";

/** Every workspace, with the button that adds money to its wallet. */
export function Workspaces({ sort }: { sort: TenantOrder }) {
  const format = useFormat();
  const list = usePagedRows(useTenants(sort));
  const [paying, setPaying] = useState<TenantSummary>();
  const columns = useMemo(
    (): Column<TenantSummary>[] => [
      {
        id: "name",
        header: "Workspace",
        cell: ({ name, slug }) => (
          <span className="flex min-w-0 items-center gap-3">
            <Avatar name={name} square />
            <CellStack
              title={<span dir="auto">{name}</span>}
              note={<span className="font-mono">{slug}</span>}
            />
          </span>
        ),
      },
      {
        id: "status",
        header: "Status",
        width: "8rem",
        hideBelow: "sm",
        cell: ({ status }) => (
          <Badge tone={status === "active" ? "success" : "danger"} dot>
            {status === "active" ? "Active" : "Suspended"}
          </Badge>
        ),
      },
      { id: "country", header: "Country", width: "7rem", hideBelow: "md", cell: ({ country }) => country },
      {
        id: "currency",
        header: "Currency",
        width: "7rem",
        hideBelow: "md",
        cell: ({ currency }) => currency,
      },
      {
        id: "created",
        header: "Made",
        width: "9rem",
        hideBelow: "lg",
        cell: ({ createdAt }) => <span className="text-muted-foreground">{format.date(createdAt)}</span>,
      },
      {
        id: "topup",
        header: <span className="sr-only">Actions</span>,
        width: "8rem",
        align: "right",
        cell: (tenant) => (
          <Button size="sm" onClick={() => setPaying(tenant)} aria-label={`Add money to ${tenant.name}`}>
            <Plus /> Add money
          </Button>
        ),
      },
    ],
    [format],
  );
  return (
    <>
      <DataTable
        {...list}
        label="Workspaces"
        columns={columns}
        rowId={({ id }) => id}
        empty={
          <EmptyState icon={Building2} title="No workspaces yet" className="flex-1">
            They appear here when people sign up.
          </EmptyState>
        }
      />
      <TopUpDialog tenant={paying} onClose={() => setPaying(undefined)} />
    </>
  );
}
