import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";
import { controlClasses } from "./input";
import { menuItemClasses, menuPanelClasses } from "./menu-classes";

export interface SelectOption {
  /** Never empty: Radix keeps "" for "nothing chosen". */
  value: string;
  label: ReactNode;
  /** A second, quiet line. */
  hint?: ReactNode;
  disabled?: boolean;
}

interface SelectProps {
  options: SelectOption[];
  value?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  name?: string;
  size?: "md" | "lg";
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** Picks one of a short list. For more than about 20 options use a command list in a popover. */
export function Select({
  options,
  value,
  onValueChange,
  placeholder,
  disabled,
  name,
  size = "md",
  className,
  ...aria
}: SelectProps) {
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled} name={name}>
      <Radix.Trigger
        className={cn(
          controlClasses,
          "flex items-center justify-between gap-2 text-left data-placeholder:text-subtle-foreground",
          size === "lg" ? "h-10 rounded-lg px-3 sm:text-md" : "h-8 px-2.5 max-sm:h-10",
          className,
        )}
        {...aria}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon asChild>
          <ChevronDown className="size-4 shrink-0 text-muted-foreground" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className={cn(menuPanelClasses, "max-h-80 min-w-(--radix-select-trigger-width)")}
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(menuItemClasses, "pr-8")}
              >
                <span className="flex min-w-0 flex-col">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="text-muted-foreground text-xs">{option.hint}</span>}
                </span>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check className="size-4 text-primary" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
