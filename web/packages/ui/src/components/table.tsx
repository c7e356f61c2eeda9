import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

/** Plain table parts, for small tables inside cards. Long lists use DataTable. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return (
    <table
      className={cn("w-full border-separate border-spacing-0 text-left text-sm", className)}
      {...props}
    />
  );
}

export function TH({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 whitespace-nowrap border-b px-2.5 font-medium text-muted-foreground text-xs first:pl-4 last:pr-4",
        className,
      )}
      {...props}
    />
  );
}

export function TR({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("group/row [&:last-child>td]:border-b-0", className)} {...props} />;
}

export function TD({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn(
        "h-13 border-b px-2.5 py-1.5 first:pl-4 last:pr-4 group-data-[selected]/row:bg-primary-soft/40 group-data-[interactive]/row:group-hover/row:bg-muted/60",
        className,
      )}
      {...props}
    />
  );
}

/** Two lines of one cell: the name and what explains it. */
export function CellStack({ title, note }: { title: React.ReactNode; note?: React.ReactNode }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="truncate font-medium">{title}</span>
      {note && <span className="truncate text-muted-foreground text-xs">{note}</span>}
    </span>
  );
}
