import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { useTemplateSearch } from "@/features/template/api/search";
import { useTemplate } from "@/features/template/api/template";
import { slotLabel } from "@/features/template/slot";
import type { StepFormProps } from "./step-form";

/** Which template a step sends, and what stands in its places. */
export function TemplateStep({ step, set }: StepFormProps) {
  const { rows, onSearch } = useTemplateSearch({ status: "APPROVED" });
  const id = step.template?.id;
  const { data: chosen } = useTemplate(id ?? "");
  const values = step.template?.values ?? {};
  const options = rows.map((one) => ({ value: one.id, label: one.name, hint: one.language }));
  const known = !chosen || options.some(({ value }) => value === chosen.id);
  return (
    <>
      <Field label="Template">
        <Combobox
          search="Search templates"
          placeholder="Choose a template"
          options={
            known ? options : [{ value: chosen.id, label: chosen.name, hint: chosen.language }, ...options]
          }
          onSearch={onSearch}
          value={id}
          onValueChange={(next) => set({ template: { id: next, values: {} } })}
        />
      </Field>
      {id &&
        (chosen?.slots ?? []).map((slot) => (
          <Field
            key={slot.key}
            label={slotLabel(slot)}
            optional={!slot.required}
            hint="A text, or {{contact.first_name|there}}"
          >
            <Input
              dir="auto"
              value={values[slot.key] ?? ""}
              onChange={(event) =>
                set({ template: { id, values: { ...values, [slot.key]: event.target.value } } })
              }
            />
          </Field>
        ))}
    </>
  );
}
