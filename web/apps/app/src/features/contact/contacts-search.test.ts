import { describe, expect, it } from "vitest";
import { bulkFilter, contactsSearch, filterOf, isFiltered } from "./contacts-search";

describe("contactsSearch", () => {
  it("drops what an old or mistyped link carries", () => {
    expect(contactsSearch.parse({ optIn: "maybe", sort: "age", blocked: "yes", q: "आशा" })).toEqual({
      q: "आशा",
    });
  });
});

describe("filterOf", () => {
  it("leaves out what narrows nothing", () => {
    expect(isFiltered(filterOf({ q: "  ", sort: "name" }))).toBe(false);
  });

  it("says the same to the list and to a change of everybody in it", () => {
    const filter = filterOf({ q: " +91 98 ", blocked: false, optIn: "in", stage: "none" });
    expect(filter).toMatchObject({ q: "+91 98", suppressed: "false", optIn: "in" });
    expect(bulkFilter(filter)).toEqual({ q: "+91 98", suppressed: false, optIn: "in", stage: "none" });
  });
});
