import { describe, expect, it } from "vitest";
import type { Workspace } from "./api/workspace";
import { patchOf, rulesOf, rulesSchema, zoneOptions } from "./settings";

const acme: Workspace = {
  id: "t1",
  name: "Acme",
  slug: "acme",
  currency: "INR",
  timezone: "Asia/Kolkata",
  country: "IN",
  quietHours: { enabled: false },
  frequencyCap: { enabled: true, messages: 3, days: 14 },
};

describe("rules", () => {
  it("offers sensible hours where none are kept, and sends only what is on", () => {
    const rules = rulesOf(acme);
    expect(rules).toMatchObject({
      quiet: false,
      whose: "workspace",
      zoneField: "-",
      from: "21:00",
      to: "09:00",
      messages: "3",
      days: "14",
    });
    expect(patchOf(rules)).toEqual({
      quietHours: { enabled: false },
      zoneField: "",
      frequencyCap: { enabled: true, messages: 3, days: 14 },
    });
    expect(patchOf({ ...rules, zoneField: "zone" }).zoneField).toBe("zone");
    expect(patchOf({ ...rules, quiet: true }).quietHours).toEqual({
      enabled: true,
      from: "21:00",
      to: "09:00",
      whose: "workspace",
    });
  });

  it("refuses a quiet span of nothing and caps that would never hold", () => {
    const rules = rulesOf(acme);
    expect(rulesSchema.safeParse(rules).success).toBe(true);
    expect(rulesSchema.safeParse({ ...rules, quiet: true, to: "21:00" }).success).toBe(false);
    expect(rulesSchema.safeParse({ ...rules, messages: "0" }).success).toBe(false);
    expect(rulesSchema.safeParse({ ...rules, days: "91" }).success).toBe(false);
  });
});

describe("zoneOptions", () => {
  it("knows India by its name of today", () => {
    const zones = zoneOptions(new Date("2026-11-23T00:00:00Z"));
    expect(zones.find(({ value }) => value === "Asia/Kolkata")?.hint).toBe("GMT+05:30");
    expect(zones.some(({ value }) => value === "Asia/Calcutta")).toBe(false);
  });
});
