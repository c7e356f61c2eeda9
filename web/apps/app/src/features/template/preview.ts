import type { components } from "@aerostic/api-client";
import type { PreviewButtonKind, PreviewMessage } from "@aerostic/ui/phone-preview";

/** Links to header samples, by slot: "header.media", "carousel.0.header.media". */
export type SampleUrls = Record<string, string | undefined>;

export const cardSlot = (index: number) => `carousel.${index}.header.media`;

export type ServerPreview = components["schemas"]["WhatsappPreview"];

/** The icon a button of Meta's type has. */
export const buttonKinds: Record<string, PreviewButtonKind> = {
  QUICK_REPLY: "quick_reply",
  URL: "url",
  PHONE_NUMBER: "phone",
  COPY_CODE: "copy_code",
  OTP: "copy_code",
  VOICE_CALL: "phone",
};

/** What a button of Meta's type shows when it has no text of its own. */
export const buttonTexts: Record<string, string> = {
  COPY_CODE: "Copy code",
  OTP: "Copy code",
  CATALOG: "View catalogue",
  MPM: "View items",
  SPM: "View",
};

/** The server's picture of a message as the phone preview draws it; urls are of samples, by slot. */
export function toPreview(message: ServerPreview, urls: SampleUrls = {}): PreviewMessage {
  return {
    header: toHeader(message.header, urls["header.media"]),
    offer: message.offer,
    body: message.body,
    footer: message.footer,
    buttons: message.buttons?.map(({ type, text }) => ({
      kind: buttonKinds[type] ?? "other",
      text: text || buttonTexts[type] || "Open",
    })),
    cards: message.cards?.map((card, index) => toPreview(card, { "header.media": urls[cardSlot(index)] })),
  };
}

// Media are never loaded from where they are: a sample's link may expire, or tell who looked.
function toHeader(header: ServerPreview["header"], url?: string): PreviewMessage["header"] {
  if (!header) return undefined;
  const { format, text = "", filename, media, name } = header;
  switch (format) {
    case "TEXT":
      return text ? { kind: "text", text } : undefined;
    case "IMAGE":
      return { kind: "image", url, name: fileName(media) };
    case "PRODUCT":
      return { kind: "image", name: "Product" };
    case "VIDEO":
    case "GIF":
      return { kind: "video", name: fileName(media) };
    case "DOCUMENT":
      return { kind: "document", name: filename || fileName(media) };
    case "LOCATION":
      return { kind: "location", name: name || undefined };
    default:
      return undefined;
  }
}

/** "diwali.jpg" of a link to it; nothing of an id. */
export function fileName(media: string | undefined): string | undefined {
  if (!media?.startsWith("http")) return undefined;
  try {
    const name = decodeURIComponent(new URL(media).pathname.split("/").at(-1) ?? "");
    return name.includes(".") ? name : undefined;
  } catch {
    return undefined;
  }
}
