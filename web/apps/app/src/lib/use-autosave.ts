import { useCallback, useEffect, useRef, useState } from "react";

const rest = 500;

export type SaveState = "saved" | "waiting" | "saving" | "failed";

/**
 * Saves as one goes: changes are sent when they rest, one call after the other. What could not be saved
 * goes along with the next try. `send` must stay the same between renders.
 */
export function useAutosave<Change extends object>(send: (body: Change) => Promise<unknown>) {
  const [state, setState] = useState<SaveState>("saved");
  const pending = useRef<Partial<Change>>({});
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    const next = line.current.then(async () => {
      const body = pending.current;
      if (Object.keys(body).length === 0) return true;
      pending.current = {};
      setState("saving");
      try {
        await send(body as Change);
        setState(Object.keys(pending.current).length > 0 ? "waiting" : "saved");
        return true;
      } catch {
        pending.current = { ...body, ...pending.current };
        setState("failed");
        return false;
      }
    });
    line.current = next;
    return next;
  }, [send]);

  const soon = useCallback(
    (part: Partial<Change>) => {
      Object.assign(pending.current, part);
      if (Object.keys(pending.current).length === 0) return;
      setState("waiting");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), rest);
    },
    [flush],
  );

  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    if (state === "saved") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);

  return { soon, flush, state };
}
