import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { Select } from "@aerostic/ui/select";
import { FolderPlus, Plus, Trash2 } from "lucide-react";
import type { Subject } from "./api/language";
import { ConditionRow } from "./condition-row";
import { emptyGroup, type Group, isGroup, leafOn, type Mode, type Part, withPart } from "./query";

const modes: { value: Mode; label: string }[] = [
  { value: "all", label: "All of these hold" },
  { value: "any", label: "Any of these holds" },
  { value: "none", label: "None of these holds" },
  { value: "notAll", label: "Not all of these hold" },
];

/** Groups inside groups beyond this are refused by the server. */
const maxDepth = 4;

interface QueryBuilderProps {
  group: Group;
  subjects: readonly Subject[];
  onChange: (group: Group) => void;
  /** Takes the group away; the outermost stays. */
  onRemove?: () => void;
  depth?: number;
}

/** Conditions and groups of them, to add, change and take away; all of it by keyboard too. */
export function QueryBuilder({ group, subjects, onChange, onRemove, depth = 0 }: QueryBuilderProps) {
  const add = (part: Part) => onChange({ ...group, parts: [...group.parts, part] });
  const name = depth === 0 ? "Conditions" : `Group, level ${depth}`;
  return (
    <fieldset
      className={cn(
        "flex min-w-0 flex-col gap-3",
        depth > 0 && "rounded-lg border bg-muted/40 p-3 max-sm:p-2",
      )}
    >
      <legend className="sr-only">{name}</legend>
      <div className="flex items-center gap-2">
        <Select
          aria-label={`${name}: how they count`}
          className="w-48"
          options={modes}
          value={group.mode}
          onValueChange={(mode) => onChange({ ...group, mode: mode as Mode })}
        />
        {onRemove && (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${name.toLowerCase()}`}
            onClick={onRemove}
          >
            <Trash2 />
          </Button>
        )}
      </div>
      {group.parts.map((part) => {
        const change = (next: Part | undefined) => onChange(withPart(group, part.key, next));
        return isGroup(part) ? (
          <QueryBuilder
            key={part.key}
            group={part}
            subjects={subjects}
            onChange={change}
            onRemove={() => change(undefined)}
            depth={depth + 1}
          />
        ) : (
          <ConditionRow key={part.key} leaf={part} subjects={subjects} onChange={change} />
        );
      })}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => subjects[0] && add(leafOn(subjects[0]))}>
          <Plus /> Add condition
        </Button>
        {depth < maxDepth && (
          <Button size="sm" variant="ghost" onClick={() => add(emptyGroup("any"))}>
            <FolderPlus /> Add group
          </Button>
        )}
      </div>
    </fieldset>
  );
}
