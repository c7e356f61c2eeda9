import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { cn } from "../lib/cn";
import { Chip } from "./chip";
import { ComboMenu, ComboPopover } from "./combo-menu";
import type { ComboboxProps } from "./combobox";
import { controlClasses } from "./input";

interface MultiComboboxProps extends Omit<ComboboxProps, "value" | "onValueChange"> {
  value: readonly string[];
  onValueChange: (value: string[]) => void;
}

/** Picks several; the chosen stand below, each with a cross. */
export function MultiCombobox({
  value,
  onValueChange,
  placeholder,
  disabled,
  className,
  id,
  "aria-label": label,
  "aria-describedby": note,
  "aria-invalid": invalid,
  ...menu
}: MultiComboboxProps) {
  const [open, setOpen] = useState(false);
  const toggle = (one: string) =>
    onValueChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
  return (
    <div className={cn("flex min-w-0 flex-col gap-2", className)}>
      <ComboPopover
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            role="combobox"
            id={id}
            disabled={disabled}
            aria-expanded={open}
            aria-haspopup="listbox"
            aria-label={label}
            aria-describedby={note}
            aria-invalid={invalid}
            className={cn(
              controlClasses,
              "flex h-8 items-center justify-between gap-2 px-2.5 text-left text-subtle-foreground max-sm:h-10",
            )}
          >
            <span className="truncate">{placeholder}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </button>
        }
      >
        <ComboMenu {...menu} chosen={value} onPick={toggle} />
      </ComboPopover>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label="Chosen">
          {value.map((one) => {
            const option = menu.options.find((other) => other.value === one);
            return (
              <li key={one}>
                <Chip onRemove={() => toggle(one)} label={option?.label ?? one}>
                  {option?.icon}
                </Chip>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
