import { useCallback, useEffect, useRef } from "react";
import { putDraft } from "./api/draft";

const rest = 1500;

/** Keeps the draft on the server too, once typing rests, so that it is there on another device. */
export function useDraftSync(id: string): (text: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string>(undefined);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current === undefined) return;
    const text = pending.current;
    pending.current = undefined;
    putDraft(id, text).catch(() => undefined); // this browser has it anyway
  }, [id]);
  useEffect(() => flush, [flush]);
  return useCallback(
    (text) => {
      pending.current = text;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, rest);
    },
    [flush],
  );
}
