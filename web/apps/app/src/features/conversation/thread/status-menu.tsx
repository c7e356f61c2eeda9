import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import {
  AlarmClock,
  CalendarClock,
  ChevronDown,
  CircleCheck,
  CirclePause,
  Inbox,
  NotebookPen,
} from "lucide-react";
import { useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import type { Status } from "../model";
import { snoozeMoments } from "../snooze";

export interface StatusChange {
  status: Status;
  until?: Date;
  reasonId?: string;
  note?: string;
}

interface StatusMenuProps {
  status: Status;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  disabled?: boolean;
  /** A reason must be given, so Resolve asks for it. */
  askReason: boolean;
  onChange: (change: StatusChange) => void;
  onResolveWith: () => void;
  onSnoozeUntil: () => void;
}

/** Resolve at once, or whatever else becomes of the conversation. */
export function StatusMenu(props: StatusMenuProps) {
  const { status, open, onOpenChange, disabled, onChange } = props;
  const done = status === "resolved";
  const main = () => {
    if (done) onChange({ status: "open" });
    else if (props.askReason) props.onResolveWith();
    else onChange({ status: "resolved" });
  };
  return (
    <span className="flex">
      <Button
        disabled={disabled}
        onClick={main}
        aria-label={done ? "Open again" : "Resolve"}
        className="rounded-r-none"
      >
        {done ? <Inbox /> : <CircleCheck />}
        <span className="max-lg:hidden">{done ? "Open again" : "Resolve"}</span>
      </Button>
      <DropdownMenu open={open} onOpenChange={onOpenChange}>
        <DropdownMenuTrigger asChild>
          <Button
            disabled={disabled}
            size="icon"
            aria-label="Other states"
            className="-ml-px w-7 rounded-l-none"
          >
            <ChevronDown />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-60">
          <States {...props} />
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}

function States({ status, onChange, onResolveWith, onSnoozeUntil }: StatusMenuProps) {
  const { timezone } = useMe().tenant;
  const format = useFormat();
  return (
    <>
      {status !== "resolved" && (
        <DropdownMenuItem onSelect={onResolveWith}>
          <NotebookPen /> Resolve with a reason
        </DropdownMenuItem>
      )}
      {status !== "open" && (
        <DropdownMenuItem onSelect={() => onChange({ status: "open" })}>
          <Inbox /> Open
        </DropdownMenuItem>
      )}
      {status !== "pending" && (
        <DropdownMenuItem onSelect={() => onChange({ status: "pending" })}>
          <CirclePause /> Pending
        </DropdownMenuItem>
      )}
      <DropdownMenuSeparator />
      <DropdownMenuLabel>Snooze</DropdownMenuLabel>
      {snoozeMoments(Date.now(), timezone).map(({ label, at }) => (
        <DropdownMenuItem key={label} onSelect={() => onChange({ status: "snoozed", until: at })}>
          <AlarmClock /> {label}
          <span className="ml-auto pl-3 text-muted-foreground text-xs">
            {label === "Next Monday" || label === "Tomorrow morning" ? format.day(at) : format.time(at)}
          </span>
        </DropdownMenuItem>
      ))}
      <DropdownMenuItem onSelect={onSnoozeUntil}>
        <CalendarClock /> Choose a time
      </DropdownMenuItem>
    </>
  );
}
