import { useCallback, useState } from "react";
import { useAutosave } from "@/lib/use-autosave";
import { type SequenceChange, useEditSequence } from "../api/edit";
import type { Definition, Sequence } from "../api/sequence";

/** What is published next, saved as one goes: changes show at once. */
export function useDraft({ id, name: firstName, draft }: Sequence) {
  const [name, setName] = useState(firstName);
  const [definition, setDefinition] = useState<Definition>(draft);
  const { mutateAsync, error } = useEditSequence();
  const send = useCallback(
    (body: SequenceChange) => mutateAsync({ params: { path: { id } }, body }),
    [id, mutateAsync],
  );
  const { soon, flush, state } = useAutosave(send);
  const rename = (next: string) => {
    setName(next);
    if (next.trim()) soon({ name: next });
  };
  const change = (part: Partial<Definition>) => {
    const next = { ...definition, ...part };
    setDefinition(next);
    soon({ definition: next });
  };
  return { name, definition, rename, change, flush, state, error };
}
