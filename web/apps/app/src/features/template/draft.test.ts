import { describe, expect, it } from "vitest";
import { alike } from "./cards-field";
import { findingsAt, nextVariable, placeOf, toDraft } from "./draft";
import {
  asName,
  copyName,
  emptyForm,
  emptyHeader,
  formFrom,
  newApp,
  newButton,
  newCard,
  recategorised,
  reshaped,
} from "./form";

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
    const header = { ...emptyHeader, format: "IMAGE", text: "left over", sampleId: "s1" } as const;
    expect(toDraft({ ...emptyForm, header }).header).toEqual({ format: "IMAGE", sampleId: "s1" });
  });

  it("sends of a carousel its text and its cards, each with its own examples", () => {
    const card = { ...newCard(), body: "Only {{1}}", examples: { 1: "₹499", 2: "left over" } };
    const draft = toDraft({
      ...emptyForm,
      shape: "carousel",
      body: "Two picks",
      footer: "left over",
      cards: [card],
    });
    expect(draft.footer).toBeUndefined();
    expect(draft.buttons).toBeUndefined();
    expect(draft.cards).toEqual([
      {
        header: { format: "IMAGE" },
        body: "Only {{1}}",
        buttons: [{ type: "QUICK_REPLY", text: "" }],
        examples: { 1: "₹499" },
      },
    ]);
  });

  it("sends of an offer its line, and no footer", () => {
    const draft = toDraft({
      ...emptyForm,
      shape: "offer",
      offer: { text: "Ends soon", expires: true },
      footer: "left over",
    });
    expect(draft.offer).toEqual({ text: "Ends soon", expires: true });
    expect(draft.footer).toBeUndefined();
  });

  it("sends of a code what Meta's text adds, and the apps that read it", () => {
    const form = { ...emptyForm, body: "left over", ...recategorised(emptyForm, "AUTHENTICATION") };
    const app = { ...newApp(), packageName: "com.acme", signatureHash: "K8a" };
    const [button] = form.buttons;
    const draft = toDraft({
      ...form,
      buttons: [{ ...newButton("OTP"), ...button, otpType: "ONE_TAP", apps: [app] }],
    });
    expect(draft.body).toBeUndefined();
    expect(draft.code).toEqual({ security: true, expiresMinutes: 10 });
    expect(draft.buttons).toEqual([
      {
        type: "OTP",
        text: "Copy code",
        otpType: "ONE_TAP",
        apps: [{ packageName: "com.acme", signatureHash: "K8a" }],
      },
    ]);
  });
});

describe("findings", () => {
  const finding = (place: string, severity = "error") => ({ rule: "r", severity, place, sentence: place });

  it.each([
    ["body", "body"],
    ["button 2", "button 2"],
    ["buttons", "buttons"],
    ["time to live", undefined],
    ["card 1, body", "card 1"],
    ["carousel", "carousel"],
    ["offer", "offer"],
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

it("fills the form with a template, to edit or copy it", () => {
  const draft = {
    channelId: "c0",
    name: "ready",
    language: "hi",
    category: "MARKETING" as const,
    header: { format: "IMAGE" as const, sampleId: "s1" },
    body: "नमस्ते {{1}}",
    footer: "STOP",
    buttons: [{ type: "FLOW" as const, text: "Book", flowId: "77" }],
    examples: { 1: "आशा" },
  };
  const form = formFrom(draft, "c1");
  expect(form).toMatchObject({ channelId: "c1", name: "ready", shape: "standard", footer: "STOP" });
  expect(form.header).toMatchObject({ format: "IMAGE", sampleId: "s1" });
  expect(toDraft(form)).toMatchObject({ ...draft, channelId: "c1" });
});

describe("a carousel's cards", () => {
  it("are at least two", () => {
    expect(reshaped(emptyForm, "carousel").cards).toHaveLength(2);
  });

  it("get the header and the buttons of the one that changed, and keep their own texts", () => {
    const [one, two] = [newCard(), { ...newCard(), body: "scarf" }];
    const changed = {
      ...one,
      header: { ...one.header, format: "VIDEO" as const },
      buttons: [newButton("URL")],
    };
    const [, after] = alike([changed, two], 0);
    expect(after?.header.format).toBe("VIDEO");
    expect(after?.buttons.map(({ type }) => type)).toEqual(["URL"]);
    expect(after?.body).toBe("scarf");
  });
});
