import { useCallback, useEffect, useRef, useState } from "react";
import { type SequenceChange, useEditSequence } from "../api/edit";
import type { Definition, Sequence } from "../api/sequence";

const rest = 500;

export type SaveState = "saved" | "waiting" | "saving" | "failed";

/**
 * What is published next, saved as one goes: changes show at once and are sent when they rest, one call
 * after the other. What could not be saved goes along with the next try.
 */
export function useDraft({ id, name: firstName, draft }: Sequence) {
  const [name, setName] = useState(firstName);
  const [definition, setDefinition] = useState<Definition>(draft);
  const [state, setState] = useState<SaveState>("saved");
  const pending = useRef<SequenceChange>({});
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { mutateAsync, error } = useEditSequence();

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    const next = line.current.then(async () => {
      const body = pending.current;
      if (Object.keys(body).length === 0) return true;
      pending.current = {};
      setState("saving");
      try {
        await mutateAsync({ params: { path: { id } }, body });
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
  }, [id, mutateAsync]);

  const soon = useCallback(
    (part: SequenceChange) => {
      Object.assign(pending.current, part);
      setState("waiting");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), rest);
    },
    [flush],
  );
  const rename = (next: string) => {
    setName(next);
    if (next.trim()) soon({ name: next });
  };
  const change = (part: Partial<Definition>) => {
    const next = { ...definition, ...part };
    setDefinition(next);
    soon({ definition: next });
  };

  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    if (state === "saved") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);

  return { name, definition, rename, change, flush, state, error };
}
