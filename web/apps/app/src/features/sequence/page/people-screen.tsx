import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Chip } from "@aerostic/ui/chip";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { CellStack } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link, useNavigate } from "@tanstack/react-router";
import { UsersRound, UserX } from "lucide-react";
import { useMemo, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { outcomeLooks } from "@/features/campaign/outcome";
import { MessageSheet } from "@/features/message/message-sheet";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type PeopleFilter, type Person, useSequencePeople, useStopPerson } from "../api/people";
import { type Sequence, useSequence } from "../api/sequence";
import { stateLooks } from "../sequence";

export interface PeopleSearch extends PeopleFilter {
  /** The message shown beside the list. */
  message?: string;
}

type View = "all" | "waiting" | "finished" | "exited";

/** The people behind one number of a sequence. */
export function PeopleScreen({ id, search }: { id: string; search: PeopleSearch }) {
  const { message, ...filter } = search;
  const navigate = useNavigate();
  const { data: sequence } = useSequence(id);
  const query = useSequencePeople(id, filter);
  useLive<{ id: string }>(
    "sequences",
    () => query.refetch(),
    (event) => event.id === id,
  );
  const [stopping, setStopping] = useState<Person>();
  const setSearch = (next: PeopleSearch, replace = true) =>
    void navigate({ to: "/sequences/$id/people", params: { id }, search: next, replace });
  const narrowed = filterText(filter, sequence);
  return (
    <Page
      title={sequence?.name ?? "Sequence"}
      back={
        <Link to="/sequences/$id" params={{ id }} aria-label="Back to the sequence">
          <BackIcon />
        </Link>
      }
      toolbar={
        <PageToolbar>
          <Segmented<View>
            label="Which people"
            value={filter.state ?? "all"}
            onValueChange={(next) => setSearch(next === "all" ? {} : { state: next })}
            options={[
              { value: "all", label: "All" },
              { value: "waiting", label: "Inside" },
              { value: "finished", label: "Finished" },
              { value: "exited", label: "Left" },
            ]}
          />
          {narrowed && <Chip label={narrowed} onRemove={() => setSearch({})} />}
        </PageToolbar>
      }
    >
      <DataTable
        {...usePagedRows(query)}
        label="People"
        columns={useColumns(setStopping)}
        rowId={(row) => row.message?.id ?? row.enrolmentId}
        onRowClick={(row) => row.message && setSearch({ ...search, message: row.message.id }, false)}
        empty={
          <EmptyState icon={UsersRound} title="Nobody here now" className="flex-1">
            People move on as their steps fall due; look at another number.
          </EmptyState>
        }
      />
      <MessageSheet id={message} onClose={() => setSearch(filter)} />
      {stopping && <StopDialog id={id} person={stopping} onClose={() => setStopping(undefined)} />}
    </Page>
  );
}

const outcomeTexts: Record<string, string> = {
  reached: "Their turn",
  queued: "On the way to WhatsApp",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Failed",
  refused: "Not sent",
  cancelled: "Left just before",
  unsure: "In doubt",
  replied: "Replied",
};

/** "Step 2: Read": what the list is narrowed to beside the state. */
function filterText({ stepId, outcome, reason }: PeopleFilter, sequence: Sequence | undefined): string {
  const at = sequence?.report.steps.findIndex((step) => step.stepId === stepId) ?? -1;
  const step = stepId ? `Step ${at >= 0 ? at + 1 : ""}: ` : "";
  if (reason) {
    const known = sequence?.report.exits.find((exit) => exit.reason === reason);
    return `${step}${known?.title ?? reason}`;
  }
  return outcome ? `${step}${outcomeTexts[outcome] ?? outcome}` : "";
}

function useColumns(stop: (person: Person) => void): Column<Person>[] {
  const format = useFormat();
  const maySend = useCan("campaign.send");
  return useMemo(
    () => [
      {
        id: "person",
        header: "Person",
        cell: (row) => (
          <CellStack
            title={
              <Link
                to="/contacts/$id"
                params={{ id: row.contactId }}
                dir="auto"
                className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {row.name || formatPhone(row.phone) || "Deleted contact"}
              </Link>
            }
            note={row.name ? formatPhone(row.phone) : undefined}
          />
        ),
      },
      { id: "state", header: "Where", width: "130px", cell: (row) => <Where person={row} /> },
      {
        id: "why",
        header: "Why, and what to do",
        hideBelow: "lg",
        cell: ({ why, message }) => {
          const note = message?.problem ?? why;
          return note ? (
            <span className="line-clamp-2 text-muted-foreground text-xs">
              <span className="text-foreground">{note.title}</span> {note.advice}
            </span>
          ) : (
            <span className="text-muted-foreground">–</span>
          );
        },
      },
      {
        id: "taken",
        header: "Steps",
        width: "70px",
        align: "right",
        hideBelow: "md",
        cell: ({ taken }) => taken,
      },
      {
        id: "next",
        header: "Next step",
        width: "170px",
        hideBelow: "md",
        cell: ({ nextDue }) => (
          <span className="text-muted-foreground">{nextDue ? format.dateTime(nextDue) : "–"}</span>
        ),
      },
      {
        id: "entered",
        header: "Came in",
        width: "170px",
        hideBelow: "xl",
        cell: ({ enteredAt }) => <span className="text-muted-foreground">{format.dateTime(enteredAt)}</span>,
      },
      {
        id: "actions",
        header: <span className="sr-only">Actions</span>,
        align: "right",
        width: "56px",
        cell: (row) =>
          maySend &&
          row.state === "waiting" && (
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Take ${row.name || row.phone} out`}
              onClick={(event) => {
                event.stopPropagation();
                stop(row);
              }}
            >
              <UserX />
            </Button>
          ),
      },
    ],
    [format, maySend, stop],
  );
}

function Where({ person: { state, message } }: { person: Person }) {
  const { label, tone } = message ? outcomeLooks(message.state) : stateLooks[state];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

function StopDialog({ id, person, onClose }: { id: string; person: Person; onClose: () => void }) {
  const stop = useStopPerson(id);
  const who = person.name || formatPhone(person.phone);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Take ${who} out?`}
      description="They get nothing more of this sequence. What was handed to WhatsApp cannot be recalled."
      confirm="Take out"
      destructive
      onConfirm={async () => {
        await stop.mutateAsync({ params: { path: { id, enrolmentId: person.enrolmentId } } });
        toast.success("Taken out", { description: who });
      }}
    >
      <ProblemAlert error={stop.error} />
    </ConfirmDialog>
  );
}
