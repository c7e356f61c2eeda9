import type { ReactNode } from "react";
import { cn } from "../lib/cn";

/** Facts as label and value, one below the other; DescriptionItem fills it. */
export function DescriptionList({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn("flex flex-col text-sm", className)}>{children}</dl>;
}

/** One fact; a value of nothing shows a dash. */
export function DescriptionItem({ label, children }: { label: ReactNode; children?: ReactNode }) {
  const missing = children === undefined || children === null || children === "";
  return (
    <div className="grid min-h-8 grid-cols-[minmax(6rem,2fr)_3fr] items-center gap-3 py-1">
      <dt className="min-w-0 text-muted-foreground">{label}</dt>
      <dd className="wrap-anywhere min-w-0" dir="auto">
        {missing ? <span className="text-muted-foreground">–</span> : children}
      </dd>
    </div>
  );
}
