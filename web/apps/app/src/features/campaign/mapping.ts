/*
 * Where the values of a template's slots come from. The server decides what may be sent; this keeps a
 * mapping in step with its template, suggests one, and says what is still missing.
 */
import type { components } from "@aerostic/api-client";
import type { ContactField } from "@/features/contact/api/fields";
import type { Slot } from "@/features/template/api/template";
import { isMedia } from "@/features/template/slot";

export type Source = components["schemas"]["MappingSource"];

/** What every contact has, beside the workspace's own fields; keys as in campaign/mapping.go. */
export const standardFields = [
  { key: "firstName", label: "First name" },
  { key: "name", label: "Full name" },
  { key: "phone", label: "Phone number" },
  { key: "email", label: "E-mail" },
];

/** The mapping for these slots: sources of slots that are gone are dropped, new slots get a suggestion. */
export function reconcile(mapping: Source[], slots: Slot[], fields: ContactField[], body = ""): Source[] {
  return slots.flatMap((slot) => {
    const known = mapping.find((source) => source.slot === slot.key);
    if (known) return [known];
    return suggest(slot, fields, body) ?? [];
  });
}

export function sameMapping(a: Source[], b: Source[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const greeting = /(?:^|[\s*_~])(?:hi|hello|hey|dear|namaste|नमस्ते|प्रिय|مرحبا|مرحبًا|أهلا)[\s,*_~]+$/iu;

function suggest(slot: Slot, fields: ContactField[], body: string): Source | undefined {
  const name = slot.key.split(".").at(-1) ?? "";
  if (slot.kind === "text") {
    const field = fieldNamed(name, fields) ?? (greeted(slot.key, body) ? "firstName" : undefined);
    if (field) return { slot: slot.key, field };
  }
  // A picture's sample is usually the picture; a text's sample never is the text.
  if (isMedia(slot) && slot.example) return { slot: slot.key, text: slot.example };
  return undefined;
}

const aliases: Record<string, string> = {
  firstname: "firstName",
  customername: "firstName",
  name: "name",
  fullname: "name",
  phone: "phone",
  email: "email",
};

function fieldNamed(name: string, fields: ContactField[]): string | undefined {
  const plain = name.toLowerCase().replaceAll("_", "");
  return aliases[plain] ?? fields.find(({ key }) => key.replaceAll("_", "") === plain)?.key;
}

/** Whether the placeholder follows a greeting: "Hi {{1}}". */
function greeted(slotKey: string, body: string): boolean {
  const match = /^body\.(.+)$/.exec(slotKey);
  if (!match) return false;
  const at = body.indexOf(`{{${match[1]}}}`);
  return at > 0 && greeting.test(body.slice(0, at));
}

/** Required slots without a source yet, by key. */
export function missing(mapping: Source[], slots: Slot[]): string[] {
  return slots
    .filter(({ required }) => required)
    .filter(({ key }) => {
      const source = mapping.find(({ slot }) => slot === key);
      return isEmpty(source);
    })
    .map(({ key }) => key);
}

/** Whether nothing would come out of a source. */
export function isEmpty(source: Omit<Source, "slot"> | undefined): boolean {
  return (
    !source || !(source.field || source.own || source.event || source.text?.trim() || source.link?.url.trim())
  );
}

/** The mapping with one slot's source replaced; undefined removes it. */
export function withSource(
  mapping: Source[],
  slot: string,
  source: Omit<Source, "slot"> | undefined,
): Source[] {
  const others = mapping.filter((one) => one.slot !== slot);
  return source ? [...others, { ...source, slot }] : others;
}
