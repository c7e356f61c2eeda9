import { describe, expect, it } from "vitest";
import type { Contact } from "./api/list";
import { clashesOf, mergedConsent } from "./merge-values";

const contact = (change: Partial<Contact>): Contact => ({
  id: "1",
  name: "",
  fields: {},
  optIn: { state: "unknown" },
  tags: [],
  createdAt: "2026-11-26T00:00:00Z",
  updatedAt: "2026-11-26T00:00:00Z",
  ...change,
});

describe("clashesOf", () => {
  it("asks only where both have something different", () => {
    const ann = contact({ name: "आशा", phone: "+919876543210", fields: { city: "पुणे", shoe: "38" } });
    const anne = contact({ name: "Asha", phone: "+919876543210", email: "a@b.c", fields: { city: "Delhi" } });
    expect(clashesOf(ann, anne)).toEqual([
      { field: "name", mine: "आशा", theirs: "Asha" },
      { field: "field:city", mine: "पुणे", theirs: "Delhi" },
    ]);
  });
});

describe("mergedConsent", () => {
  it("lets a refusal win", () => {
    expect(mergedConsent(contact({ optIn: { state: "in" } }), contact({ optIn: { state: "out" } }))).toBe(
      "out",
    );
    expect(mergedConsent(contact({}), contact({ optIn: { state: "in" } }))).toBe("in");
    expect(mergedConsent(contact({}), contact({}))).toBe("unknown");
  });
});
