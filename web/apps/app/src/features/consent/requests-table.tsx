import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatPercent, formatPhone } from "@aerostic/ui/lib/format";
import { CellStack } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useMemo } from "react";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useDecideRequest } from "./api/decide";
import { type ConsentRequest, useConsentRequests } from "./api/requests";

const outcomes = {
  open: "Waits for you",
  acted: "Stopped by itself",
  stopped: "Marketing stopped",
  left: "Left entirely",
  dismissed: "Meant something else",
  undone: "Undone",
} as const;

/** Messages in which people ask to be left alone: to decide, or what came of them. */
export function RequestsTable({ open }: { open: boolean }) {
  const format = useFormat();
  const list = usePagedRows(useConsentRequests(open));
  const columns = useMemo(
    (): Column<ConsentRequest>[] => [
      {
        id: "words",
        grow: true,
        header: "What they wrote",
        cell: (request) => (
          <CellStack
            title={
              <span className="whitespace-normal font-normal" dir="auto">
                {request.words}
              </span>
            }
            note={
              <Link
                to="/contacts"
                search={{ contact: request.contactId }}
                className="underline-offset-2 hover:underline"
              >
                <span dir="auto">
                  {request.contactName || (request.phone ? formatPhone(request.phone) : "A contact")}
                </span>
              </Link>
            }
          />
        ),
      },
      {
        id: "score",
        header: "How sure",
        width: "7rem",
        align: "right",
        hideBelow: "md",
        cell: ({ score }) => formatPercent(score, 1),
      },
      {
        id: "when",
        header: "When",
        width: "10rem",
        hideBelow: "md",
        cell: ({ createdAt }) => <span className="text-muted-foreground">{format.dateTime(createdAt)}</span>,
      },
      {
        id: "act",
        header: open ? <span className="sr-only">Decide</span> : "Outcome",
        width: open ? "19rem" : "15rem",
        align: "right",
        cell: (request) => <Decide request={request} />,
      },
    ],
    [format, open],
  );
  return (
    <DataTable
      {...list}
      label={open ? "Requests to decide" : "Requests settled"}
      columns={columns}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon={CircleCheck} title={open ? "Nothing to decide" : "Nothing yet"} className="flex-1">
          {open
            ? "When somebody writes that they may want to be left alone, and it is not certain, it waits here."
            : "What was stopped by itself or decided by a person is listed here, and can be undone."}
        </EmptyState>
      }
    />
  );
}

function Decide({ request }: { request: ConsentRequest }) {
  const canWrite = useCan("contact.write");
  const decide = useDecideRequest();
  const act = (decision: "stop" | "leave" | "dismiss" | "undo", done: string) =>
    decide.mutate(
      { params: { path: { id: request.id } }, body: { decision } },
      {
        onSuccess: () => toast.success(done),
        onError: (error) => toast.error("Could not decide", { description: error.detail }),
      },
    );
  if (request.state === "open" && canWrite) {
    return (
      <div className="flex flex-wrap justify-end gap-1.5">
        <Button size="sm" disabled={decide.isPending} onClick={() => act("dismiss", "Left as it is")}>
          Something else
        </Button>
        <Button
          size="sm"
          disabled={decide.isPending}
          onClick={() => act("leave", "They get nothing any more")}
        >
          Stop all
        </Button>
        <Button
          size="sm"
          variant="primary"
          disabled={decide.isPending}
          onClick={() => act("stop", "Marketing stopped")}
        >
          Stop marketing
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <Badge tone={request.state === "acted" ? "info" : "neutral"}>{outcomes[request.state]}</Badge>
      {request.state === "acted" && canWrite && (
        <Button
          size="sm"
          loading={decide.isPending}
          onClick={() => act("undo", "Undone: marketing is allowed again")}
        >
          Undo
        </Button>
      )}
    </div>
  );
}
