import { Input } from "@aerostic/ui/input";
import { Select } from "@aerostic/ui/select";
import type { ContactField } from "./api/fields";

interface FieldInputProps {
  field: Pick<ContactField, "type" | "options">;
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

const unset = "unset";
const yesNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** The control that a field's type asks for. An empty text is no value. */
export function FieldInput({ field, value, onChange, ...rest }: FieldInputProps) {
  if (field.type === "boolean" || field.type === "choice") {
    const known =
      field.type === "boolean" ? yesNo : field.options.map((text) => ({ value: text, label: text }));
    return (
      <Select
        options={[{ value: unset, label: "Not set" }, ...known]}
        value={value || unset}
        onValueChange={(next) => onChange(next === unset ? "" : next)}
        {...rest}
      />
    );
  }
  return (
    <Input
      autoComplete="off"
      dir="auto"
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...(field.type === "number" && { inputMode: "decimal", placeholder: "1,20,000" })}
      {...(field.type === "date" && { type: "date" })}
      {...rest}
    />
  );
}
