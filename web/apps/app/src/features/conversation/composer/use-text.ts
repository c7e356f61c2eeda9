import { useEffect, useRef, useState } from "react";
import { readDraft, writeDraft } from "./local-draft";

export type Mode = "reply" | "note";

/** What one writes, kept per conversation; replies and notes are kept apart. `kept` is what the server has. */
export function useText(conversation: string, kept: string | undefined, onDraft?: (text: string) => void) {
  const [draft, setDraft] = useState(() => readDraft(conversation));
  const [mode, setMode] = useState<Mode>("reply");
  const text = mode === "note" ? draft.note : draft.text;
  useEffect(() => writeDraft(conversation, draft), [conversation, draft]);
  const touched = useRef(draft.text !== "");
  // Begun on another device: it comes with the conversation, a moment after the composer.
  useEffect(() => {
    if (!kept || touched.current) return;
    touched.current = true;
    setDraft((old) => ({ ...old, text: kept }));
  }, [kept]);
  const setText = (next: string) => {
    if (mode === "reply") touched.current = true;
    setDraft((old) => (mode === "note" ? { ...old, note: next } : { ...old, text: next }));
    if (mode === "reply") onDraft?.(next);
  };
  return { text, mode, setText, setMode, clear: () => setText("") };
}

export type Words = ReturnType<typeof useText>;
