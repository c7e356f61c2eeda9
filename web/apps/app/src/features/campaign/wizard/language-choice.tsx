import { CheckboxField } from "@aerostic/ui/checkbox";
import type { TemplateDetail } from "@/features/template/api/template";
import { languageName } from "@/features/template/languages";

interface LanguageChoiceProps {
  template: TemplateDetail;
  content: { byLanguage: boolean };
  change: (part: { byLanguage: boolean }) => void;
}

/** Whether each contact gets the template's version in its own language. */
export function LanguageChoice({ template, content, change }: LanguageChoiceProps) {
  const others = (template.languages ?? []).filter(
    ({ id, status }) => id !== template.id && status === "APPROVED",
  );
  if (others.length === 0) return null;
  const names = others.map(({ language }) => languageName(language));
  return (
    <div className="rounded-xl border bg-muted/40 p-4">
      <CheckboxField
        checked={content.byLanguage}
        onCheckedChange={(checked) => change({ byLanguage: checked === true })}
        label="Send each contact the version in its own language"
        hint={`${names.join(", ")} for contacts of that language; ${languageName(template.language)} for everybody else.`}
      />
    </div>
  );
}
