/* Which parts of a text a search found. */

export interface Part {
  text: string;
  found: boolean;
}

/** Cuts a text where words begin as a word of the search does, in any script. */
export function markWords(text: string, q: string): Part[] {
  const words = q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [{ text, found: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join("|")})`, "giu");
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (index > from) parts.push({ text: text.slice(from, index), found: false });
    parts.push({ text: match, found: true });
    from = index + match.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), found: false });
  return parts;
}
