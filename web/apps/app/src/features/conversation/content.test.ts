import { describe, expect, it } from "vitest";
import { isForwarded, readContent, referralOf } from "./content";

describe("readContent", () => {
  it.each([
    ["a text", "text", { type: "text", text: { body: "नमस्ते" } }, { is: "text", text: "नमस्ते" }],
    [
      "a voice note",
      "audio",
      { audio: { id: "1", voice: true } },
      { is: "media", media: "audio", voice: true, caption: undefined, name: undefined },
    ],
    [
      "a file with its caption",
      "document",
      { document: { filename: "bill.pdf", caption: "Here" } },
      { is: "media", media: "document", name: "bill.pdf", caption: "Here", voice: false },
    ],
    [
      "a list reply",
      "interactive",
      { interactive: { type: "list_reply", list_reply: { id: "1", title: "Blue", description: "Large" } } },
      { is: "choice", text: "Blue", detail: "Large" },
    ],
    [
      "a template's button",
      "button",
      { button: { text: "Yes", payload: "y" } },
      { is: "choice", text: "Yes" },
    ],
    [
      "a place",
      "location",
      { location: { latitude: 12.97, longitude: 77.59, name: "Shop" } },
      { is: "location", place: { latitude: 12.97, longitude: 77.59, name: "Shop", address: undefined } },
    ],
    ["a poll", "unsupported", { unsupported: { type: "poll" } }, { is: "unsupported", what: "poll" }],
    ["nothing known", "hologram", {}, { is: "unsupported" }],
    ["a kind with only text", "hologram", {}, { is: "text", text: "hello" }, "hello"],
  ])("reads %s", (_, kind, raw, expected, text = "") => {
    expect(readContent(kind, raw, text as string)).toEqual(expected);
  });

  it("reads a bill of ours in whole paise", () => {
    const interactive = {
      body: "Your saree",
      bill: {
        items: [
          { name: "Saree", price: 125050, quantity: 1 },
          { name: 7, price: "1.5" },
        ],
        tax: 0.5,
        gateway: "razorpay",
      },
    };
    expect(readContent("interactive", { type: "order_details", interactive })).toMatchObject({
      is: "bill",
      text: "Your saree",
      bill: {
        items: [
          { name: "Saree", price: 125050, quantity: 1 },
          { name: "", price: 0, quantity: 0 },
        ],
        tax: 0,
        gateway: "razorpay",
      },
    });
  });

  it("reads a Flow's answers by readable names and without its token", () => {
    const response_json = JSON.stringify({
      flow_token: "secret",
      screen_0_Full_name_0: "Asha",
      screen_1_Size_1: "1_Large",
      gift: true,
      extras: ["0_Card", "1_Ribbon"],
    });
    const read = readContent("interactive", { interactive: { nfm_reply: { name: "flow", response_json } } });
    expect(read).toEqual({
      is: "answers",
      title: "Form answered",
      answers: [
        ["Full name", "Asha"],
        ["Size", "Large"],
        ["Gift", "Yes"],
        ["Extras", "Card, Ribbon"],
      ],
    });
  });

  it("reads what an offer offers", () => {
    const interactive = {
      header: { text: "Delivery" },
      body: "When?",
      buttons: [
        { id: "1", title: "Today" },
        { id: "2", title: "Tomorrow" },
      ],
    };
    const read = readContent("interactive", { type: "button", interactive });
    expect(read).toMatchObject({
      is: "offer",
      offer: {
        header: "Delivery",
        body: "When?",
        buttons: [
          { text: "Today", kind: "reply" },
          { text: "Tomorrow", kind: "reply" },
        ],
      },
    });
  });

  it("never fails on another shape", () => {
    for (const raw of [
      undefined,
      null,
      7,
      "x",
      [],
      { interactive: 3 },
      { interactive: { nfm_reply: { response_json: "{" } } },
    ]) {
      for (const kind of ["text", "image", "location", "contacts", "interactive", "order", "button"]) {
        expect(() => readContent(kind, raw)).not.toThrow();
      }
    }
  });
});

it("knows an ad and a forwarded message", () => {
  expect(
    referralOf({ referral: { headline: "Monstera", source_url: "https://fb.me/1", source_type: "ad" } }),
  ).toEqual({
    headline: "Monstera",
    body: undefined,
    url: "https://fb.me/1",
    source: "From an ad",
  });
  expect(referralOf({})).toBeUndefined();
  expect(isForwarded({ context: { forwarded: true } })).toBe(true);
  expect(isForwarded({ context: { id: "wamid.1" } })).toBe(false);
});
