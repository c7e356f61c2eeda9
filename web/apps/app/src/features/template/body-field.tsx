import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { placeholdersOf } from "@aerostic/ui/lib/whatsapp-text";
import { Textarea } from "@aerostic/ui/textarea";
import { Tooltip } from "@aerostic/ui/tooltip";
import { Bold, Braces, Code, Italic, Strikethrough } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { nextVariable } from "./draft";
import { Counter } from "./form-parts";

interface BodyFieldProps {
  body: string;
  examples: Record<string, string>;
  onBody: (body: string) => void;
  onExample: (name: string, value: string) => void;
  onLeave: () => void;
  invalid: boolean;
  /** Characters that Meta allows. */
  limit?: number;
  /** A card's text may be missing. */
  optional?: boolean;
  children?: ReactNode;
}

const styles = [
  { label: "Bold", mark: "*", icon: Bold },
  { label: "Italic", mark: "_", icon: Italic },
  { label: "Strikethrough", mark: "~", icon: Strikethrough },
  { label: "Monospace", mark: "```", icon: Code },
];

/** The message text with its formatting, its variables, and a sample value for each. */
export function BodyField({
  body,
  examples,
  onBody,
  onExample,
  onLeave,
  invalid,
  limit = 1024,
  optional,
  children,
}: BodyFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const names = placeholdersOf(body);

  // Puts marks around what is selected, or text where the cursor is, and leaves the cursor there.
  const insert = (before: string, after = "") => {
    const element = area.current;
    if (!element) return;
    const { selectionStart: from, selectionEnd: to } = element;
    onBody(body.slice(0, from) + before + body.slice(from, to) + after + body.slice(to));
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(from + before.length, to + before.length);
    });
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <Field label="Text" optional={optional} action={<Counter text={body} limit={limit} />}>
          <Textarea
            ref={area}
            dir="auto"
            value={body}
            aria-invalid={invalid || undefined}
            onChange={(event) => onBody(event.target.value)}
            onBlur={onLeave}
            placeholder="Hi {{1}}, our Diwali offer is here 🪔"
            className={limit < 200 ? "min-h-20" : "min-h-36"}
          />
        </Field>
        <div role="toolbar" aria-label="Formatting" className="flex flex-wrap items-center gap-1">
          {styles.map(({ label, mark, icon: Icon }) => (
            <Tooltip key={label} label={label}>
              <Button variant="ghost" size="icon-sm" aria-label={label} onClick={() => insert(mark, mark)}>
                <Icon />
              </Button>
            </Tooltip>
          ))}
          <Button size="sm" className="ml-auto" onClick={() => insert(`{{${nextVariable(body)}}}`)}>
            <Braces /> Add variable
          </Button>
        </div>
        {children}
      </div>
      {names.length > 0 && (
        <fieldset className="rounded-lg border bg-muted/40 p-3">
          <legend className="px-1 font-medium text-xs">Examples for Meta's reviewers</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {names.map((name) => (
              <Field key={name} label={`{{${name}}}`}>
                <Input
                  dir="auto"
                  value={examples[name] ?? ""}
                  onChange={(event) => onExample(name, event.target.value)}
                  onBlur={onLeave}
                  placeholder={name === "1" ? "Ananya" : undefined}
                />
              </Field>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
