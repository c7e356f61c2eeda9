import { describe, expect, it } from "vitest";
import { keyOf, ruleText, valueText } from "./goal";

describe("keyOf", () => {
  it.each([
    ["Purchase", "purchase"],
    ["  First order! ", "first_order"],
    ["2nd visit", "nd_visit"],
    ["ख़रीद", ""],
    ["طلب order 🛍️", "order"],
  ])("makes of %j the key %j", (name, key) => {
    expect(keyOf(name)).toBe(key);
  });
});

it("writes values as one types them", () => {
  expect(valueText(4_990_000)).toBe("499.00");
  expect(valueText(0)).toBe("");
});

it("says how a campaign earns a conversion", () => {
  const goal = { id: "1", key: "purchase", name: "Purchase", value: 0, createdAt: "", updatedAt: "" };
  expect(ruleText({ ...goal, touch: "clicked", windowDays: 1 })).toBe("Last campaign clicked, within 1 day");
  expect(ruleText({ ...goal, touch: "delivered", windowDays: 7 })).toBe(
    "Last campaign delivered, within 7 days",
  );
});
