import { describe, expect, it } from "vitest";
import {
  asName,
  copyName,
  emptyForm,
  findingsAt,
  formFrom,
  newButton,
  nextVariable,
  placeOf,
  toDraft,
} from "./draft";

describe("toDraft", () => {
  it("sends examples of the variables that are there, and of a button only what its type uses", () => {
    const draft = toDraft({
      ...emptyForm,
      name: "diwali",
      body: "नमस्ते {{1}}, {{2}} 🪔",
      examples: { 1: "अनन्या", 9: "left over" },
      buttons: [
        {
          ...newButton("URL"),
          text: "Shop",
          url: "https://acme.example/{{1}}",
          example: "https://acme.example/a",
        },
        { ...newButton("PHONE_NUMBER"), text: "Call", phoneNumber: "+91 98450-11000", url: "left over" },
        { ...newButton("COPY_CODE"), text: "left over", example: "DIWALI10" },
      ],
    });
    expect(draft.examples).toEqual({ 1: "अनन्या", 2: "" });
    expect(draft.buttons).toEqual([
      { type: "URL", text: "Shop", url: "https://acme.example/{{1}}", example: "https://acme.example/a" },
      { type: "PHONE_NUMBER", text: "Call", phoneNumber: "+919845011000" },
      { type: "COPY_CODE", example: "DIWALI10" },
    ]);
    expect(draft.header).toBeUndefined();
    expect(draft.footer).toBeUndefined();
  });

  it("keeps text and media headers apart", () => {
    const header = { format: "IMAGE", text: "left over", example: "", handle: "4:abc" } as const;
    expect(toDraft({ ...emptyForm, header }).header).toEqual({ format: "IMAGE", handle: "4:abc" });
  });
});

describe("findings", () => {
  const finding = (place: string, severity = "error") => ({ rule: "r", severity, place, sentence: place });

  it.each([
    ["body", "body"],
    ["button 2", "button 2"],
    ["buttons", "buttons"],
    ["time to live", undefined],
    ["card 1, body", undefined],
  ])("of %s are shown at %s", (place, shown) => {
    expect(placeOf({ place })).toBe(shown);
  });

  it("come errors first", () => {
    const all = [finding("footer", "warning"), finding("body"), finding("footer")];
    expect(findingsAt(all, "footer").map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });
});

it("numbers the next variable", () => {
  expect(nextVariable("no variable")).toBe(1);
  expect(nextVariable("{{2}} and {{1}}")).toBe(3);
  expect(nextVariable("{{name}}")).toBe(1);
});

it("makes names Meta takes", () => {
  expect(asName("Diwali Offer!")).toBe("diwali_offer_");
  expect(copyName("offer")).toBe("offer_2");
  expect(copyName("offer_9")).toBe("offer_10");
});

it("reads a template back into the form", () => {
  const components = [
    { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["A-17"] } },
    { type: "BODY", text: "Hi {{1}}, {{2}}", example: { body_text: [["Ann", "ready"]] } },
    { type: "FOOTER", text: "Reply STOP" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Thanks" },
        { type: "FLOW", text: "left out" },
      ],
    },
  ];
  const form = formFrom({ name: "ready", language: "en", category: "UTILITY", components }, "c1");
  expect(form).toMatchObject({
    channelId: "c1",
    name: "ready_2",
    category: "UTILITY",
    header: { format: "TEXT", text: "Order {{1}}", example: "A-17", handle: "" },
    body: "Hi {{1}}, {{2}}",
    footer: "Reply STOP",
    examples: { 1: "Ann", 2: "ready" },
  });
  expect(form.buttons.map(({ type, text }) => [type, text])).toEqual([["QUICK_REPLY", "Thanks"]]);
});
