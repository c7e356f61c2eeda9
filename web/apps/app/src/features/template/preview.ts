import type { components } from "@aerostic/api-client";
import type { PreviewButtonKind, PreviewMessage } from "@aerostic/ui/phone-preview";

export type ServerPreview = components["schemas"]["WhatsappPreview"];

const buttonKinds: Record<string, PreviewButtonKind> = {
  QUICK_REPLY: "quick_reply",
  URL: "url",
  PHONE_NUMBER: "phone",
  COPY_CODE: "copy_code",
  OTP: "copy_code",
};

/** What a button of Meta's type shows when it has no text of its own. */
const buttonTexts: Record<string, string> = {
  COPY_CODE: "Copy code",
  OTP: "Copy code",
  CATALOG: "View catalogue",
  MPM: "View items",
};

/** The server's picture of a message as the phone preview draws it. */
export function toPreview(message: ServerPreview): PreviewMessage {
  return {
    header: toHeader(message.header),
    offer: message.offer,
    body: message.body,
    footer: message.footer,
    buttons: message.buttons?.map(({ type, text }) => ({
      kind: buttonKinds[type] ?? "other",
      text: text || buttonTexts[type] || "Open",
    })),
    cards: message.cards?.map(toPreview),
  };
}

// Media are never loaded from where they are: a sample's link may expire, or tell who looked.
function toHeader(header: ServerPreview["header"]): PreviewMessage["header"] {
  if (!header) return undefined;
  const { format, text = "", filename, media, name } = header;
  switch (format) {
    case "TEXT":
      return text ? { kind: "text", text } : undefined;
    case "IMAGE":
    case "PRODUCT":
      return { kind: "image", name: fileName(media) };
    case "VIDEO":
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
