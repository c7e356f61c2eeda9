import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { EmptyState } from "@aerostic/ui/empty-state";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { CellStack } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { Ellipsis, ListChecks, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page } from "@/features/shell/page";
import { useDeleteField } from "./api/delete-field";
import { type ContactField, useFields } from "./api/fields";
import { FieldDialog } from "./field-dialog";
import { typeNames } from "./field-value";
import { RunningBulks } from "./running-bulks";

type Asking = { what: "edit" | "delete"; field?: ContactField };

/** What the workspace keeps about contacts beyond the usual: names, types and options. */
export function FieldsScreen() {
  const { data, isPending, error, refetch } = useFields();
  const canManage = useCan("contact.manage");
  const [asking, setAsking] = useState<Asking>();
  const columns = useMemo(() => fieldColumns(canManage, setAsking), [canManage]);
  const close = () => setAsking(undefined);
  return (
    <Page
      title="Fields"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={
        canManage && (
          <Button variant="primary" onClick={() => setAsking({ what: "edit" })} aria-label="New field">
            <Plus /> <span className="max-sm:hidden">New field</span>
          </Button>
        )
      }
    >
      <RunningBulks />
      <DataTable
        label="Fields"
        columns={columns}
        rows={data?.items ?? []}
        loading={isPending}
        error={data ? undefined : error}
        onRetry={() => void refetch()}
        rowId={(field) => field.key}
        empty={
          <EmptyState icon={ListChecks} title="No fields yet" className="flex-1">
            Keep what matters to you about people: a birthday, a city, what they spent. An import makes fields
            of columns it does not know.
          </EmptyState>
        }
      />
      {asking?.what === "edit" && (
        <FieldDialog key={asking.field?.key} field={asking.field} onClose={close} />
      )}
      {asking?.what === "delete" && asking.field && <DeleteField field={asking.field} onClose={close} />}
    </Page>
  );
}

function fieldColumns(canManage: boolean, ask: (asking: Asking) => void): Column<ContactField>[] {
  return [
    {
      id: "label",
      header: "Name",
      cell: ({ label, key }) => (
        <CellStack title={<span dir="auto">{label}</span>} note={<span className="font-mono">{key}</span>} />
      ),
    },
    { id: "type", header: "Type", width: "14rem", cell: (field) => <TypeCell field={field} /> },
    {
      id: "options",
      header: "Options",
      width: "22rem",
      hideBelow: "md",
      cell: ({ options }) => (
        <span className="block truncate text-muted-foreground" dir="auto">
          {options.join(", ")}
        </span>
      ),
    },
    ...(canManage
      ? [
          {
            id: "menu",
            header: <span className="sr-only">Actions</span>,
            width: "3.5rem",
            align: "right" as const,
            cell: (field: ContactField) => <FieldMenu field={field} ask={ask} />,
          },
        ]
      : []),
  ];
}

function TypeCell({ field }: { field: ContactField }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {typeNames[field.type]}
      {field.becomes && (
        <Badge tone="info" dot>
          Becomes {typeNames[field.becomes.type].toLowerCase()}
        </Badge>
      )}
    </span>
  );
}

function FieldMenu({ field, ask }: { field: ContactField; ask: (asking: Asking) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${field.label}`}>
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => ask({ what: "edit", field })}>
          <Pencil /> Change
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={() => ask({ what: "delete", field })}>
          <Trash2 /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function DeleteField({ field, onClose }: { field: ContactField; onClose: () => void }) {
  const remove = useDeleteField();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      typed={field.key}
      title={`Delete ${field.label}?`}
      description="Its value is removed from every contact. Campaigns that put it into a message fall back to what you gave them for an empty one. This cannot be undone."
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { key: field.key } } });
        toast.success(`${field.label} deleted`);
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
