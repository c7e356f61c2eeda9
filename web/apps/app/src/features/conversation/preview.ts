/* What the list says of a conversation's last message, in one line. */
import { formatPhone } from "@aerostic/ui/lib/format";
import type { ConversationRow, Person } from "./model";

/** What the inbox calls somebody: their name, else their number. */
export function nameOfPerson({ name, phone }: Pick<Person, "name" | "phone">): string {
  return name || (phone ? formatPhone(phone) : "Unknown person");
}

const kinds: Record<string, string> = {
  image: "📷 Photo",
  video: "🎥 Video",
  audio: "🎤 Voice message",
  voice: "🎤 Voice message",
  document: "📄 Document",
  sticker: "Sticker",
  location: "📍 Location",
  contacts: "👤 Contact card",
  order: "🛍 Order",
  reaction: "Reacted",
  template: "Template",
  interactive: "Message with choices",
  unsupported: "A message WhatsApp does not pass on",
};

/** Its text; where there is none, what kind it is. */
export function previewOf({ preview, lastKind }: Pick<ConversationRow, "preview" | "lastKind">): string {
  return preview || kinds[lastKind ?? ""] || "No messages yet";
}

/** What a person reads of content that was written here. */
export function textOf(content: unknown): string | undefined {
  const { text, interactive, type } = (content ?? {}) as {
    type?: string;
    text?: { body?: string };
    interactive?: { body?: string };
  } & Record<string, { caption?: string } | undefined>;
  return (
    text?.body ??
    interactive?.body ??
    (type ? (content as Record<string, { caption?: string }>)[type]?.caption : undefined)
  );
}
