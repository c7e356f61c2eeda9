import { cn } from "@aerostic/ui/lib/cn";
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, type LucideIcon } from "lucide-react";

interface Look {
  icon: LucideIcon;
  words: string;
  tone?: string;
}

const failed: Look = { icon: CircleAlert, words: "Not sent", tone: "text-destructive" };
const waiting: Look = { icon: Clock, words: "Waiting to be sent" };

const looks: Record<string, Look> = {
  waiting,
  scheduled: { icon: Clock, words: "Scheduled" },
  queued: waiting,
  sending: waiting,
  accepted: { icon: Check, words: "Sent" },
  sent: { icon: Check, words: "Sent" },
  delivered: { icon: CheckCheck, words: "Delivered" },
  read: { icon: CheckCheck, words: "Read", tone: "text-info" },
  played: { icon: CheckCheck, words: "Played", tone: "text-info" },
  in_doubt: { icon: CircleHelp, words: "It is not known yet whether it left", tone: "text-warning" },
  unknown: { icon: CircleHelp, words: "WhatsApp never reported on it", tone: "text-warning" },
  failed,
  refused: failed,
  expired: { ...failed, words: "Not delivered in time" },
  cancelled: { ...failed, words: "Cancelled", tone: undefined },
};

/** How far a message of ours got. */
export function Ticks({ state, className }: { state: string; className?: string }) {
  const { icon: Icon, words, tone } = looks[state] ?? waiting;
  return (
    <span title={words} className={cn("inline-flex shrink-0", tone ?? "text-muted-foreground")}>
      <Icon aria-hidden className={cn("size-4", className)} />
      <span className="sr-only">{words}.</span>
    </span>
  );
}
