/* Finds the word one is typing after a sign: "/thanks" for canned replies, "@Dev" for mentions. */

export interface Typed {
  /** Where the sign stands in the text. */
  from: number;
  to: number;
  query: string;
}

/** The word before the caret if it begins with the sign, which itself begins a word. */
export function typedAfter(sign: string, text: string, caret: number): Typed | undefined {
  const before = text.slice(0, caret);
  const from = Math.max(before.lastIndexOf(" "), before.lastIndexOf("\n")) + 1;
  if (!before.startsWith(sign, from)) return undefined;
  return { from, to: caret, query: before.slice(from + sign.length) };
}

/** The text with the typed word replaced, and where the caret goes. */
export function replaceTyped(text: string, { from, to }: Typed, by: string): { text: string; caret: number } {
  const put = by.endsWith(" ") || text.slice(to).startsWith(" ") ? by : `${by} `;
  return { text: text.slice(0, from) + put + text.slice(to), caret: from + put.length };
}
