import { cn } from "@aerostic/ui/lib/cn";
import { timeLeft, useNow } from "../when";

const soon = 3600_000;

/** Whether anything may still be written; renders again the moment it may not. */
export function useWindow(until: string | undefined): { open: boolean; left?: string; soon: boolean } {
  const end = until ? Date.parse(until) : 0;
  // Near the end every second counts; before, a look now and then is enough.
  const slow = useNow("slow");
  const near = end - slow < 5 * 60_000 && end > slow - 60_000;
  const fast = useNow(near ? "fast" : "slow");
  const now = Math.max(slow, fast);
  const left = timeLeft(until, now);
  return { open: left !== undefined, left, soon: end - now < soon };
}

/** "Free replies for 22 h 51 m". */
export function WindowNote({ left, soon }: { left?: string; soon: boolean }) {
  if (!left)
    return <span className="text-warning text-xs max-sm:hidden">Only templates may be sent now</span>;
  return (
    <span className={cn("text-xs", soon ? "text-warning" : "text-muted-foreground")}>
      <span className="max-sm:hidden">Free replies for </span>
      <span className={cn("font-medium", !soon && "text-foreground")}>{left}</span>
    </span>
  );
}
