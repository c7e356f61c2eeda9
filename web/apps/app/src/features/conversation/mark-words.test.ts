import { expect, it } from "vitest";
import { markWords } from "./mark-words";

const marked = (text: string, q: string) =>
  markWords(text, q)
    .map(({ text: part, found }) => (found ? `[${part}]` : part))
    .join("");

it.each([
  ["Where is my order?", "ord", "Where is my [ord]er?"],
  ["reorder the order", "order", "reorder the [order]"],
  ["क्या यह शुक्रवार तक", "शुक्र", "क्या यह [शुक्र]वार तक"],
  ["ORDER 12", "order 12", "[ORDER] [12]"],
  ["a.b", ".*", "a.b"],
])("%s, searched for %s", (text, q, expected) => expect(marked(text, q)).toBe(expected));
