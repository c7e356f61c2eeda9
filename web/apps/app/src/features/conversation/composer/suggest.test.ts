import { expect, it } from "vitest";
import { replaceTyped, typedAfter } from "./suggest";

it.each([
  ["/", "/th", 3, { from: 0, to: 3, query: "th" }],
  ["/", "Hi /", 4, { from: 3, to: 4, query: "" }],
  ["/", "and/or", 6, undefined],
  ["/", "/th anks", 8, undefined],
  ["@", "@दे", 3, { from: 0, to: 3, query: "दे" }],
  ["@", "ann@example", 11, undefined],
  ["@", "a\n@b", 4, { from: 2, to: 4, query: "b" }],
])("%s in %s", (sign, text, caret, expected) => expect(typedAfter(sign, text, caret)).toEqual(expected));

it("replaces only the typed word", () => {
  expect(replaceTyped("see /th now", { from: 4, to: 7, query: "th" }, "Thank you")).toEqual({
    text: "see Thank you now",
    caret: 13,
  });
  expect(replaceTyped("@De", { from: 0, to: 3, query: "De" }, "@Dev")).toEqual({ text: "@Dev ", caret: 5 });
});
