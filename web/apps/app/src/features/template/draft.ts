/*
 * What the server takes of a form, how it looks on a phone before the server has seen it, and where each
 * of the server's findings belongs on the screen.
 */
import type { components } from "@aerostic/api-client";
import { placeholdersOf } from "@aerostic/ui/lib/whatsapp-text";
import type { PreviewButtonKind, PreviewMessage } from "@aerostic/ui/phone-preview";
import type { Finding, TemplateDraft } from "./api/lint";
import type { ButtonForm, CardForm, HeaderForm, TemplateForm } from "./form";
import { buttonKinds, buttonTexts, cardSlot, type SampleUrls } from "./preview";

// Lint needs no number; it only has to be an id.
const noChannel = "00000000-0000-0000-0000-000000000000";

/** The form as the server takes it; what its category, shape and buttons do not use is left out. */
export function toDraft(form: TemplateForm): TemplateDraft {
  const { channelId, name, language, category, shape, ttlSeconds } = form;
  const base = {
    channelId: channelId || noChannel,
    name,
    language,
    category,
    ttlSeconds: ttlSeconds || undefined,
  };
  if (category === "AUTHENTICATION") return { ...base, ...toCode(form) };
  const message = { ...base, body: form.body, examples: examplesOf(form) };
  if (shape === "carousel") return { ...message, cards: form.cards.map(toCard) };
  return {
    ...message,
    header: toHeader(form.header),
    offer: shape === "offer" ? form.offer : undefined,
    footer: (shape !== "offer" && form.footer) || undefined,
    buttons: form.buttons.length > 0 ? form.buttons.map(toButton) : undefined,
  };
}

function toCode({ code, buttons }: TemplateForm): Pick<TemplateDraft, "code" | "buttons"> {
  const expiresMinutes = Number(code.expiresMinutes) || undefined;
  return { code: { security: code.security, expiresMinutes }, buttons: buttons.map(toButton) };
}

function toCard(card: CardForm): components["schemas"]["TemplateCard"] {
  return {
    header: toHeader(card.header),
    body: card.body || undefined,
    buttons: card.buttons.length > 0 ? card.buttons.map(toButton) : undefined,
    examples: examplesOf(card),
  };
}

function examplesOf({ body, examples }: Pick<TemplateForm, "body" | "examples">) {
  const used = placeholdersOf(body).map((name) => [name, examples[name] ?? ""] as const);
  return used.length > 0 ? Object.fromEntries(used) : undefined;
}

function toHeader({ format, text, example, sampleId, handle }: HeaderForm): TemplateDraft["header"] {
  if (format === "NONE") return undefined;
  if (format === "TEXT") return { format, text, example: example || undefined };
  if (format === "LOCATION" || format === "PRODUCT") return { format };
  return { format, sampleId: sampleId || undefined, handle: handle || undefined };
}

function toButton(button: ButtonForm): components["schemas"]["TemplateButton"] {
  const { type, text } = button;
  const sample = button.example || undefined;
  switch (type) {
    case "URL":
      return { type, text, url: button.url, example: button.url.includes("{{") ? sample : undefined };
    case "PHONE_NUMBER":
      return { type, text, phoneNumber: button.phoneNumber.replaceAll(/[\s()-]/g, "") };
    case "COPY_CODE":
      return { type, example: sample };
    case "FLOW":
      return { type, text, flowId: button.flowId, flowScreen: button.flowScreen || undefined };
    case "OTP":
      return { type, text, otpType: button.otpType, ...otpApps(button) };
    default:
      return { type, text };
  }
}

function otpApps({ otpType, autofillText, apps, zeroTapTerms }: ButtonForm) {
  if (otpType === "COPY_CODE") return {};
  return {
    autofillText: autofillText || undefined,
    apps: apps.map(({ packageName, signatureHash }) => ({ packageName, signatureHash })),
    zeroTapTerms: otpType === "ZERO_TAP" ? zeroTapTerms : undefined,
  };
}

/** The form on a phone, at once, before the server has seen it. */
export function formPreview(form: TemplateForm, urls: SampleUrls = {}): PreviewMessage {
  if (form.category === "AUTHENTICATION") return codePreview(form);
  const offer = form.shape === "offer";
  const carousel = form.shape === "carousel";
  return {
    header: carousel ? undefined : previewHeader(form.header, urls["header.media"]),
    offer: offer ? form.offer.text || "The offer" : undefined,
    body: form.body,
    footer: (!offer && !carousel && form.footer) || undefined,
    buttons: carousel ? [] : previewButtons(form.buttons),
    cards: carousel ? form.cards.map((card, index) => cardPreview(card, urls[cardSlot(index)])) : undefined,
  };
}

function cardPreview(card: CardForm, url: string | undefined): PreviewMessage {
  // A card's own samples, filled in here: the same {{1}} is another value on each card.
  const body = card.body.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => card.examples[name] || place);
  return { header: previewHeader(card.header, url), body, buttons: previewButtons(card.buttons) };
}

/** Meta's own words, as it writes them in English. */
function codePreview({ code, buttons }: TemplateForm): PreviewMessage {
  return {
    body: `*{{1}}* is your verification code.${code.security ? " For your security, do not share this code." : ""}`,
    footer: code.expiresMinutes ? `This code expires in ${code.expiresMinutes} minutes.` : undefined,
    buttons: previewButtons(buttons),
  };
}

function previewButtons(buttons: ButtonForm[]): { kind: PreviewButtonKind; text: string }[] {
  return buttons.map(({ type, text }) => ({
    kind: buttonKinds[type] ?? "other",
    text: type === "COPY_CODE" ? "Copy code" : text || buttonTexts[type] || "",
  }));
}

function previewHeader({ format, text }: HeaderForm, url?: string): PreviewMessage["header"] {
  switch (format) {
    case "NONE":
      return undefined;
    case "TEXT":
      return text ? { kind: "text", text } : undefined;
    case "IMAGE":
      return { kind: "image", url };
    case "PRODUCT":
      return { kind: "image", name: "Product" };
    case "GIF":
      return { kind: "video" };
    default:
      return { kind: format.toLowerCase() as "video" | "document" | "location" };
  }
}

/** Sample values by variable, as the preview fills them. */
export function sampleValues(form: TemplateForm): Record<string, string> {
  if (form.category === "AUTHENTICATION") return { 1: "482913" };
  const header = placeholdersOf(form.header.text)[0];
  return { ...form.examples, ...(header && form.header.example ? { [header]: form.header.example } : {}) };
}

/** The number a variable added now would get: 1 after none, 3 after {{1}} and {{2}}. */
export function nextVariable(body: string): number {
  const numbers = placeholdersOf(body).map(Number).filter(Number.isInteger);
  return Math.max(0, ...numbers) + 1;
}

/** A part of the form that findings belong to: "name", "body", "button 2", "card 1". */
export type Place = string;

const places = ["name", "language", "category", "header", "body", "footer", "buttons", "offer", "carousel"];

/** The part of the form a finding is shown at; what names no part belongs to none. */
export function placeOf({ place }: Pick<Finding, "place">): Place | undefined {
  if (/^button \d+$/.test(place)) return place;
  const card = /^card \d+/.exec(place);
  if (card) return card[0];
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
