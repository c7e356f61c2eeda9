import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../lib/cn";
import { overlayClasses } from "./dialog";
import { useFocusReturn } from "./focus-return";

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

const sides = {
  left: "slide-in-from-left slide-out-to-left inset-y-0 left-0 w-72 border-r",
  right: "slide-in-from-right slide-out-to-right inset-y-0 right-0 w-full border-l sm:max-w-md",
  bottom: "slide-in-from-bottom slide-out-to-bottom inset-x-0 bottom-0 max-h-[88dvh] rounded-t-2xl border-t",
};

interface SheetContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  side?: keyof typeof sides;
  /** Keeps the title for screen readers only. */
  bare?: boolean;
  footer?: ReactNode;
}

/** A panel from an edge: details beside a list, navigation on phones. */
export function SheetContent({
  title,
  description,
  side = "right",
  bare,
  footer,
  className,
  children,
  ...props
}: SheetContentProps) {
  const { origin, onCloseAutoFocus } = useFocusReturn();
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayClasses} />
      <Radix.Content
        className={cn(
          "fixed z-50 flex flex-col bg-popover shadow-lg outline-none data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:duration-150 data-[state=open]:duration-200",
          sides[side],
          className,
        )}
        {...(description ? {} : { "aria-describedby": undefined })}
        onCloseAutoFocus={onCloseAutoFocus}
        {...props}
      >
        {origin}
        {bare ? (
          <Radix.Title className="sr-only">{title}</Radix.Title>
        ) : (
          <header className="flex items-start justify-between gap-4 border-b px-5 py-4">
            <div className="min-w-0">
              <Radix.Title className="truncate font-semibold text-base tracking-title">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-muted-foreground text-sm">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close
              aria-label="Close"
              className="focus-ring -mr-1.5 rounded-md border border-transparent p-1.5 text-muted-foreground hover:bg-accent hover:text-foreground"
            >
              <X className="size-4" />
            </Radix.Close>
          </header>
        )}
        <div className="scroll-pane min-h-0 flex-1">{children}</div>
        {footer && (
          <footer className="flex justify-end gap-2 border-t bg-muted/60 px-5 py-3">{footer}</footer>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}
