import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../lib/cn";
import { useFocusReturn } from "./focus-return";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

export const overlayClasses =
  "data-[state=open]:fade-in-0 data-[state=closed]:fade-out-0 fixed inset-0 z-50 bg-overlay backdrop-blur-[3px] data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:duration-100 data-[state=open]:duration-150";

export const dialogClasses =
  "data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 data-[state=closed]:fade-out-0 -translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] flex-col overflow-hidden rounded-2xl border bg-popover shadow-lg outline-none data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:duration-100 data-[state=open]:duration-150";

const widths = { sm: "max-w-md", md: "max-w-lg", lg: "max-w-2xl", xl: "max-w-4xl" };

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons on the tinted strip; the safe one first, the verb last. */
  footer?: ReactNode;
  size?: keyof typeof widths;
}

const fields =
  "textarea:not(:disabled), input:not(:disabled, [aria-hidden=true], [type=hidden], [type=file], [type=checkbox], [type=radio])";

/** A form begins at its first field, also where the menu that opened it took the focus from there. */
function startAtField(event: Event) {
  const dialog = event.currentTarget;
  const field = dialog instanceof HTMLElement && dialog.querySelector<HTMLElement>(fields);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/** Scrolls inside itself; Escape, the overlay and the cross close it. */
export function DialogContent({
  title,
  description,
  footer,
  size = "md",
  className,
  children,
  ...props
}: DialogContentProps) {
  const { origin, onCloseAutoFocus } = useFocusReturn();
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayClasses} />
      <Radix.Content
        className={cn(dialogClasses, widths[size], className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        onOpenAutoFocus={startAtField}
        onCloseAutoFocus={onCloseAutoFocus}
        {...props}
      >
        {origin}
        <header className="flex items-start justify-between gap-4 px-5 pt-5">
          <div className="min-w-0">
            <Radix.Title className="font-semibold text-base tracking-title">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-0.5 text-muted-foreground text-sm">
                {description}
              </Radix.Description>
            )}
          </div>
          <Radix.Close
            aria-label="Close"
            className="focus-ring -mt-1 -mr-1.5 rounded-md border border-transparent p-1.5 text-muted-foreground hover:bg-accent hover:text-foreground"
          >
            <X className="size-4" />
          </Radix.Close>
        </header>
        <div className="scroll-pane min-h-0 flex-1 px-5 pt-4 pb-5">{children}</div>
        {footer && <DialogFooter>{footer}</DialogFooter>}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The tinted strip of buttons; use inside a form when the footer's button submits it. */
export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer className={cn("flex justify-end gap-2 border-t bg-muted/60 px-5 py-3", className)} {...props} />
  );
}
