/*
 * A template while it is being written: the form's state, what a new part of it looks like, and a form
 * filled with a template to edit or copy.
 */
import type { components } from "@aerostic/api-client";
import type { TemplateDraft } from "./api/lint";

export type Category = TemplateDraft["category"];
export type HeaderFormat = "NONE" | NonNullable<TemplateDraft["header"]>["format"];
export type ButtonType = NonNullable<TemplateDraft["buttons"]>[number]["type"];
type DraftButton = components["schemas"]["TemplateButton"];
type DraftCard = components["schemas"]["TemplateCard"];
type DraftHeader = components["schemas"]["TemplateHeader"];

/** What a marketing template is; a code's is its category. */
export type Shape = "standard" | "carousel" | "offer";

export interface HeaderForm {
  format: HeaderFormat;
  text: string;
  example: string;
  /** Of the uploaded sample. */
  sampleId: string;
  handle: string;
}

export interface AppForm {
  key: string;
  packageName: string;
  signatureHash: string;
}

export interface ButtonForm {
  /** Only for React: buttons may read alike while they are written. */
  key: string;
  type: ButtonType;
  text: string;
  url: string;
  phoneNumber: string;
  example: string;
  flowId: string;
  flowScreen: string;
  otpType: NonNullable<DraftButton["otpType"]>;
  autofillText: string;
  apps: AppForm[];
  zeroTapTerms: boolean;
}

export interface CardForm {
  key: string;
  header: HeaderForm;
  body: string;
  buttons: ButtonForm[];
  examples: Record<string, string>;
}

export interface TemplateForm {
  channelId: string;
  name: string;
  language: string;
  category: Category;
  shape: Shape;
  /** How long WhatsApp tries, as the template has it; 0 is Meta's default. */
  ttlSeconds: number;
  header: HeaderForm;
  body: string;
  footer: string;
  buttons: ButtonForm[];
  /** A sample value for each variable of the body, by the variable's name. */
  examples: Record<string, string>;
  offer: { text: string; expires: boolean };
  cards: CardForm[];
  code: { security: boolean; expiresMinutes: string };
}

export const emptyHeader: HeaderForm = { format: "NONE", text: "", example: "", sampleId: "", handle: "" };

export const emptyForm: TemplateForm = {
  channelId: "",
  name: "",
  language: "en",
  category: "MARKETING",
  shape: "standard",
  ttlSeconds: 0,
  header: emptyHeader,
  body: "",
  footer: "",
  buttons: [],
  examples: {},
  offer: { text: "", expires: true },
  cards: [],
  code: { security: true, expiresMinutes: "10" },
};

const buttonTexts: Partial<Record<ButtonType, string>> = {
  CATALOG: "View catalog",
  MPM: "View items",
  SPM: "View",
  OTP: "Copy code",
};

export function newButton(type: ButtonType): ButtonForm {
  return {
    key: crypto.randomUUID(),
    type,
    text: buttonTexts[type] ?? "",
    url: "",
    phoneNumber: "",
    example: "",
    flowId: "",
    flowScreen: "",
    otpType: "COPY_CODE",
    autofillText: "",
    apps: [],
    zeroTapTerms: false,
  };
}

/** A card like the others: Meta wants all alike. */
export function newCard(like?: CardForm): CardForm {
  return {
    key: crypto.randomUUID(),
    header: { ...emptyHeader, format: like?.header.format ?? "IMAGE" },
    body: "",
    buttons: (like?.buttons ?? [newButton("QUICK_REPLY")]).map((button) => ({
      ...button,
      key: crypto.randomUUID(),
    })),
    examples: {},
  };
}

export function newApp(): AppForm {
  return { key: crypto.randomUUID(), packageName: "", signatureHash: "" };
}

/** The form with another shape: what that shape needs is there. */
export function reshaped(form: TemplateForm, shape: Shape): Partial<TemplateForm> {
  if (shape === "carousel" && form.cards.length < 2) {
    const first = form.cards[0] ?? newCard();
    return { shape, cards: [first, newCard(first)] };
  }
  return { shape };
}

/** The form with another category: a code has its one button, and only marketing has shapes. */
export function recategorised(form: TemplateForm, category: Category): Partial<TemplateForm> {
  const wasCode = form.category === "AUTHENTICATION";
  if (category === "AUTHENTICATION") return { category, shape: "standard", buttons: [newButton("OTP")] };
  const buttons = wasCode ? [] : form.buttons;
  return { category, buttons, shape: category === "MARKETING" ? form.shape : "standard" };
}

/** A form filled with a template's draft. */
export function formFrom(draft: TemplateDraft, channelId: string): TemplateForm {
  return {
    ...emptyForm,
    channelId,
    name: draft.name,
    language: draft.language,
    category: draft.category,
    ttlSeconds: draft.ttlSeconds ?? 0,
    shape: draft.cards?.length ? "carousel" : draft.offer ? "offer" : "standard",
    header: headerFrom(draft.header),
    body: draft.body ?? "",
    footer: draft.footer ?? "",
    buttons: (draft.buttons ?? []).map(buttonFrom),
    examples: draft.examples ?? {},
    offer: draft.offer ?? emptyForm.offer,
    cards: (draft.cards ?? []).map(cardFrom),
    code: {
      security: draft.code?.security ?? false,
      expiresMinutes: draft.code?.expiresMinutes ? String(draft.code.expiresMinutes) : "",
    },
  };
}

function headerFrom(header: DraftHeader | undefined): HeaderForm {
  if (!header) return emptyHeader;
  const { format, text = "", example = "", sampleId = "", handle = "" } = header;
  return { format, text, example, sampleId, handle };
}

function buttonFrom(button: DraftButton): ButtonForm {
  const { type, apps, ...rest } = button;
  return {
    ...newButton(type),
    text: "",
    ...rest,
    apps: (apps ?? []).map((app) => ({ ...newApp(), ...app })),
  };
}

function cardFrom({ header, body = "", buttons, examples = {} }: DraftCard): CardForm {
  return {
    key: crypto.randomUUID(),
    header: headerFrom(header),
    body,
    buttons: (buttons ?? []).map(buttonFrom),
    examples,
  };
}

/** "offer" is copied as "offer_2", "offer_2" as "offer_3": Meta keeps a used name. */
export function copyName(name: string): string {
  const match = /^(.*)_(\d+)$/.exec(name);
  return match ? `${match[1]}_${Number(match[2]) + 1}` : `${name}_2`;
}

/** "Diwali Offer!" as Meta takes names: "diwali_offer". */
export function asName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "_")
    .replace(/^_+/, "");
}
