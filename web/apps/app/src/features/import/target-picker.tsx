import { Combobox, type ComboOption } from "@aerostic/ui/combobox";
import { useMemo } from "react";
import { useFields } from "@/features/contact/api/fields";
import { builtInTargets, type ColumnChoice, fieldPrefix, ignore, isField, newField } from "./mapping";

interface TargetPickerProps {
  /** The column's title. */
  name: string;
  index: number;
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

/** What a column becomes: something every contact has, a field of the workspace, a new field, or nothing. */
export function TargetPicker({ name, index, choice, onChange }: TargetPickerProps) {
  const { data } = useFields();
  const options = useMemo(() => {
    const own = (data?.items ?? []).map(
      ({ key, label }): ComboOption => ({ value: fieldPrefix + key, label, group: "Your fields" }),
    );
    const isNew = isField(choice.target) && !own.some(({ value }) => value === choice.target);
    const fresh = newField(name, index);
    const known = own.some(({ value }) => value === fresh.target) || choice.target === fresh.target;
    return [
      { value: ignore, label: "Do not import" },
      ...builtInTargets.map(({ target, label, hint }) => ({ value: target, label, hint, group: "Contact" })),
      ...own,
      ...(isNew
        ? [
            {
              value: choice.target,
              label: choice.label ?? choice.target,
              hint: "new field",
              group: "New field",
            },
          ]
        : []),
      ...(known || !name.trim()
        ? []
        : [{ value: fresh.target, label: name.trim(), hint: "new field", group: "New field" }]),
    ];
  }, [data, choice, name, index]);

  return (
    <Combobox
      aria-label={`Column ${name} becomes`}
      options={options}
      value={choice.target}
      onValueChange={(target) =>
        onChange({
          target,
          label: isField(target) ? options.find(({ value }) => value === target)?.label : undefined,
        })
      }
      search="Search, or name a new field"
      onCreate={(text) => onChange(newField(text, index))}
      createLabel={(text) => `New field “${text}”`}
      className="text-sm"
    />
  );
}
