/*
 * Reads what a message holds, in whichever direction it went: Meta's objects as they arrive and as they are
 * sent. Anything missing or of another shape reads as absent, so that no message can break its thread.
 */
import { formatMoney } from "@aerostic/ui/lib/format";
import type { Bill } from "./bill";
import type { Media } from "./model";

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface Card {
  name: string;
  phones: string[];
  emails: string[];
  firm?: string;
}

export interface OrderItem {
  product: string;
  quantity: number;
  price?: string;
}

export interface OfferRow {
  title: string;
  description?: string;
}

export interface Offer {
  header?: string;
  /** The header is a picture, a film or a file. */
  headerMedia?: MediaKind;
  body: string;
  footer?: string;
  buttons: { text: string; kind: "reply" | "url" | "flow" | "location" | "list" | "product" | "call" }[];
  sections: { title: string; rows: OfferRow[] }[];
}

export interface Referral {
  headline?: string;
  body?: string;
  url?: string;
  source: string;
}

export type Content =
  | { is: "text"; text: string }
  | { is: "media"; media: MediaKind; caption?: string; name?: string; voice: boolean }
  | { is: "location"; place: Place }
  | { is: "contacts"; cards: Card[] }
  | { is: "choice"; text: string; detail?: string }
  | { is: "answers"; title: string; answers: [string, string][] }
  | { is: "order"; items: OrderItem[]; text?: string }
  | { is: "offer"; offer: Offer }
  | { is: "bill"; bill: Bill; text: string; footer?: string }
  | { is: "unsupported"; what?: string };

type Raw = Record<string, unknown>;

/** What the message of this kind says; `text` is the server's plain reading of it. */
export function readContent(kind: string, raw: unknown, text = ""): Content {
  const whole = object(raw);
  const ours = word(whole.type) ?? kind;
  if (offered.has(ours) && whole.interactive) {
    return { is: "offer", offer: offerOf(ours, object(whole.interactive), text) };
  }
  if (ours === "order_details" && whole.interactive) return billOf(object(whole.interactive), text);
  const inner = kind in whole ? whole[kind] : raw;
  return readers[kind]?.(inner, text) ?? plain(text);
}

/** The kinds of ours that are answered by tapping. */
const offered = new Set([
  "button",
  "list",
  "cta_url",
  "flow",
  "location_request_message",
  "product",
  "product_list",
  "catalog_message",
  "carousel",
  "address_message",
  "request_contact_info",
]);

const plain = (text: string): Content => (text ? { is: "text", text } : { is: "unsupported" });

const readers: Record<string, (inner: unknown, text: string) => Content | undefined> = {
  text: (inner, text) => ({ is: "text", text: word(object(inner).body) ?? text }),
  image: media("image"),
  video: media("video"),
  audio: media("audio"),
  voice: media("audio"),
  document: media("document"),
  sticker: media("sticker"),
  location: (inner) => ({ is: "location", place: placeOf(object(inner)) }),
  contacts: (inner) => ({ is: "contacts", cards: list(inner).map(cardOf) }),
  button: (inner, text) => ({ is: "choice", text: word(object(inner).text) ?? text }),
  interactive: (inner, text) => interactive(object(inner), text),
  order: (inner) => orderOf(object(inner)),
  unsupported: (inner) => ({ is: "unsupported", what: word(object(inner).type) }),
};

function media(kind: MediaKind) {
  return (inner: unknown): Content => {
    const { caption, filename, voice } = object(inner);
    return {
      is: "media",
      media: kind,
      caption: word(caption),
      name: word(filename),
      voice: voice === true,
    };
  };
}

function placeOf({ latitude, longitude, name, address }: Raw): Place {
  return {
    latitude: Number(latitude) || 0,
    longitude: Number(longitude) || 0,
    name: word(name),
    address: word(address),
  };
}

function cardOf(raw: unknown): Card {
  const { name, phones, emails, org } = object(raw);
  const named = object(name);
  const full = word(named.formatted_name) ?? word(named.first_name) ?? word(name);
  const numbers = list(phones).flatMap(
    (phone) => word(object(phone).phone) ?? word(object(phone).wa_id) ?? [],
  );
  return {
    name: full ?? numbers[0] ?? "Contact",
    phones: numbers,
    emails: list(emails).flatMap((email) => word(object(email).email) ?? []),
    firm: word(object(org).company),
  };
}

function interactive(inner: Raw, text: string): Content | undefined {
  const chosen = object(inner.button_reply ?? inner.list_reply);
  const title = word(chosen.title);
  if (title) return { is: "choice", text: title, detail: word(chosen.description) };
  if (inner.nfm_reply) return answersOf(object(inner.nfm_reply));
  return text ? { is: "text", text } : undefined;
}

/** A Flow's answers or an address, with their names made readable; the token is nobody's business. */
function answersOf(reply: Raw): Content {
  const given = parse(word(reply.response_json));
  const answers = Object.entries(given)
    .filter(([name]) => name !== "flow_token" && name !== "wa_flow_response_params")
    .map(([name, value]): [string, string] => [words(name), written(value)]);
  return { is: "answers", title: reply.name === "address_message" ? "Address" : "Form answered", answers };
}

