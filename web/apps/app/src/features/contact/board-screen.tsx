import { Button } from "@aerostic/ui/button";
import { Combobox } from "@aerostic/ui/combobox";
import { useMediaQuery } from "@aerostic/ui/hooks/use-media-query";
import { formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import type { Contact } from "./api/list";
import { BoardColumnView } from "./board-column";
import { type BoardColumn, useBoardColumns } from "./board-columns";
import type { BoardSearch } from "./board-search";
import { nameOf } from "./contact";
import { ContactSheet } from "./contact-sheet";
import { useOwnerOptions } from "./owner-options";
import { RunningBulks } from "./running-bulks";
import { StageDialog } from "./stage-dialog";
import { StageMenu } from "./stage-menu";
import { nobody } from "./stage-options";
import { useBoardMove } from "./use-board-move";

const anybody = "all";

/** The stages side by side with their contacts; on a phone, one at a time. */
export function BoardScreen({ search }: { search: BoardSearch }) {
  const navigate = useNavigate({ from: "/contacts/board" });
  const change = (next: Partial<BoardSearch>) =>
    navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const { columns, query } = useBoardColumns();
  const owners = useOwnerOptions();
  const canManage = useCan("contact.manage");
  const phone = useMediaQuery("(max-width: 767px)");
  const [adding, setAdding] = useState(false);
  const board = useMoves(columns);
  const first = columns.find(({ contacts }) => contacts > 0) ?? columns[1];
  const shown = phone ? columns.filter(({ id }) => id === (search.stage ?? first?.id)) : columns;

  return (
    <Page
      title="Board"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={
        canManage && (
          <Button onClick={() => setAdding(true)} aria-label="New stage">
            <Plus /> <span className="max-sm:hidden">New stage</span>
          </Button>
        )
      }
      toolbar={
        <PageToolbar>
          <Combobox
            aria-label="Owner"
            className="w-44 text-sm max-md:w-full"
            options={[{ value: anybody, label: "Any owner" }, ...owners.options]}
            value={search.owner ?? anybody}
            placeholder="A former member"
            onValueChange={(owner) => change({ owner: owner === anybody ? undefined : owner })}
            search="Search members"
          />
          {phone && (
            <Select
              aria-label="Stage"
              options={columns.map(({ id, name, contacts }) => ({
                value: id,
                label: `${name} · ${formatNumber(contacts)}`,
              }))}
              value={shown[0]?.id}
              onValueChange={(stage) => change({ stage })}
            />
          )}
          <p className="text-muted-foreground text-xs max-md:hidden">
            Drag a card, or hold Alt and press an arrow on it
          </p>
        </PageToolbar>
      }
    >
      <RunningBulks />
      <p className="sr-only" role="status" aria-live="polite">
        {board.told}
      </p>
      <section className="min-h-0 flex-1 overflow-hidden" aria-label="Stages" ref={board.ref}>
        {query.error && !query.data && (
          <ProblemAlert error={query.error} onRetry={() => query.refetch()} className="m-4" />
        )}
        {query.isPending && <Loading />}
        <div className="flex h-full gap-3 overflow-x-auto p-3 md:p-4">
          {shown.map((column) => (
            <BoardColumnView
              key={column.id}
              column={column}
              columns={columns}
              owner={search.owner}
              owners={owners}
              moving={board.moving}
              onMove={board.move}
              className={phone ? "w-full" : "w-72 shrink-0"}
              menu={canManage && column.stage && <StageMenu stage={column.stage} columns={columns} />}
            />
          ))}
        </div>
      </section>
      <ContactSheet id={search.contact} onClose={() => change({ contact: undefined })} />
      {adding && <StageDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the board" className="flex h-full gap-3 p-4">
      {[1, 2, 3, 4].map((n) => (
        <Skeleton key={n} className="h-full w-72 max-md:w-full" />
      ))}
    </div>
  );
}

/** Focuses a card once it stands in its new column, which takes a frame or a few. */
function focusIn(board: RefObject<HTMLElement | null>, card: string, frames = 60) {
  requestAnimationFrame(() => {
    const found = board.current?.querySelector<HTMLElement>(card);
    if (found) found.focus();
    else if (frames > 0) focusIn(board, card, frames - 1);
  });
}

/** Moves cards, tells it to screen readers, and keeps the focus on the card that moved. */
function useMoves(columns: BoardColumn[]) {
  const ref = useRef<HTMLElement>(null);
  const canWrite = useCan("contact.write");
  const [told, setTold] = useState("");
  const { moving, send } = useBoardMove();
  const move = async (contact: Contact, stage: string) => {
    const focused = ref.current?.contains(document.activeElement);
    const sent = send(contact, stage);
    const name = columns.find(({ id }) => id === stage)?.name ?? nobody;
    if (focused) focusIn(ref, `[data-stage="${stage}"] [data-contact="${contact.id}"]`);
    if (await sent) setTold(`${nameOf(contact)} moved to ${name}`);
  };
  return { ref, told, moving, move: canWrite ? move : undefined };
}
