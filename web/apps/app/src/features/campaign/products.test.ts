import { expect, it } from "vitest";
import { linesOf, sectionsOf } from "./products";

it("writes lines as sections and reads them back", () => {
  const lines = "नया:\nkurta-7\nscarf-2\nSale:\nshawl-1";
  const json = sectionsOf(lines);
  expect(JSON.parse(json)).toEqual([
    { title: "नया", product_items: [{ product_retailer_id: "kurta-7" }, { product_retailer_id: "scarf-2" }] },
    { title: "Sale", product_items: [{ product_retailer_id: "shawl-1" }] },
  ]);
  expect(linesOf(json)).toBe(lines);
});

it("names the section of lines without one, and leaves empty ones out", () => {
  expect(JSON.parse(sectionsOf("kurta-7\n\nEmpty:\n"))).toEqual([
    { title: "Products", product_items: [{ product_retailer_id: "kurta-7" }] },
  ]);
  expect(sectionsOf("Only a title:")).toBe("");
  expect(linesOf("not json")).toBe("");
});