/** Ours: a message with something to tap, as provider/whatsapp's Content writes it. */
function offerOf(type: string, inner: Raw, text: string): Offer {
  const header = object(inner.header);
  return {
    header: word(header.text),
    headerMedia: mediaKinds.find((kind) => kind in header),
    body: word(inner.body) ?? text,
    footer: word(inner.footer),
    buttons: buttonsOf(type, inner),
    sections: [...list(object(inner.list).sections), ...list(object(inner.catalog).selection)].map(sectionOf),
  };
}

/** Ours: what a person is asked to pay. */
function billOf(inner: Raw, text: string): Content {
  const { items, tax, delivery, discount, gateway, configuration, expiresAt } = object(inner.bill);
  const read = list(items).map((raw) => {
    const { name, price, quantity } = object(raw);
    return { name: word(name) ?? "", price: whole(price), quantity: whole(quantity) };
  });
  const bill = {
    items: read,
    tax: whole(tax),
    delivery: whole(delivery),
    discount: whole(discount),
    gateway: word(gateway) ?? "",
    configuration: word(configuration) ?? "",
    expiresAt: word(expiresAt),
  };
  return { is: "bill", bill, text: word(inner.body) ?? text, footer: word(inner.footer) };
}

const mediaKinds: MediaKind[] = ["image", "video", "document"];

function buttonsOf(type: string, inner: Raw): Offer["buttons"] {
  switch (type) {
    case "button":
      return list(inner.buttons).map((button) => ({
        text: word(object(button).title) ?? "Button",
        kind: "reply",
      }));
    case "list":
      return [{ text: word(object(inner.list).button) ?? "Options", kind: "list" }];
    case "cta_url":
      return [{ text: word(object(inner.link).text) ?? "Open", kind: "url" }];
    case "flow":
      return [{ text: word(object(inner.flow).label) ?? "Open form", kind: "flow" }];
    case "location_request_message":
      return [{ text: "Send location", kind: "location" }];
    case "address_message":
      return [{ text: "Provide address", kind: "flow" }];
    case "request_contact_info":
      return [{ text: "Share contact", kind: "reply" }];
    default:
      return [{ text: "View products", kind: "product" }];
  }
}

function sectionOf(raw: unknown): Offer["sections"][number] {
  const { title, rows, products } = object(raw);
  const offered = list(rows).map((row) => ({
    title: word(object(row).title) ?? "",
    description: word(object(row).description),
  }));
  const named = list(products).map((product) => ({ title: word(product) ?? "Product" }));
  return { title: word(title) ?? "", rows: [...offered, ...named] };
}

function orderOf(inner: Raw): Content {
  const items = list(inner.product_items).map((raw) => {
    const { product_retailer_id, quantity, item_price, currency } = object(raw);
    const price = priceOf(Number(item_price), word(currency));
    return { product: word(product_retailer_id) ?? "Product", quantity: Number(quantity) || 1, price };
  });
  return { is: "order", items, text: word(inner.text) };
}

/** A price as WhatsApp writes it: a number of whole units, and a currency that may be none. */
function priceOf(price: number, currency?: string): string | undefined {
  if (!Number.isFinite(price)) return undefined;
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return `${price} ${currency ?? ""}`.trim();
  return formatMoney({ amount: Math.round(price * 10_000), currency });
}

/** The ad a chat began from, if it did. */
export function referralOf(raw: unknown): Referral | undefined {
  const { headline, body, source_url, source_type } = object(object(raw).referral);
  if (!headline && !body && !source_url) return undefined;
  return {
    headline: word(headline),
    body: word(body),
    url: word(source_url),
    source: source_type === "post" ? "From a post" : "From an ad",
  };
}

export function isForwarded(raw: unknown): boolean {
  const context = object(object(raw).context);
  return context.forwarded === true || context.frequently_forwarded === true;
}

function object(value: unknown): Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function whole(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parse(json: string | undefined): Raw {
  try {
    return object(JSON.parse(json ?? "{}"));
  } catch {
    return {};
  }
}

/** "screen_0_Full_name_0" of Meta's builder is "Full name". */
function words(name: string): string {
  const bare = name.replace(/^screen_\d+_/, "").replace(/_\d+$/, "");
  const spaced = bare.replaceAll(/[_-]+/g, " ").trim() || name;
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function written(value: unknown): string {
  if (typeof value === "string") return value.replace(/^\d+_/, "");
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.map(written).join(", ");
  if (typeof value === "object" && value !== null) return Object.values(value).map(written).join(", ");
  return value === null || value === undefined ? "–" : String(value);
}

/** The file of a message of ours, which was uploaded here before it was sent. */
export function uploadOf(raw: unknown): Media | undefined {
  const whole = object(raw);
  const header = object(object(whole.interactive).header);
  for (const place of [whole, header]) {
    for (const kind of ["image", "video", "audio", "document", "sticker"]) {
      const { upload, filename } = object(place[kind]);
      if (typeof upload === "string" && upload !== "") {
        return { id: upload, size: 0, name: word(filename), state: "stored", uploaded: true };
      }
    }
  }
  return undefined;
}
