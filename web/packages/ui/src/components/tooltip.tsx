import { Tooltip as Radix } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";

export const TooltipProvider = Radix.Provider;

interface TooltipProps {
  /** Short; never the only place something is said (phones have no hover). */
  label: ReactNode;
  side?: ComponentProps<typeof Radix.Content>["side"];
  /** Off renders the child alone. */
  enabled?: boolean;
  children: ReactElement;
}

export function Tooltip({ label, side = "top", enabled = true, children }: TooltipProps) {
  if (!enabled) return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 zoom-in-98 z-50 max-w-72 animate-in rounded-sm bg-foreground px-2 py-1 text-background text-xs shadow-md duration-100"
        >
          {label}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
