import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import { Tooltip } from "@aerostic/ui/tooltip";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { fromWallClock, toWallClock } from "@/lib/zoned-time";

interface SendLaterProps {
  disabled: boolean;
  /** The end of the window: what is not a template must leave before. */
  until?: string;
  onPick: (at: Date) => void;
}

/** Picks when the message leaves, on the workspace's clock. */
export function SendLater({ disabled, until, onPick }: SendLaterProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <Tooltip label="Send later">
        <PopoverTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Send later" disabled={disabled}>
            <CalendarClock />
          </Button>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent side="top" align="end" aria-label="Send later">
        <Moment
          until={until}
          onPick={(at) => {
            setOpen(false);
            onPick(at);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

function Moment({ until, onPick }: Omit<SendLaterProps, "disabled">) {
  const { timezone } = useMe().tenant;
  const format = useFormat();
  const [local, setLocal] = useState(() => toWallClock(new Date(Date.now() + 3_600_000), timezone));
  const at = fromWallClock(local, timezone);
  const problem = problemOf(at, until, format.dateTime);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (at && !problem) onPick(at);
      }}
    >
      <Field label="Send at" hint={`On the clock of ${timezone}`} error={problem}>
        <Input type="datetime-local" value={local} onChange={(event) => setLocal(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" disabled={Boolean(problem)}>
        Schedule
      </Button>
    </form>
  );
}

function problemOf(at: Date | undefined, until: string | undefined, write: (at: string) => string) {
  if (!at) return "Choose a day and a time.";
  if (at.getTime() < Date.now()) return "That is over already.";
  if (until && at.getTime() > Date.parse(until)) {
    return `Free replies end ${write(until)}. Choose an earlier time, or a template.`;
  }
  return undefined;
}
