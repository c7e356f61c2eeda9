import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";
import { formatNumber } from "../lib/format";

export const Tabs = Radix.Root;

export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List className={cn("scroll-pane flex gap-4 overflow-y-hidden border-b", className)} {...props} />
  );
}

/** `count` shows a quiet number after the label. */
export function TabsTrigger({
  count,
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.Trigger> & { count?: number }) {
  return (
    <Radix.Trigger
      className={cn(
        "focus-ring relative flex h-9 shrink-0 items-center gap-1.5 rounded-sm border border-transparent font-medium text-muted-foreground text-sm transition-colors after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-full hover:text-foreground data-[state=active]:text-foreground data-[state=active]:after:bg-primary",
        className,
      )}
      {...props}
    >
      {children}
      {count !== undefined && <span className="text-2xs text-subtle-foreground">{formatNumber(count)}</span>}
    </Radix.Trigger>
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Content
      className={cn("focus-ring rounded-md border border-transparent pt-4", className)}
      {...props}
    />
  );
}
