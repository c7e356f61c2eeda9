import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { Segmented } from "@aerostic/ui/segmented";
import { CellStack } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, Search, Waypoints, Zap } from "lucide-react";
import { useMemo, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type ListedSequence, type SequenceStatus, useSequences } from "./api/sequences";
import { NewSequenceDialog } from "./new-dialog";
import { triggerText } from "./sequence";
import { SequenceStatusBadge } from "./status-badge";
import { useStageNames } from "./use-stage-names";

const views = {
  all: undefined,
  live: ["active", "paused"],
  drafts: ["draft"],
  archived: ["archived"],
} satisfies Record<string, SequenceStatus[] | undefined>;

export type SequencesView = keyof typeof views;

/** Where a sequence opens: a draft in the editor, any other on its page. */
function linkOf({ id, status }: Pick<ListedSequence, "id" | "status">) {
  return { to: status === "draft" ? "/sequences/$id/edit" : "/sequences/$id", params: { id } } as const;
}

/** All sequences, newest first. */
export function SequencesScreen({ view = "all" }: { view?: SequencesView }) {
  const navigate = useNavigate();
  const query = useSequences(views[view]);
  useLive("sequences", () => query.refetch());
  const [making, setMaking] = useState<"sequence" | "triggered">();
  const create = useCan("campaign.write") && <NewMenu onPick={setMaking} />;
  return (
    <Page
      title="Sequences"
      actions={create}
      toolbar={
        <PageToolbar>
          <Segmented<SequencesView>
            label="Which sequences"
            value={view}
            onValueChange={(next) =>
              void navigate({
                to: "/sequences",
                search: { view: next === "all" ? undefined : next },
                replace: true,
              })
            }
            options={[
              { value: "all", label: "All" },
              { value: "live", label: "Live" },
              { value: "drafts", label: "Drafts" },
              { value: "archived", label: "Archived" },
            ]}
          />
        </PageToolbar>
      }
    >
      <DataTable
        {...usePagedRows(query)}
        label="Sequences"
        columns={useColumns()}
        rowId={({ id }) => id}
        onRowClick={(row) => void navigate(linkOf(row))}
        empty={
          view === "all" ? (
            <EmptyState icon={Waypoints} title="No sequences yet" className="flex-1" action={create}>
              A sequence sends messages that follow each other by time, and stops when people reply or buy. A
              triggered campaign sends one message for each event that your shop tells.
            </EmptyState>
          ) : (
            <EmptyState
              icon={Search}
              title="No sequence fits"
              className="flex-1"
              action={
                <Button onClick={() => void navigate({ to: "/sequences", search: {}, replace: true })}>
                  Show all
                </Button>
              }
            />
          )
        }
      />
      {making && (
        <NewSequenceDialog triggered={making === "triggered"} onClose={() => setMaking(undefined)} />
      )}
    </Page>
  );
}

function NewMenu({ onPick }: { onPick: (kind: "sequence" | "triggered") => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="primary" aria-label="New">
          <Plus /> <span className="max-sm:hidden">New</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onPick("sequence")}>
          <Waypoints /> New sequence
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onPick("triggered")}>
          <Zap /> New triggered campaign
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function useColumns(): Column<ListedSequence>[] {
  const stages = useStageNames();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: "Sequence",
        grow: true,
        cell: (row) => {
          const { trigger, steps } = row.published ?? row.draft;
          return (
            <CellStack
              title={
                <Link
                  {...linkOf(row)}
                  dir="auto"
                  className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {row.name}
                </Link>
              }
              note={
                <span dir="auto">
                  {triggerText(trigger, stages)} · {formatCount(steps.length, "step")}
                </span>
              }
            />
          );
        },
      },
      {
        id: "status",
        header: "Status",
        width: "130px",
        cell: (row) => <SequenceStatusBadge status={row.status} />,
      },
      {
        id: "waiting",
        header: "Inside now",
        width: "120px",
        align: "right",
        cell: ({ waiting }) => formatNumber(waiting),
      },
      {
        id: "entered",
        header: "Came in",
        width: "120px",
        align: "right",
        hideBelow: "md",
        cell: ({ entered }) => formatNumber(entered),
      },
      {
        id: "changed",
        header: "Changed",
        width: "160px",
        hideBelow: "lg",
        cell: ({ updatedAt }) => <span className="text-muted-foreground">{format.relative(updatedAt)}</span>,
      },
    ],
    [stages, format],
  );
}
