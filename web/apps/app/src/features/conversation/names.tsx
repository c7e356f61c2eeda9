import { createContext, useContext, useMemo } from "react";
import type { By, Label, Named } from "./model";

/** What the ids of a workspace are called. */
export interface Names {
  me: string;
  /** Oneself first. */
  members: Named[];
  teams: Named[];
  labels: Label[];
  reasons: Named[];
}

const none: Names = { me: "", members: [], teams: [], labels: [], reasons: [] };

export const NamesContext = createContext<Names>(none);

export function useNames(): Names & Lookup {
  const names = useContext(NamesContext);
  return useMemo(() => ({ ...names, ...lookup(names) }), [names]);
}

export interface Lookup {
  member: (id?: string | null) => string | undefined;
  team: (id?: string | null) => string | undefined;
  label: (id: string) => Label | undefined;
  reason: (id?: string | null) => string | undefined;
  /** Who did it, as one says it: a member's name, else what was kept of them. */
  who: (by?: By) => string;
}

export function lookup({ members, teams, labels, reasons }: Names): Lookup {
  const nameIn = (list: Named[]) => {
    const known = new Map(list.map(({ id, name }) => [id, name]));
    return (id?: string | null) => (id ? known.get(id) : undefined);
  };
  const known = new Map(labels.map((label) => [label.id, label]));
  const member = nameIn(members);
  return {
    member,
    team: nameIn(teams),
    label: (id) => known.get(id),
    reason: nameIn(reasons),
    who: (by) => member(by?.id) ?? by?.name ?? (by?.kind === "apikey" ? "The API" : ""),
  };
}
