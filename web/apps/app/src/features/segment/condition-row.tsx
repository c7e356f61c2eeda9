import { Button } from "@aerostic/ui/button";
import { Combobox } from "@aerostic/ui/combobox";
import { Select } from "@aerostic/ui/select";
import { X } from "lucide-react";
import { useMemo } from "react";
import type { Subject } from "./api/language";
import { ConditionValues } from "./condition-values";
import { type Leaf, leafOn, operatorOf, startOf } from "./query";

interface ConditionRowProps {
  leaf: Leaf;
  subjects: readonly Subject[];
  onChange: (leaf: Leaf | undefined) => void;
}

/** One condition: what is asked about, how it is compared, and with what. */
export function ConditionRow({ leaf, subjects, onChange }: ConditionRowProps) {
  const subject = subjects.find(({ on }) => on === leaf.on);
  const op = operatorOf(leaf, subjects);
  const options = useMemo(
    () =>
      subjects.map(({ on, label }) => ({
        value: on,
        label,
        group: on.startsWith("field:") ? "Fields" : "Contact",
      })),
    [subjects],
  );
  const choose = (on: string) => {
    const next = subjects.find((one) => one.on === on);
    if (next) onChange({ ...leafOn(next), key: leaf.key });
  };
  const compare = (to: string) => {
    const next = subject?.ops.find((one) => one.op === to);
    const same = next?.of === op?.of && next?.most === op?.most;
    onChange({ ...leaf, op: to, ...(same ? {} : startOf(next)) });
  };
  return (
    <div className="flex flex-wrap items-start gap-2 rounded-md border bg-card p-2">
      <Combobox
        aria-label="What is asked about"
        className="w-44 max-sm:min-w-0 max-sm:flex-1"
        options={options}
        value={leaf.on}
        onValueChange={choose}
        placeholder="A deleted field"
        search="Search fields and more"
      />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Remove condition"
        className="max-sm:order-2 sm:order-last sm:ml-auto"
        onClick={() => onChange(undefined)}
      >
        <X />
      </Button>
      {subject && (
        <Select
          aria-label="How it is compared"
          className="w-52 max-sm:order-3 max-sm:w-full"
          options={subject.ops.map(({ op: value, label }) => ({ value, label }))}
          value={leaf.op}
          onValueChange={compare}
        />
      )}
      {subject && op && <ConditionValues leaf={leaf} op={op} subject={subject} onChange={onChange} />}
    </div>
  );
}
