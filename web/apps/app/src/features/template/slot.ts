/* The values a template takes, in words. A slot's key is its place: body.1, header.media, button.0. */
import type { Slot } from "./api/template";

export function isMedia(slot: Slot): boolean {
  return slot.kind === "image" || slot.kind === "video" || slot.kind === "document";
}

const kinds: Record<string, string> = {
  image: "Header image",
  video: "Header video",
  document: "Header document",
  filename: "File name of the document",
  code: "Code",
  url_suffix: "End of the link",
  payload: "Hidden value of the button",
  unix_ms: "End of the offer",
  product: "Product",
};

const names: Record<string, string> = {
  latitude: "Latitude of the place",
  longitude: "Longitude of the place",
  name: "Name of the place",
  address: "Address of the place",
  product_retailer_id: "Header product",
  catalog_id: "Catalogue of the product",
  thumbnail: "product of the picture",
  sections: "products",
  data: "data for the Flow",
};

/** Whether the value is a choice of products, in sections. */
export function isProducts(slot: Slot): boolean {
  return slot.kind === "json" && slot.key.endsWith(".sections");
}

/** What a person calls the slot: "{{1}} in the text", "Header image", "Button 1: end of the link". */
export function slotLabel(slot: Slot): string {
  const parts = slot.key.split(".");
  const card = parts[0] === "carousel" ? `Card ${Number(parts[1]) + 1}: ` : "";
  const [place, name, detail] = card ? parts.slice(2) : parts;
  const kind = (detail && names[detail]) || kinds[slot.kind];
  if (place === "button") return `${card}Button ${Number(name) + 1}${kind ? `: ${lowerFirst(kind)}` : ""}`;
  if (place === "body") return `${card}{{${name}}} in the text`;
  if (place === "header" && name && names[name]) return card ? card + lowerFirst(names[name]) : names[name];
  if (place === "header" && slot.kind === "text") return `${card}{{${name}}} in the header`;
  const words = kind ?? `${place} ${name ?? ""}`.trim();
  return card ? card + lowerFirst(words) : words;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
