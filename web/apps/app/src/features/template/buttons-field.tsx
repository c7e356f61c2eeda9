import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ArrowUp, Copy, ExternalLink, Phone, Plus, Reply, Trash2 } from "lucide-react";
import type { Finding } from "./api/lint";
import { type ButtonForm, type ButtonType, findingsAt, newButton } from "./draft";
import { Counter, Findings } from "./form-parts";

const kinds = {
  QUICK_REPLY: { label: "Quick reply", icon: Reply },
  URL: { label: "Open a web address", icon: ExternalLink },
  PHONE_NUMBER: { label: "Call a number", icon: Phone },
  COPY_CODE: { label: "Copy a code", icon: Copy },
};

interface ButtonsFieldProps {
  buttons: ButtonForm[];
  onChange: (buttons: ButtonForm[]) => void;
  findings: Finding[];
  onLeave: (place: string) => void;
}

/** Up to ten buttons below the message. */
export function ButtonsField({ buttons, onChange, findings, onLeave }: ButtonsFieldProps) {
  const change = (index: number, part: Partial<ButtonForm>) =>
    onChange(buttons.map((button, at) => (at === index ? { ...button, ...part } : button)));
  const moveUp = (index: number) => {
    const [before, button] = [buttons[index - 1], buttons[index]];
    if (before && button) onChange(buttons.with(index - 1, button).with(index, before));
  };
  return (
    <div className="flex flex-col gap-3">
      {buttons.length > 0 && (
        <ol className="flex flex-col gap-3">
          {buttons.map((button, index) => (
            <li key={button.key} className="rounded-lg border p-3">
              <ButtonHead
                number={index + 1}
                type={button.type}
                onUp={index > 0 ? () => moveUp(index) : undefined}
                onRemove={() => onChange(buttons.filter((_, at) => at !== index))}
              />
              <ButtonFields
                button={button}
                onChange={(part) => change(index, part)}
                onLeave={() => onLeave(`button ${index + 1}`)}
              />
              <div className="mt-2 empty:hidden">
                <Findings findings={findingsAt(findings, `button ${index + 1}`)} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <Findings findings={findingsAt(findings, "buttons")} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="self-start" disabled={buttons.length >= 10}>
            <Plus /> Add button
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          {Object.entries(kinds).map(([type, { label, icon: Icon }]) => (
            <DropdownMenuItem
              key={type}
              onSelect={() => onChange([...buttons, newButton(type as ButtonType)])}
            >
              <Icon /> {label}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

interface ButtonHeadProps {
  number: number;
  type: ButtonType;
  onUp?: () => void;
  onRemove: () => void;
}

function ButtonHead({ number, type, onUp, onRemove }: ButtonHeadProps) {
  const { label, icon: Icon } = kinds[type];
  return (
    <div className="mb-2 flex items-center gap-2">
      <Icon aria-hidden className="size-4 text-muted-foreground" />
      <span className="flex-1 font-medium text-sm">
        {number}. {label}
      </span>
      {onUp && (
        <Button variant="ghost" size="icon-sm" aria-label={`Move button ${number} up`} onClick={onUp}>
          <ArrowUp />
        </Button>
      )}
      <Button variant="ghost" size="icon-sm" aria-label={`Remove button ${number}`} onClick={onRemove}>
        <Trash2 />
      </Button>
    </div>
  );
}

interface ButtonFieldsProps {
  button: ButtonForm;
  onChange: (part: Partial<ButtonForm>) => void;
  onLeave: () => void;
}

function ButtonFields({ button, onChange, onLeave }: ButtonFieldsProps) {
  const input = (
    part: "text" | "url" | "phoneNumber" | "example",
    more: { placeholder?: string; type?: string },
  ) => (
    <Input
      dir="auto"
      value={button[part]}
      onChange={(event) => onChange({ [part]: event.target.value })}
      onBlur={onLeave}
      {...more}
    />
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {button.type !== "COPY_CODE" && (
        <Field label="Button text" action={<Counter text={button.text} limit={25} />}>
          {input("text", {})}
        </Field>
      )}
      {button.type === "URL" && (
        <Field label="Web address" hint="May end in {{1}}, filled for each person">
          {input("url", { placeholder: "https://acme.example/offer/{{1}}" })}
        </Field>
      )}
      {button.type === "URL" && button.url.includes("{{") && (
        <Field label="Example of the whole address" className="sm:col-span-2">
          {input("example", { placeholder: "https://acme.example/offer/diwali" })}
        </Field>
      )}
      {button.type === "PHONE_NUMBER" && (
        <Field label="Phone number" hint="With the country code">
          {input("phoneNumber", { placeholder: "+91 98450 11000", type: "tel" })}
        </Field>
      )}
      {button.type === "COPY_CODE" && (
        <Field label="Example of the code" hint="Up to 20 characters; each campaign sets its own">
          {input("example", { placeholder: "DIWALI10" })}
        </Field>
      )}
    </div>
  );
}
