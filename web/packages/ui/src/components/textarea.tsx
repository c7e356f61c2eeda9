import type { ComponentProps } from "react";
import { cn } from "../lib/cn";
import { controlClasses } from "./input";

/** Grows with its text up to 20 lines, then scrolls. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        controlClasses,
        "field-sizing-content max-h-100 min-h-20 resize-y px-2.5 py-1.5",
        className,
      )}
      {...props}
    />
  );
}
