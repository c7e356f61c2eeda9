import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import {
  ArrowUp,
  Contact,
  Copy,
  ExternalLink,
  KeyRound,
  LayoutList,
  type LucideIcon,
  Phone,
  PhoneCall,
  Plus,
  Reply,
  ShoppingBag,
  SquareMenu,
  Store,
  Trash2,
} from "lucide-react";
import type { Finding } from "./api/lint";
import { ButtonFields } from "./button-fields";
import { findingsAt } from "./draft";
import { type ButtonForm, type ButtonType, newButton } from "./form";
import { Findings } from "./form-parts";

const kinds: Record<ButtonType, { label: string; icon: LucideIcon }> = {
  QUICK_REPLY: { label: "Quick reply", icon: Reply },
  URL: { label: "Open a web address", icon: ExternalLink },
  PHONE_NUMBER: { label: "Call a number", icon: Phone },
  VOICE_CALL: { label: "Call through WhatsApp", icon: PhoneCall },
  COPY_CODE: { label: "Copy a code", icon: Copy },
  FLOW: { label: "Open a WhatsApp Flow", icon: SquareMenu },
  CATALOG: { label: "Show the catalogue", icon: Store },
  MPM: { label: "Show some products", icon: LayoutList },
  SPM: { label: "Show the header's product", icon: ShoppingBag },
  REQUEST_CONTACT_INFO: { label: "Ask for the number", icon: Contact },
  OTP: { label: "One-time code", icon: KeyRound },
};

/** What an ordinary message, an offer and a card may have; a code has its own button alone. */
export const buttonsOf = {
  standard: Object.keys(kinds).filter((type) => type !== "OTP") as ButtonType[],
  offer: ["COPY_CODE", "URL"] as ButtonType[],
  card: ["QUICK_REPLY", "URL", "PHONE_NUMBER", "SPM"] as ButtonType[],
  code: [] as ButtonType[],
};

interface ButtonsFieldProps {
  buttons: ButtonForm[];
  onChange: (buttons: ButtonForm[]) => void;
  findings: Finding[];
  onLeave: (place: string) => void;
  /** The types that may be added. */
  allowed: ButtonType[];
  most?: number;
}

/** Up to ten buttons below the message. */
export function ButtonsField({
  buttons,
  onChange,
  findings,
  onLeave,
  allowed,
  most = 10,
}: ButtonsFieldProps) {
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
                onRemove={
                  allowed.length > 0 ? () => onChange(buttons.filter((_, at) => at !== index)) : undefined
                }
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
      {allowed.length > 0 && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button className="self-start" disabled={buttons.length >= most}>
              <Plus /> Add button
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {allowed.map((type) => {
              const { label, icon: Icon } = kinds[type];
              return (
                <DropdownMenuItem key={type} onSelect={() => onChange([...buttons, newButton(type)])}>
                  <Icon /> {label}
                </DropdownMenuItem>
              );
            })}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </div>
  );
}

interface ButtonHeadProps {
  number: number;
  type: ButtonType;
  onUp?: () => void;
  onRemove?: () => void;
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
      {onRemove && (
        <Button variant="ghost" size="icon-sm" aria-label={`Remove button ${number}`} onClick={onRemove}>
          <Trash2 />
        </Button>
      )}
    </div>
  );
}
