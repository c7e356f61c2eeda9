import { ComboMenu } from "@aerostic/ui/combo-menu";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import type { ReactElement } from "react";
import type { Label } from "../model";

interface LabelMenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  labels: Label[];
  chosen: string[];
  onToggle: (id: string, on: boolean) => void;
  /** Makes a new label and puts it on. */
  onCreate?: (name: string) => void;
  trigger: ReactElement;
}

const dots: Record<string, string> = {
  info: "bg-info",
  warning: "bg-warning",
  success: "bg-success",
  danger: "bg-destructive",
  violet: "bg-violet",
};

/** Puts labels on a conversation and takes them off. */
export function LabelMenu({
  open,
  onOpenChange,
  labels,
  chosen,
  onToggle,
  onCreate,
  trigger,
}: LabelMenuProps) {
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent align="end" className="w-60 overflow-hidden p-0" aria-label="Labels">
        <ComboMenu
          search="Search labels"
          empty={labels.length > 0 ? "No label is called so" : "Type a name to make the first label"}
          options={labels.map(({ id, name, tone }) => ({
            value: id,
            label: name,
            icon: (
              <span
                aria-hidden
                className={`size-2.5 rounded-full ${dots[tone ?? ""] ?? "bg-muted-foreground"}`}
              />
            ),
          }))}
          chosen={chosen}
          onPick={(id) => onToggle(id, !chosen.includes(id))}
          onCreate={onCreate}
          createLabel={(text) => `Make the label “${text}”`}
        />
      </PopoverContent>
    </Popover>
  );
}
