/*
 * A template while it is being written: the form's state, the draft the server takes, and where each
 * of the server's findings belongs on the screen.
 */

import { placeholdersOf } from "@aerostic/ui/lib/whatsapp-text";
import type { PreviewMessage } from "@aerostic/ui/phone-preview";
import type { Finding, TemplateDraft } from "./api/lint";

export type HeaderFormat = "NONE" | "TEXT" | "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION";
export type ButtonType = "QUICK_REPLY" | "URL" | "PHONE_NUMBER" | "COPY_CODE";

export interface ButtonForm {
  /** Only for React: buttons may read alike while they are written. */
  key: string;
  type: ButtonType;
  text: string;
  url: string;
  phoneNumber: string;
  example: string;
}

export interface TemplateForm {
  channelId: string;
  name: string;
  language: string;
  category: "MARKETING" | "UTILITY";
  header: { format: HeaderFormat; text: string; example: string; handle: string };
  body: string;
  footer: string;
  buttons: ButtonForm[];
  /** A sample value for each variable of the body, by the variable's name. */
  examples: Record<string, string>;
}

export const emptyForm: TemplateForm = {
  channelId: "",
  name: "",
  language: "en",
  category: "MARKETING",
  header: { format: "NONE", text: "", example: "", handle: "" },
  body: "",
  footer: "",
  buttons: [],
  examples: {},
};

export function newButton(type: ButtonType): ButtonForm {
  return { key: crypto.randomUUID(), type, text: "", url: "", phoneNumber: "", example: "" };
}

// Lint needs no number; it only has to be an id.
const noChannel = "00000000-0000-0000-0000-000000000000";

/** The form as the server takes it; what a button's type does not use is left out. */
export function toDraft(form: TemplateForm): TemplateDraft {
  const examples = placeholdersOf(form.body).map((name) => [name, form.examples[name] ?? ""] as const);
  return {
    channelId: form.channelId || noChannel,
    name: form.name,
    language: form.language,
    category: form.category,
    header: toHeader(form.header),
    body: form.body,
    footer: form.footer || undefined,
    buttons: form.buttons.length > 0 ? form.buttons.map(toButton) : undefined,
    examples: examples.length > 0 ? Object.fromEntries(examples) : undefined,
  };
}

function toHeader({ format, text, example, handle }: TemplateForm["header"]): TemplateDraft["header"] {
  if (format === "NONE") return undefined;
  if (format === "TEXT") return { format, text, example: example || undefined };
  return { format, handle: handle || undefined };
}

function toButton({ type, text, url, phoneNumber, example }: ButtonForm) {
  const sample = example || undefined;
  switch (type) {
    case "URL":
      return { type, text, url, example: url.includes("{{") ? sample : undefined };
    case "PHONE_NUMBER":
      return { type, text, phoneNumber: phoneNumber.replaceAll(/[\s()-]/g, "") };
    case "COPY_CODE":
      return { type, example: sample };
    default:
      return { type, text };
  }
}

/** The form on a phone, at once, before the server has seen it. */
export function formPreview(form: TemplateForm, sampleUrl?: string, sampleName?: string): PreviewMessage {
  return {
    header: previewHeader(form.header, sampleUrl, sampleName),
    body: form.body,
    footer: form.footer || undefined,
    buttons: form.buttons.map(({ type, text }) => ({
      kind: (
        { QUICK_REPLY: "quick_reply", URL: "url", PHONE_NUMBER: "phone", COPY_CODE: "copy_code" } as const
      )[type],
      text: type === "COPY_CODE" ? "Copy code" : text,
    })),
  };
}

function previewHeader(
  { format, text }: TemplateForm["header"],
  url?: string,
  name?: string,
): PreviewMessage["header"] {
  switch (format) {
    case "NONE":
      return undefined;
    case "TEXT":
      return text ? { kind: "text", text } : undefined;
    case "IMAGE":
      return { kind: "image", url, name };
    default:
      return { kind: format.toLowerCase() as "video" | "document" | "location", name };
  }
}

/** Sample values by variable, as the preview fills them. */
export function sampleValues(form: TemplateForm): Record<string, string> {
  const header = placeholdersOf(form.header.text)[0];
  return { ...form.examples, ...(header && form.header.example ? { [header]: form.header.example } : {}) };
}

/** The number a variable added now would get: 1 after none, 3 after {{1}} and {{2}}. */
export function nextVariable(body: string): number {
  const numbers = placeholdersOf(body).map(Number).filter(Number.isInteger);
  return Math.max(0, ...numbers) + 1;
}

/** A part of the form that findings belong to: "name", "body", "button 2". */
export type Place = string;

const places = ["name", "language", "category", "header", "body", "footer", "buttons"];

/** The part of the form a finding is shown at; what names no part belongs to none. */
export function placeOf({ place }: Pick<Finding, "place">): Place | undefined {
  if (/^button \d+$/.test(place)) return place;
  return places.find((known) => place === known || place.startsWith(`${known} `));
}

/** The findings of one place, errors first. */
export function findingsAt(findings: Finding[], place: Place): Finding[] {
  const here = findings.filter((finding) => placeOf(finding) === place);
  return [...here.filter(isError), ...here.filter((finding) => !isError(finding))];
}

export function isError({ severity }: Pick<Finding, "severity">): boolean {
  return severity === "error";
}

interface MetaComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: {
    type: string;
    text?: string;
    url?: string;
    phone_number?: string;
    example?: string | string[];
  }[];
  example?: {
    header_text?: string[];
    body_text?: string[][] | string[];
    body_text_named_params?: { param_name: string; example: string }[];
  };
}

/** A form filled with a template as Meta keeps it, for a corrected copy. */
export function formFrom(
  template: { name: string; language: string; category: string; components: unknown },
  channelId: string,
): TemplateForm {
  const components = (Array.isArray(template.components) ? template.components : []) as MetaComponent[];
  const find = (type: string) => components.find((one) => one.type?.toUpperCase() === type);
  const [header, body] = [find("HEADER"), find("BODY")];
  return {
    ...emptyForm,
    channelId,
    name: copyName(template.name),
    language: template.language,
    category: template.category === "UTILITY" ? "UTILITY" : "MARKETING",
    header: {
      format: (header?.format?.toUpperCase() as HeaderFormat | undefined) ?? "NONE",
      text: header?.text ?? "",
      example: header?.example?.header_text?.[0] ?? "",
      handle: "",
    },
    body: body?.text ?? "",
    footer: find("FOOTER")?.text ?? "",
    buttons: (find("BUTTONS")?.buttons ?? []).filter(writable).map((button) => ({
      ...newButton(button.type.toUpperCase() as ButtonType),
      text: button.text ?? "",
      url: button.url ?? "",
      phoneNumber: button.phone_number ?? "",
      example: [button.example ?? ""].flat()[0] ?? "",
    })),
    examples: bodyExamples(body),
  };
}

function writable({ type }: { type: string }): boolean {
  return ["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE"].includes(type.toUpperCase());
}

function bodyExamples(body: MetaComponent | undefined): Record<string, string> {
  const named = body?.example?.body_text_named_params;
  if (named) return Object.fromEntries(named.map(({ param_name, example }) => [param_name, example]));
  const row = body?.example?.body_text?.[0];
  const values = Array.isArray(row) ? row : ((body?.example?.body_text ?? []) as string[]);
  return Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
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
