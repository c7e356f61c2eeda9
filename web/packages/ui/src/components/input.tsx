import type { ComponentProps, ReactNode } from "react";
import { cn } from "../lib/cn";

/** Looks shared by every control one types or picks in. 16 px on phones, or iOS zooms in. */
export const controlClasses =
  "focus-ring w-full min-w-0 rounded-md border border-input bg-background text-base shadow-xs transition-colors disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-destructive aria-invalid:focus-visible:shadow-[0_0_0_3px_color-mix(in_oklab,var(--destructive)_24%,transparent)] dark:bg-card sm:text-sm";

export interface InputProps extends Omit<ComponentProps<"input">, "size" | "prefix"> {
  size?: "md" | "lg";
  /** An icon or a sign such as ₹ inside the left edge. */
  prefix?: ReactNode;
  /** A key hint, a unit or a small button inside the right edge. */
  suffix?: ReactNode;
}

export function Input({ size = "md", prefix, suffix, className, ...props }: InputProps) {
  const input = (
    <input
      className={cn(
        controlClasses,
        size === "lg" ? "h-10 rounded-lg px-3 sm:text-md" : "h-8 px-2.5 max-sm:h-10",
        Boolean(prefix) && "pl-9",
        Boolean(suffix) && "pr-9",
        className,
      )}
      {...props}
    />
  );
  if (!prefix && !suffix) return input;
  return (
    <span className="relative flex w-full items-center">
      {prefix && (
        <span className="pointer-events-none absolute left-3 text-muted-foreground [&_svg]:size-4">
          {prefix}
        </span>
      )}
      {input}
      {suffix && <span className="absolute right-2 flex items-center text-muted-foreground">{suffix}</span>}
    </span>
  );
}
