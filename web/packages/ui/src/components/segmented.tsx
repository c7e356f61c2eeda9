import { RadioGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";

interface SegmentedProps<Value extends string> {
  /** Names the choice for screen readers: "Period", "State". */
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: { value: Value; label: ReactNode }[];
  /** Shares the whole width evenly. */
  fill?: boolean;
  className?: string;
}

/** Two to five choices that filter or switch the view in place. */
export function Segmented<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  fill,
  className,
}: SegmentedProps<Value>) {
  return (
    <Radix.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={cn(
        "inline-flex h-8 shrink-0 items-stretch rounded-md bg-muted p-0.5",
        fill && "flex w-full",
        className,
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className={cn(
            "focus-ring rounded-[7px] border border-transparent px-2.5 font-medium text-muted-foreground text-xs transition-colors hover:text-foreground data-[state=checked]:bg-card data-[state=checked]:text-foreground data-[state=checked]:shadow-xs dark:data-[state=checked]:bg-input",
            fill && "flex-1",
          )}
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
