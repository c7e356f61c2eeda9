import { cn } from "../lib/cn";

/** A grey stand-in with the size of what is loading; the region around it says aria-busy. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-sm bg-muted", className)} />;
}
