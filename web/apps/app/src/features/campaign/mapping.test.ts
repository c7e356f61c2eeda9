import { describe, expect, it } from "vitest";
import type { Slot } from "@/features/template/api/template";
import { missing, reconcile, withSource } from "./mapping";

const text = (key: string, required = true): Slot => ({ key, kind: "text", required });
const city = { key: "home_city", label: "Home city", type: "text" as const, options: [] };

describe("reconcile", () => {
  it("keeps what fits, drops what is gone", () => {
    const mapping = [
      { slot: "body.1", text: "Diwali" },
      { slot: "body.9", text: "gone" },
    ];
    expect(reconcile(mapping, [text("body.1")], [])).toEqual([{ slot: "body.1", text: "Diwali" }]);
  });

  it.each([
    ["body.first_name", "", "firstName"],
    ["body.homecity", "", "home_city"],
    ["body.1", "Hi {{1}}, welcome", "firstName"],
    ["body.1", "*नमस्ते {{1}}* 🪔", "firstName"],
    ["body.1", "مرحبا {{1}}", "firstName"],
  ])("suggests for %s in %j the field %s", (slot, body, field) => {
    expect(reconcile([], [text(slot)], [city], body)).toEqual([{ slot, field }]);
  });

  it("does not guess where nothing says what it is", () => {
    expect(reconcile([], [text("body.2")], [city], "Hi {{1}}, use {{2}}")).toEqual([]);
  });

  it("takes a picture's sample", () => {
    const slot = {
      key: "header.media",
      kind: "image",
      required: true,
      example: "https://acme.example/a.jpg",
    };
    expect(reconcile([], [slot], [])).toEqual([{ slot: "header.media", text: slot.example }]);
  });
});

describe("missing", () => {
  it("names required slots without a value, and only those", () => {
    const slots = [text("body.1"), text("body.2"), text("body.3"), text("button.0", false)];
    const mapping = [
      { slot: "body.1", field: "firstName" },
      { slot: "body.2", text: "  " },
    ];
    expect(missing(mapping, slots)).toEqual(["body.2", "body.3"]);
  });
});

it("replaces one source", () => {
  const mapping = [{ slot: "body.1", text: "a" }];
  expect(withSource(mapping, "body.1", { field: "name", fallback: "friend" })).toEqual([
    { slot: "body.1", field: "name", fallback: "friend" },
  ]);
  expect(withSource(mapping, "body.1", undefined)).toEqual([]);
});
