import { Button } from "@aerostic/ui/button";
import { FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Plus, X } from "lucide-react";
import type { FieldForm } from "./api/try-field";
import type { FieldType } from "./field-value";

/** An option being edited; `was` is what values call it now. */
export interface Option {
  id: string;
  text: string;
  was?: string;
}

export function optionsOf(texts: string[]): Option[] {
  return texts.length > 0 ? texts.map((text) => ({ id: text, text, was: text })) : [blank()];
}

function blank(): Option {
  return { id: crypto.randomUUID(), text: "" };
}

/** What is to be saved: options without empty ones, and those that are called differently now. */
export function formOf(type: FieldType, options: Option[]): FieldForm {
  if (type !== "choice") return { type };
  const filled = options
    .map((option) => ({ ...option, text: option.text.trim() }))
    .filter(({ text }) => text !== "");
  const renamed: Record<string, string> = {};
  for (const { was, text } of filled) if (was !== undefined && was !== text) renamed[was] = text;
  return {
    type,
    options: filled.map(({ text }) => text),
    ...(Object.keys(renamed).length > 0 && { renamed }),
  };
}

/** The options of a choice, one per line. */
export function OptionsEditor({ value, onChange }: { value: Option[]; onChange: (value: Option[]) => void }) {
  const change = (id: string, text: string) =>
    onChange(value.map((option) => (option.id === id ? { ...option, text } : option)));
  return (
    <FieldGroup label="Options" hint="A renamed option is renamed for everybody who has it">
      <div className="flex flex-col gap-2">
        {value.map((option, index) => (
          <div key={option.id} className="flex items-center gap-1.5">
            <Input
              aria-label={`Option ${index + 1}`}
              value={option.text}
              dir="auto"
              maxLength={100}
              autoComplete="off"
              onChange={(event) => change(option.id, event.target.value)}
            />
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Remove option ${index + 1}`}
              onClick={() => onChange(value.filter(({ id }) => id !== option.id))}
            >
              <X />
            </Button>
          </div>
        ))}
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          onClick={() => onChange([...value, blank()])}
        >
          <Plus /> Add an option
        </Button>
      </div>
    </FieldGroup>
  );
}
