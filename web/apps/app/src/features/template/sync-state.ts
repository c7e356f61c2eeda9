import type { components } from "@aerostic/api-client";

type Sync = components["schemas"]["TemplateSyncView"];

/** The synchronisations of all accounts as one. */
export interface SyncState {
  running: boolean;
  /** Templates read, of all accounts. */
  seen: number;
  /** When the last account finished. */
  finishedAt?: string;
  errors: string[];
}

export function syncState(syncs: Sync[] = []): SyncState {
  const ends = syncs.flatMap(({ finishedAt }) => finishedAt ?? []).sort();
  return {
    running: syncs.some(({ finishedAt }) => !finishedAt),
    seen: syncs.reduce((sum, { seen }) => sum + seen, 0),
    finishedAt: ends.at(-1),
    errors: syncs.flatMap(({ error }) => error || []),
  };
}
