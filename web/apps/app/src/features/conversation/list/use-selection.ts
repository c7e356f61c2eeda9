import { useCallback, useMemo, useRef, useState } from "react";
import type { ConversationRow } from "../model";

const none: ReadonlySet<string> = new Set();

/** Conversations chosen for a bulk action; Shift chooses all between. What left the list is not chosen any more. */
export function useSelection(rows: ConversationRow[]) {
  const [chosen, setChosen] = useState(none);
  const last = useRef<string>(undefined);
  const latest = useRef(rows);
  latest.current = rows;
  const ids = useMemo(
    () => (chosen.size === 0 ? none : new Set(rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id))),
    [rows, chosen],
  );
  const toggle = useCallback((id: string, range: boolean) => {
    const from = range ? last.current : undefined;
    last.current = id;
    setChosen((old) => {
      const next = new Set(old);
      if (from) for (const between of rangeOf(latest.current, from, id)) next.add(between);
      else if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setChosen(none), []);
  const all = useCallback(() => setChosen(new Set(latest.current.map(({ id }) => id))), []);
  return { ids, toggle, clear, all };
}

/** The ids from one to another, whichever comes first. */
export function rangeOf(rows: { id: string }[], from: string, to: string): string[] {
  const [a, b] = [rows.findIndex(({ id }) => id === from), rows.findIndex(({ id }) => id === to)];
  if (a < 0 || b < 0) return [to];
  return rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
}
