// Text as WhatsApp shows it: *bold*, _italic_, ~struck~, `code`, ```monospace```, > quotes, lists and links.
import { h, link } from "./dom.js";

const marks = [
  [/```([\s\S]+?)```/, (text) => h("code", { class: "block" }, text)],
  [/`([^`\n]+)`/, (text) => h("code", {}, text)],
  [/(https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]'"])/, (text) => link(text, text)],
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/u, (text) => h("strong", {}, ...spans(text))],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}_])/u, (text) => h("em", {}, ...spans(text))],
  [/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*?\S)~(?![\p{L}\p{N}~])/u, (text) => h("s", {}, ...spans(text))],
];

// The earliest mark splits the text; what is around it is looked at again.
function spans(text) {
  let first;
  for (const [pattern, make] of marks) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [text] : [];
  const { found, make } = first;
  return [
    text.slice(0, found.index),
    make(found[1]),
    ...spans(text.slice(found.index + found[0].length)),
  ].filter(Boolean);
}

function lines(text) {
  let block = true; // what came before ends its line by itself
  return text.split("\n").flatMap((line) => {
    const quote = /^> ?(.*)/.exec(line);
    const item = /^[*-] (.*)/.exec(line);
    const made = quote ? [h("q", {}, ...spans(quote[1]))] : item ? ["• ", ...spans(item[1])] : spans(line);
    const out = block || quote ? made : [h("br"), ...made];
    block = Boolean(quote);
    return out;
  });
}

/** The text as nodes. Monospace may go over lines. */
export function formatted(text = "") {
  return text
    .split(/(```[\s\S]+?```)/)
    .flatMap((part) => (part.startsWith("```") && part.length > 6 ? spans(part) : lines(part)));
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const time = (at) => clock.format(at);
export const day = (at) =>
  new Date(at).toDateString() === new Date().toDateString() ? "Today" : calendar.format(at);
