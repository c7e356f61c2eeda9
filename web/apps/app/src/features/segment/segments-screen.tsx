import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
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
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { Contact, Ellipsis, Filter, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { useDeleteSegment } from "./api/remove";
import { type Segment, useSegments } from "./api/segments";

/** All saved segments, each with its sentence. */
export function SegmentsScreen() {
  const { data, isPending, error, refetch } = useSegments();
  const canWrite = useCan("contact.write");
  const [deleting, setDeleting] = useState<Segment>();
  const format = useFormat();
  const columns = useMemo(() => segmentColumns(format.date, canWrite, setDeleting), [format, canWrite]);
  const add = (
    <Button asChild variant="primary">
      <Link to="/contacts/segments/new" aria-label="New segment">
        <Plus /> <span className="max-sm:hidden">New segment</span>
      </Link>
    </Button>
  );
  return (
    <Page
      title="Segments"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={canWrite && add}
    >
      <DataTable
        label="Segments"
        columns={columns}
        rows={data?.items ?? []}
        rowId={(segment) => segment.id}
        loading={isPending}
        error={data ? undefined : error}
        onRetry={() => refetch()}
        empty={
          <EmptyState icon={Filter} title="No segments yet" className="flex-1" action={canWrite && add}>
            A segment is a question about contacts, such as who did not read a campaign in 14 days. Whoever
            fits is in it.
          </EmptyState>
        }
      />
      {deleting && <DeleteSegment segment={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  );
}

function segmentColumns(
  date: (at: string) => string,
  canWrite: boolean,
  onDelete: (segment: Segment) => void,
): Column<Segment>[] {
  return [
    {
      id: "name",
      header: "Segment",
      grow: true,
      cell: (segment) => (
        <span className="flex min-w-0 flex-col">
          <Link
            to="/contacts/segments/$segmentId"
            params={{ segmentId: segment.id }}
            className="focus-ring truncate rounded-sm font-medium hover:underline"
            dir="auto"
          >
            {segment.name}
          </Link>
          <span className="truncate text-muted-foreground text-xs" dir="auto" title={segment.sentence}>
            {segment.sentence}
          </span>
        </span>
      ),
    },
    {
      id: "changed",
      header: "Changed",
      width: "9rem",
      hideBelow: "md",
      cell: ({ updatedAt }) => <span className="text-muted-foreground">{date(updatedAt)}</span>,
    },
    {
      id: "menu",
      header: <span className="sr-only">Actions</span>,
      width: "3.5rem",
      align: "right",
      cell: (segment) => <RowMenu segment={segment} canWrite={canWrite} onDelete={() => onDelete(segment)} />,
    },
  ];
}

function RowMenu({
  segment,
  canWrite,
  onDelete,
}: {
  segment: Segment;
  canWrite: boolean;
  onDelete: () => void;
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${segment.name}`}>
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link to="/contacts" search={{ segment: segment.id }}>
            <Contact /> Show contacts
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link to="/contacts/segments/$segmentId" params={{ segmentId: segment.id }}>
            <Pencil /> {canWrite ? "Edit" : "Open"}
          </Link>
        </DropdownMenuItem>
        {canWrite && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem tone="danger" onSelect={onDelete}>
              <Trash2 /> Delete
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function DeleteSegment({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const remove = useDeleteSegment();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete ${segment.name}?`}
      description="The contacts stay. Draft campaigns for this segment need another audience. This cannot be undone."
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: segment.id } } });
        toast.success(`${segment.name} deleted`);
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
