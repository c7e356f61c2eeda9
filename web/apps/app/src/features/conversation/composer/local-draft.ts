/* What one has begun to write, by conversation, in this browser: there at once, and without a line. */
import { onSession } from "@aerostic/api-client";

export interface LocalDraft {
  text: string;
  note: string;
  /** The message it answers. */
  quote?: string;
}

const prefix = "aerostic-draft/";
const empty: LocalDraft = { text: "", note: "" };

export function readDraft(conversation: string): LocalDraft {
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(prefix + conversation) ?? "{}") };
  } catch {
    return empty;
  }
}

export function writeDraft(conversation: string, draft: LocalDraft): void {
  if (draft.text || draft.note) localStorage.setItem(prefix + conversation, JSON.stringify(draft));
  else localStorage.removeItem(prefix + conversation);
}

/** Drafts belong to who wrote them: they go when somebody signs out. */
export function clearDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

onSession((event) => {
  if (event === "signed-out") clearDrafts();
});
