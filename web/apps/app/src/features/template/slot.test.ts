import { expect, it } from "vitest";
import type { Slot } from "./api/template";
import { slotLabel } from "./slot";

const text = (key: string): Slot => ({ key, kind: "text", required: true });

it.each([
  [text("body.1"), "{{1}} in the text"],
  [text("header.1"), "{{1}} in the header"],
  [{ key: "header.media", kind: "image", required: true }, "Header image"],
  [{ key: "button.0", kind: "url_suffix", required: true }, "Button 1: end of the link"],
  [text("carousel.1.body.2"), "Card 2: {{2}} in the text"],
  [{ key: "limited_time_offer.expires_at", kind: "unix_ms", required: true }, "End of the offer"],
  [{ key: "header.latitude", kind: "number", required: true }, "Latitude of the place"],
  [{ key: "header.name", kind: "text", required: true }, "Name of the place"],
  [{ key: "button.0.sections", kind: "json", required: true }, "Button 1: products"],
  [
    { key: "carousel.1.header.catalog_id", kind: "product", required: true },
    "Card 2: catalogue of the product",
  ],
  [{ key: "carousel.0.header.media", kind: "image", required: true }, "Card 1: header image"],
])("calls %o %s", (slot, label) => {
  expect(slotLabel(slot as Slot)).toBe(label);
});
