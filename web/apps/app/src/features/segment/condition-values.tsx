import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import type { Operator, Subject } from "./api/language";
import type { Leaf } from "./query";
import { useCampaignOptions } from "./use-campaign-options";

interface ConditionValuesProps {
  leaf: Leaf;
  op: Operator;
  subject: Subject;
  onChange: (leaf: Leaf) => void;
}

/** What a condition is compared with: options, texts, numbers, dates, days. */
export function ConditionValues({ leaf, op, subject, onChange }: ConditionValuesProps) {
  const set = (values: string[]) => onChange({ ...leaf, values });
  return (
    <div className="flex min-w-40 flex-1 flex-wrap items-center gap-2 max-sm:order-4 max-sm:basis-full">
      {op.most > 0 && <Values leaf={leaf} op={op} subject={subject} set={set} />}
      {op.days && (
        <Days
          days={leaf.days}
          optional={op.days === "optional"}
          set={(days) => onChange({ ...leaf, days })}
        />
      )}
    </div>
  );
}

interface ValuesProps {
  leaf: Leaf;
  op: Operator;
  subject: Subject;
  set: (values: string[]) => void;
}

function Values({ leaf, op, subject, set }: ValuesProps) {
  if (subject.on === "campaign" && op.of === "id")
    return <Campaigns leaf={leaf} op={op} subject={subject} set={set} />;
  if (subject.options || op.of === "id") {
    return (
      <MultiCombobox
        aria-label={`${subject.label}: which`}
        className="min-w-48 flex-1"
        placeholder={op.least === 0 ? `Any ${subject.label.toLowerCase()}` : "Choose"}
        options={subject.options ?? []}
        value={leaf.values}
        onValueChange={set}
        search="Search"
      />
    );
  }
  if (op.most > 2) return <Words label={subject.label} type={op.of} values={leaf.values} set={set} />;
  return Array.from({ length: op.most }, (_, n) => (
    <Input
      // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second of two places
      key={n}
      aria-label={op.most === 1 ? `${subject.label}: value` : `${subject.label}: ${n === 0 ? "from" : "to"}`}
      className="w-40"
      dir="auto"
      type={op.of === "date" ? "date" : "text"}
      inputMode={op.of === "number" || op.of === "percent" ? "decimal" : undefined}
      suffix={op.of === "percent" ? "%" : undefined}
      value={leaf.values[n] ?? ""}
      onChange={({ target }) =>
        set(Array.from({ length: op.most }, (_, i) => (i === n ? target.value : (leaf.values[i] ?? ""))))
      }
    />
  ));
}

/** Any of the workspace's campaigns; only the latest are in the list before something is typed. */
function Campaigns({ leaf, op, subject, set }: ValuesProps) {
  const { options, onSearch } = useCampaignOptions(subject.options ?? [], leaf.values);
  return (
    <MultiCombobox
      aria-label={`${subject.label}: which`}
      className="min-w-48 flex-1"
      placeholder={op.least === 0 ? "Any campaign" : "Choose"}
      options={options}
      value={leaf.values}
      onValueChange={set}
      onSearch={onSearch}
      search="Search"
    />
  );
}

/** Any of several texts or numbers, each made by typing it. */
function Words({
  label,
  type,
  values,
  set,
}: {
  label: string;
  type?: string;
  values: string[];
  set: (values: string[]) => void;
}) {
  return (
    <MultiCombobox
      aria-label={`${label}: which`}
      className="min-w-48 flex-1"
      placeholder={type === "number" ? "Enter numbers" : "Enter words"}
      options={values.map((value) => ({ value, label: value }))}
      value={values}
      onValueChange={set}
      onCreate={(text) => set([...values, text])}
      search={type === "number" ? "Type a number" : "Type a word"}
      empty="Type, then press Enter"
    />
  );
}

function Days({ days, optional, set }: { days: number; optional: boolean; set: (days: number) => void }) {
  return (
    <div className="flex items-center gap-2 text-muted-foreground text-sm">
      {optional && "in the last"}
      <Input
        aria-label={optional ? "Days, empty for ever" : "Days"}
        className="w-20"
        inputMode="numeric"
        placeholder={optional ? "any" : undefined}
        value={days > 0 ? String(days) : ""}
        onChange={({ target }) => set(Math.min(3650, Number(target.value.replace(/\D/g, "")) || 0))}
      />
      days
    </div>
  );
}
