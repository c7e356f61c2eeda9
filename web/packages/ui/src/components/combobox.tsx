import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { cn } from "../lib/cn";
import { ComboMenu, type ComboMenuProps, ComboPopover } from "./combo-menu";
import { controlClasses } from "./input";

export type { ComboOption } from "./combo-menu";

export interface ComboboxProps extends Omit<ComboMenuProps, "chosen" | "onPick"> {
  value?: string;
  onValueChange: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** Picks one of a long list by typing; may make a new one. */
export function Combobox({
  value,
  onValueChange,
  placeholder,
  disabled,
  className,
  id,
  onCreate,
  "aria-label": label,
  "aria-describedby": note,
  "aria-invalid": invalid,
  ...menu
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const chosen = menu.options.find((option) => option.value === value);
  const close = (then: () => void) => {
    setOpen(false);
    then();
  };
  return (
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
            "flex h-8 items-center justify-between gap-2 px-2.5 text-left max-sm:h-10",
            className,
          )}
        >
          <span className={cn("flex min-w-0 items-center gap-2", !chosen && "text-subtle-foreground")}>
            {chosen?.icon}
            <span className="truncate">{chosen?.label ?? placeholder}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        </button>
      }
    >
      <ComboMenu
        {...menu}
        chosen={value ? [value] : []}
        onPick={(next) => close(() => onValueChange(next))}
        onCreate={onCreate && ((text) => close(() => onCreate(text)))}
      />
    </ComboPopover>
  );
}
