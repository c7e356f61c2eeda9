import { Slot } from "radix-ui";
import { type ReactElement, type ReactNode, useId } from "react";
import { cn } from "../lib/cn";
import { Label } from "./label";

interface FieldProps {
  label: ReactNode;
  /** One line of help below the control; an error takes its place. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: ReactNode;
  /** Sits at the right of the label: a link or a counter. */
  action?: ReactNode;
  optional?: boolean;
  className?: string;
  /** One control (Input, Textarea, Select …); it receives id and the aria attributes. */
  children: ReactElement;
}

/** Label, control, hint and error, wired for screen readers. */
export function Field({ label, hint, error, action, optional, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn("relative flex min-w-0 flex-col gap-1.5", className)}>
      <Label htmlFor={id}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-muted-foreground">optional</span>}
      </Label>
      <Slot.Root id={id} aria-describedby={note ? noteId : undefined} aria-invalid={error ? true : undefined}>
        {children}
      </Slot.Root>
      {/* After the control, so that Tab goes from one control to the next. */}
      {action && (
        <span className="absolute top-0 right-0 text-muted-foreground text-xs leading-5">{action}</span>
      )}
      {note && (
        <p id={noteId} className={cn("text-xs", error ? "text-destructive" : "text-muted-foreground")}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A group of controls under one question: radios or checkboxes. */
export function FieldGroup({
  label,
  hint,
  error,
  className,
  children,
}: Omit<FieldProps, "children"> & { children: ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <fieldset className={cn("min-w-0", className)} aria-describedby={note ? id : undefined}>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      {children}
      {note && (
        <p id={id} className={cn("mt-1.5 text-xs", error ? "text-destructive" : "text-muted-foreground")}>
          {note}
        </p>
      )}
    </fieldset>
  );
}
