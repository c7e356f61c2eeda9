import { describe, expect, it } from "vitest";
import type { Contact } from "./api/list";
import { changeOf, valuesOf } from "./contact-change";

const asha: Contact = {
  id: "c1",
  name: "आशा 🌸",
  phone: "+919845011000",
  email: "asha@example.com",
  fields: { city: "पुणे", size: "M" },
  optIn: { state: "in", source: "Shop counter", evidence: "Form 12" },
  tags: [],
  createdAt: "2026-11-01T10:00:00Z",
  updatedAt: "2026-11-01T10:00:00Z",
};

describe("changeOf", () => {
  it("sends nothing when nothing changed, outer space aside", () => {
    const before = valuesOf(asha);
    expect(changeOf(before, { ...before, name: " आशा 🌸 " })).toEqual({});
  });

  it("removes with an empty text and adds only the fields that changed", () => {
    const before = valuesOf(asha);
    const after = { ...before, email: "", fields: { city: "मुंबई", size: "M", shop: "" } };
    expect(changeOf(before, after)).toEqual({ email: "", fields: { city: "मुंबई" } });
  });

  it("keeps the proof with the consent and drops it when nobody was asked", () => {
    const before = valuesOf(asha);
    expect(changeOf(before, { ...before, evidence: "Form 13" }).optIn).toEqual({
      state: "in",
      source: "Shop counter",
      evidence: "Form 13",
    });
    expect(changeOf(before, { ...before, optIn: "unknown" }).optIn).toEqual({ state: "unknown" });
  });

  it("describes a new contact by what was filled in", () => {
    const empty = valuesOf();
    expect(changeOf(empty, { ...empty, phone: "98450 11000", name: "Bob" })).toEqual({
      phone: "98450 11000",
      name: "Bob",
    });
  });
});
