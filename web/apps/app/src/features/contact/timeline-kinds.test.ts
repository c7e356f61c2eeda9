import { describe, expect, it } from "vitest";
import { byWords, changeWords } from "./timeline-kinds";

const label = (key: string) => ({ city: "शहर" })[key] ?? key;

describe("changeWords", () => {
  it("calls fields by their label and consent by its words", () => {
    expect(changeWords({ field: "field:city", from: "पुणे", to: "" }, label)).toEqual({
      name: "शहर",
      from: "पुणे",
      to: "",
    });
    expect(changeWords({ field: "optIn", from: "unknown", to: "out" }, label)).toEqual({
      name: "Marketing consent",
      from: "Not asked",
      to: "Opted out",
    });
    expect(changeWords({ field: "name", to: "Ann" }, label)).toEqual({ name: "Name", from: "", to: "Ann" });
  });
});

describe("byWords", () => {
  it("names people and programs, and is silent about Aerostic", () => {
    expect(byWords({ kind: "user", name: "ann@acme.test" })).toBe("ann@acme.test");
    expect(byWords({ kind: "apikey" })).toBe("The API");
    expect(byWords({ kind: "system" })).toBe("");
    expect(byWords(undefined)).toBe("");
  });
});
