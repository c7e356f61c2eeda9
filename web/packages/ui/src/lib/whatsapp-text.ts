/*
 * WhatsApp's message formatting: *bold*, _italic_, ~strike~, `code` and ```mono```, plus {{name}}
 * placeholders. Parsed into a tree, so nothing from a template ever becomes HTML.
 */
export type Span =
  | { kind: "text"; text: string }
  | { kind: "placeholder"; name: string }
  | { kind: "code"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Span[] };

const pairs = { "*": "bold", _: "italic", "~": "strike" } as const;

// A marker opens only at the start or after a non-word character and closes only before one, as in
// WhatsApp: snake_case_names and 2*3*4 stay as they are.
const token =
  /```([\s\S]+?)```|`([^`\n]+)`|\{\{\s*([\w.]+)\s*\}\}|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}])/gu;

/** The spans of one message text, in order; newlines stay inside text spans. */
export function parseWhatsAppText(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > from) spans.push({ kind: "text", text: text.slice(from, match.index) });
    spans.push(toSpan(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ kind: "text", text: text.slice(from) });
  return spans;
}

function toSpan([, mono, code, placeholder, marker, inner]: RegExpMatchArray): Span {
  if (placeholder !== undefined) return { kind: "placeholder", name: placeholder };
  if (marker !== undefined)
    return { kind: pairs[marker as keyof typeof pairs], children: parseWhatsAppText(inner ?? "") };
  return { kind: "code", text: mono ?? code ?? "" };
}

/** Every placeholder name of a text in order of first use: "Hi {{1}}, {{2}}" gives ["1", "2"]. */
export function placeholdersOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g), (match) => match[1] ?? ""))];
}

/** The text with each known placeholder replaced; unknown ones stay visible. */
export function fillPlaceholders(text: string, values: Record<string, string | undefined>): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] || whole);
}

const address = /(?<![\p{L}\p{N}@.])(?:https?:\/\/|www\.)[^\s<>"']+/giu;

/** A text cut where addresses begin and end; only http and https are links, and no full stop belongs to one. */
export function splitLinks(text: string): { text: string; href?: string }[] {
  const parts: { text: string; href?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const link = match[0].replace(/[.,;:!?)\]}*_~]+$/u, "");
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: link, href: link.toLowerCase().startsWith("www.") ? `https://${link}` : link });
    from = match.index + link.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
