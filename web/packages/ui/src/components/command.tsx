import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../lib/cn";
import { dialogClasses, overlayClasses } from "./dialog";
import { useFocusReturn } from "./focus-return";

interface CommandDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  children: ReactNode;
}

/** The palette: a CommandInput and a CommandList of CommandGroups with CommandItems. */
export function CommandDialog({ open, onOpenChange, label, children }: CommandDialogProps) {
  const { origin, onCloseAutoFocus } = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClasses} />
        <Radix.Content
          aria-describedby={undefined}
          className={cn(dialogClasses, "top-[16vh] max-w-xl translate-y-0")}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          {origin}
          <Radix.Title className="sr-only">{label}</Radix.Title>
          <Primitive label={label} loop className="flex min-h-0 flex-col">
            {children}
          </Primitive>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The palette's parts without the dialog, for pickers in a popover. */
export const Command = Primitive;

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div className="flex h-12 items-center gap-2.5 border-b px-4">
      <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <Primitive.Input
        className={cn("h-full w-full bg-transparent text-base outline-none sm:text-md", className)}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("scroll-pane max-h-90 scroll-py-2 p-2", className)} {...props} />;
}

export function CommandEmpty(props: ComponentProps<typeof Primitive.Empty>) {
  return <Primitive.Empty className="py-10 text-center text-muted-foreground text-sm" {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "flex min-h-9 select-none items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-accent [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}
