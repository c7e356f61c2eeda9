import { useEffect, useState } from "react";
import { readDraft, writeDraft } from "./local-draft";

export type Mode = "reply" | "note";

/** What one writes, kept per conversation; replies and notes are kept apart. */
export function useText(conversation: string, onDraft?: (text: string) => void) {
  const [draft, setDraft] = useState(() => readDraft(conversation));
  const [mode, setMode] = useState<Mode>("reply");
  const text = mode === "note" ? draft.note : draft.text;
  useEffect(() => writeDraft(conversation, draft), [conversation, draft]);
  const setText = (next: string) => {
    setDraft((old) => (mode === "note" ? { ...old, note: next } : { ...old, text: next }));
    if (mode === "reply") onDraft?.(next);
  };
  return { text, mode, setText, setMode, clear: () => setText("") };
}

export type Words = ReturnType<typeof useText>;
