import { describe, expect, it } from "vitest";
import {
  fileProblem,
  kindOf,
  lengthOf,
  parsePlace,
  writeButtons,
  writeCard,
  writeFile,
  writeList,
} from "./compose";

it("leaves out empty buttons and rows", () => {
  expect(writeButtons(" When? ", ["Today", " ", "Tomorrow"]).interactive).toEqual({
    body: "When?",
    footer: undefined,
    buttons: [
      { id: "b1", title: "Today" },
      { id: "b2", title: "Tomorrow" },
    ],
  });
  const rows = [
    { title: "Blue", description: "" },
    { title: "", description: "nothing" },
  ];
  expect(writeList("Which?", "Colours", rows).interactive?.list?.sections[0]?.rows).toEqual([
    { id: "r1", title: "Blue", description: undefined },
  ]);
});

it("gives a caption and a name only where WhatsApp takes them", () => {
  expect(writeFile("audio", { upload: "u", caption: "x", filename: "a.ogg", voice: true })).toEqual({
    type: "audio",
    audio: { upload: "u", caption: undefined, filename: undefined, voice: true },
  });
  expect(writeFile("document", { upload: "u", caption: " bill ", filename: "a.pdf" }).document).toMatchObject(
    {
      caption: "bill",
      filename: "a.pdf",
    },
  );
});

it("writes a card that can be written to", () => {
  expect(writeCard("आशा देवी", "+91 98450 11000").contacts?.[0]).toEqual({
    name: { formatted_name: "आशा देवी", first_name: "आशा" },
    phones: [{ phone: "+919845011000", type: "CELL", wa_id: "919845011000" }],
  });
});

describe("parsePlace", () => {
  it.each([
    ["12.9716, 77.5946", 12.9716, 77.5946],
    ["https://www.google.com/maps/@12.9716,77.5946,15z", 12.9716, 77.5946],
    ["-33.86;151.21", -33.86, 151.21],
  ])("%s", (text, latitude, longitude) => expect(parsePlace(text)).toEqual({ latitude, longitude }));
  it.each(["", "Bengaluru", "98.1, 20", "12"])("%s is no place", (text) =>
    expect(parsePlace(text)).toBeUndefined(),
  );
});

describe("kindOf", () => {
  it.each([
    ["image/jpeg", 100, "image"],
    ["image/jpeg", 6 << 20, "document"],
    ["image/heic", 100, "document"],
    ["audio/ogg; codecs=opus", 100, "audio"],
    ["video/mp4", 100, "video"],
    ["application/pdf", 100, "document"],
  ])("%s of %i bytes goes as %s", (type, size, kind) => expect(kindOf({ type, size })).toBe(kind));
});

it("says why a file cannot go, and counts characters", () => {
  expect(fileProblem({ name: "a", size: 101 << 20 })).toMatch(/larger than 100 MB/);
  expect(fileProblem({ name: "a", size: 1 })).toBeUndefined();
  expect(lengthOf("👍🏽नम")).toBe(4);
});
