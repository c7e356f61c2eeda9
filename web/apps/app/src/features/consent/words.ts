import type { Language } from "./api/settings";

/** Words as typed, separated by commas or lines. */
export function readWords(text: string): string[] {
  return text
    .split(/[,،、\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Words as shown for typing. */
export function showWords(words: string[]): string {
  return words.join(", ");
}

/** A language's words with one of the two lists replaced. */
export function replaceWords(languages: Language[], at: number, change: Partial<Language>): Language[] {
  return languages.map((language, i) => (i === at ? { ...language, ...change } : language));
}
