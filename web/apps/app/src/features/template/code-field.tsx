import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import type { TemplateForm } from "./form";

type Code = TemplateForm["code"];

/** What Meta's fixed text says beside the code. */
export function CodeField({ code, onChange }: { code: Code; onChange: (part: Partial<Code>) => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted-foreground text-sm">
        Meta writes the text of a one-time code itself, in the template's language. You choose what it adds.
      </p>
      <CheckboxField
        checked={code.security}
        onCheckedChange={(checked) => onChange({ security: checked === true })}
        label="Say that the code must not be shared"
      />
      <Field
        label="Minutes until the code expires"
        optional
        hint="1 to 90; without it, nothing is said"
        className="sm:max-w-64"
      >
        <Input
          inputMode="numeric"
          value={code.expiresMinutes}
          onChange={(event) => onChange({ expiresMinutes: event.target.value.replaceAll(/\D/g, "") })}
        />
      </Field>
    </div>
  );
}
