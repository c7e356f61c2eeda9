import type { ComponentProps, ReactNode } from "react";
import { cn } from "../lib/cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section
      className={cn(
        "flex min-w-0 flex-col rounded-xl border bg-card shadow-xs [--surface:var(--card)]",
        className,
      )}
      {...props}
    />
  );
}

interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, a legend or a badge at the right. */
  action?: ReactNode;
  /** A hairline below, when a list follows edge to edge. */
  divided?: boolean;
  className?: string;
}

export function CardHeader({ title, description, action, divided, className }: CardHeaderProps) {
  return (
    <header
      className={cn("flex items-start justify-between gap-4 p-4", divided && "border-b py-3", className)}
    >
      <div className="min-w-0">
        <h2 className="font-semibold text-md tracking-title">{title}</h2>
        {description && <p className="text-muted-foreground text-xs">{description}</p>}
      </div>
      {action && <div className="flex shrink-0 items-center gap-2">{action}</div>}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("min-w-0 flex-1 p-4 [header+&]:pt-0", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex items-center justify-end gap-2 rounded-b-xl border-t bg-muted/60 px-4 py-3",
        className,
      )}
      {...props}
    />
  );
}
