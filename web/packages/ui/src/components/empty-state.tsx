import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";

interface EmptyStateProps {
  icon: LucideIcon;
  /** What is missing: "No contacts yet". */
  title: ReactNode;
  /** What to do next, in one sentence. */
  children?: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-16 text-center", className)}>
      <span className="mb-3 flex size-11 items-center justify-center rounded-xl border bg-card text-muted-foreground shadow-xs">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="font-semibold text-md tracking-title">{title}</h2>
      {children && <p className="max-w-sm text-balance text-muted-foreground text-sm">{children}</p>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
