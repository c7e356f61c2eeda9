/* What the composer writes, as POST /api/conversations/{id}/messages takes it (whatsapp.Content). */

import type { Bill } from "../bill";

export interface FilePart {
  upload: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
}

export interface Interactive {
  header?: { text: string };
  body?: string;
  footer?: string;
  buttons?: { id: string; title: string }[];
  list?: { button: string; sections: { title?: string; rows: ListRow[] }[] };
  link?: { text: string; url: string };
  flow?: { id?: string; label: string; screen?: string };
  catalog?: { id?: string; product?: string };
  bill?: Bill;
}

export interface ListRow {
  id: string;
  title: string;
  description?: string;
}

export type FileKind = "image" | "video" | "audio" | "document" | "sticker";

export type Draft = {
  type: string;
  text?: { body: string; previewUrl?: boolean };
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  contacts?: {
    name: { formatted_name: string; first_name: string };
    phones: { phone: string; type: string; wa_id?: string }[];
  }[];
  interactive?: Interactive;
} & { [kind in FileKind]?: FilePart };

export const limits = {
  text: 4096,
  body: 1024,
  button: 20,
  footer: 60,
  rowTitle: 24,
  rowDetail: 72,
  rows: 10,
};

export const writeText = (body: string): Draft => ({
  type: "text",
  text: { body: body.trim(), previewUrl: true },
});

export function writeFile(kind: FileKind, part: FilePart): Draft {
  const caption = kind === "audio" || kind === "sticker" ? undefined : part.caption?.trim() || undefined;
  const filename = kind === "document" ? part.filename : undefined;
  return { type: kind, [kind]: { upload: part.upload, caption, filename, voice: part.voice || undefined } };
}

/** Answers to tap, in the order given; empty ones are left out. */
export function writeButtons(body: string, titles: string[], footer = ""): Draft {
  const buttons = filled(titles).map((title, index) => ({ id: `b${index + 1}`, title }));
  return { type: "button", interactive: { body: body.trim(), footer: footer.trim() || undefined, buttons } };
}

/** A menu behind a button, one section. */
export function writeList(
  body: string,
  button: string,
  rows: { title: string; description: string }[],
): Draft {
  const kept = rows
    .filter(({ title }) => title.trim())
    .map(({ title, description }, index) => ({
      id: `r${index + 1}`,
      title: title.trim(),
      description: description.trim() || undefined,
    }));
  return {
    type: "list",
    interactive: { body: body.trim(), list: { button: button.trim(), sections: [{ rows: kept }] } },
  };
}

export const writeLink = (body: string, text: string, url: string): Draft => ({
  type: "cta_url",
  interactive: { body: body.trim(), link: { text: text.trim(), url: url.trim() } },
});

export const writeFlow = (body: string, id: string, label: string): Draft => ({
  type: "flow",
  interactive: { body: body.trim(), flow: { id: id.trim(), label: label.trim() } },
});

export const writeLocationRequest = (body: string): Draft => ({
  type: "location_request_message",
  interactive: { body: body.trim() },
});

export const writeProduct = (body: string, catalog: string, product: string): Draft => ({
  type: "product",
  interactive: { body: body.trim() || undefined, catalog: { id: catalog.trim(), product: product.trim() } },
});

/** A bill to pay inside WhatsApp, for some hours from now on. */
export function writeBill(body: string, bill: Omit<Bill, "expiresAt">, hours?: number): Draft {
  const expiresAt = hours && new Date(Date.now() + hours * 3_600_000).toISOString();
  return {
    type: "order_details",
    interactive: { body: body.trim(), bill: { ...bill, expiresAt: expiresAt || undefined } },
  };
}

export const writeLocation = (latitude: number, longitude: number, name = "", address = ""): Draft => ({
  type: "location",
  location: {
    latitude,
    longitude,
    name: name.trim() || undefined,
    address: address.trim() || undefined,
  },
});

export function writeCard(name: string, phone: string): Draft {
  const digits = phone.replace(/\D/g, "");
  return {
    type: "contacts",
    contacts: [
      {
        name: { formatted_name: name.trim(), first_name: name.trim().split(/\s+/)[0] ?? name.trim() },
        phones: [{ phone: `+${digits}`, type: "CELL", wa_id: digits }],
      },
    ],
  };
}

/** "12.97, 77.59", or a map's link that has such a pair, as two numbers. */
export function parsePlace(text: string): { latitude: number; longitude: number } | undefined {
  const pair = /(-?\d{1,2}(?:\.\d+)?)\s*[,;/]\s*(-?\d{1,3}(?:\.\d+)?)(?![\d.])/.exec(
    text.replace(/^https?:\/\/[^/]+/, ""),
  );
  const [latitude, longitude] = [Number(pair?.[1]), Number(pair?.[2])];
  if (!pair || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude };
}

const sizes: Record<FileKind, number> = {
  image: 5 << 20,
  video: 16 << 20,
  audio: 16 << 20,
  document: 100 << 20,
  sticker: 500 << 10,
};

const types: [FileKind, RegExp][] = [
  ["image", /^image\/(jpeg|png)$/],
  ["sticker", /^image\/webp$/],
  ["video", /^video\/(mp4|3gpp)$/],
  ["audio", /^audio\/(aac|amr|mpeg|mp4|ogg)/],
];

/** As what WhatsApp takes the file; a picture it does not know, or a large one, goes as a document. */
export function kindOf({ type, size }: { type: string; size: number }): FileKind {
  const kind = types.find(([, pattern]) => pattern.test(type))?.[0] ?? "document";
  return size > sizes[kind] ? "document" : kind;
}

/** Why WhatsApp would refuse the file, in a sentence. */
export function fileProblem({ name, size }: { name: string; size: number }): string | undefined {
  if (size === 0) return `${name} is empty.`;
  if (size > sizes.document) return `${name} is larger than 100 MB, which WhatsApp does not take.`;
  return undefined;
}

function filled(words: string[]): string[] {
  return words.map((word) => word.trim()).filter(Boolean);
}

/** How long a text is as WhatsApp counts: in characters, not in bytes. */
export const lengthOf = (text: string): number => [...text].length;

/** A template with the values of its slots. */
export interface TemplateDraft {
  id: string;
  values: Record<string, string>;
}
