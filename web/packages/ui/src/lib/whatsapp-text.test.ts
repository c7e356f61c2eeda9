import { describe, expect, it } from "vitest";
import { fillPlaceholders, parseWhatsAppText, placeholdersOf, splitLinks } from "./whatsapp-text";

describe("parseWhatsAppText", () => {
  it("nests bold and italic", () => {
    expect(parseWhatsAppText("*Big _Diwali_ sale*")).toEqual([
      {
        kind: "bold",
        children: [
          { kind: "text", text: "Big " },
          { kind: "italic", children: [{ kind: "text", text: "Diwali" }] },
          { kind: "text", text: " sale" },
        ],
      },
    ]);
  });

  it("formats Hindi text beside an emoji", () => {
    expect(parseWhatsAppText("🪔*शुभ दीपावली*!")).toEqual([
      { kind: "text", text: "🪔" },
      { kind: "bold", children: [{ kind: "text", text: "शुभ दीपावली" }] },
      { kind: "text", text: "!" },
    ]);
  });

  it.each(["snake_case_name", "2*3*4", "* not bold *", "a single * star"])("leaves %j alone", (text) => {
    expect(parseWhatsAppText(text)).toEqual([{ kind: "text", text }]);
  });

  it("keeps markers inside code", () => {
    expect(parseWhatsAppText("```*x*``` and `_y_`")).toEqual([
      { kind: "code", text: "*x*" },
      { kind: "text", text: " and " },
      { kind: "code", text: "_y_" },
    ]);
  });

  it("finds placeholders inside bold text", () => {
    expect(parseWhatsAppText("*Hi {{first_name}}*")).toEqual([
      {
        kind: "bold",
        children: [
          { kind: "text", text: "Hi " },
          { kind: "placeholder", name: "first_name" },
        ],
      },
    ]);
  });
});

describe("placeholders", () => {
  it("lists each name once and fills what is known", () => {
    const text = "Hi {{1}}, order {{2}} for {{1}}";
    expect(placeholdersOf(text)).toEqual(["1", "2"]);
    expect(fillPlaceholders(text, { 1: "अनन्या" })).toBe("Hi अनन्या, order {{2}} for अनन्या");
  });
});

describe("splitLinks", () => {
  it.each([
    ["see https://a.example/b.", ["see ", "https://a.example/b", "."], "https://a.example/b"],
    ["www.a.example", ["www.a.example"], "https://www.a.example"],
    ["देखें https://a.example/दाम ठीक", ["देखें ", "https://a.example/दाम", " ठीक"], "https://a.example/दाम"],
    ["(https://a.example)", ["(", "https://a.example", ")"], "https://a.example"],
    ["javascript:alert(1)", ["javascript:alert(1)"], undefined],
    ["ann@www.example", ["ann@www.example"], undefined],
  ])("%s", (text, parts, href) => {
    const split = splitLinks(text);
    expect(split.map((part) => part.text)).toEqual(parts);
    expect(split.find((part) => part.href)?.href).toBe(href);
  });
});
