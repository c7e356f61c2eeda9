import { Avatar } from "@aerostic/ui/avatar";
import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatPhone } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useFormat } from "@/lib/format";
import type { Contact } from "./api/list";
import type { BoardColumn } from "./board-columns";
import { nameOf } from "./contact";
import { OwnerName, type useOwnerOptions } from "./owner-options";

interface BoardCardProps {
  contact: Contact;
  columns: BoardColumn[];
  owners: ReturnType<typeof useOwnerOptions>;
  /** Absent for who may only look. */
  onMove?: (contact: Contact, stage: string) => void;
}

/** What is dragged, as the browser carries it. */
export const cardType = "application/x-aerostic-contact";

/** One contact on the board: dragged by mouse, moved by its menu or by Alt and the arrows. */
export function BoardCard({ contact, columns, owners, onMove }: BoardCardProps) {
  const format = useFormat();
  const name = nameOf(contact);
  const at = columns.findIndex(({ id }) => id === (contact.stageId ?? "none"));
  const step = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    const next = columns[at + (event.key === "ArrowLeft" ? -1 : 1)];
    if (next) onMove?.(contact, next.id);
  };
  return (
    <li
      draggable={onMove !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.setData(cardType, JSON.stringify(contact));
        event.dataTransfer.effectAllowed = "move";
      }}
      onKeyDown={onMove && step}
      className="group flex flex-col gap-2 rounded-lg border bg-card p-3 shadow-xs [contain-intrinsic-size:auto_5rem] [content-visibility:auto] hover:border-input"
    >
      <div className="flex items-start gap-2.5">
        <Avatar name={name} />
        <div className="min-w-0 flex-1">
          <Link
            from="/contacts/board"
            to="/contacts/board"
            search={(search) => ({ ...search, contact: contact.id })}
            className="focus-ring block truncate rounded-xs border border-transparent text-left font-medium text-sm"
            dir="auto"
            data-contact={contact.id}
          >
            {name}
          </Link>
          <p className="truncate text-muted-foreground text-xs">
            {contact.phone ? formatPhone(contact.phone) : contact.email}
          </p>
        </div>
        {onMove && <MoveMenu contact={contact} columns={columns} onMove={onMove} />}
      </div>
      <div className="flex items-center justify-between gap-2 text-muted-foreground text-xs">
        <span className="min-w-0">
          {contact.ownerId && <OwnerName id={contact.ownerId} options={owners} />}
        </span>
        {contact.stageAt && <span className="shrink-0">{format.relative(contact.stageAt)}</span>}
      </div>
    </li>
  );
}

function MoveMenu({ contact, columns, onMove }: Required<Omit<BoardCardProps, "owners">>) {
  const here = contact.stageId ?? "none";
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Move ${nameOf(contact)}`}>
          <ArrowLeftRight />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Move to</DropdownMenuLabel>
        {columns.map(({ id, name }) => (
          <DropdownMenuItem key={id} disabled={id === here} onSelect={() => onMove(contact, id)}>
            <span dir="auto">{name}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
