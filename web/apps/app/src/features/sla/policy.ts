import type { Level, Policy } from "./api/policies";

/** A policy as a form holds it. */
export type PolicyDraft = Omit<Policy, "id" | "createdAt" | "updatedAt">;

export function newPolicy(): PolicyDraft {
  return {
    name: "",
    active: true,
    channels: [],
    teams: [],
    labels: [],
    firstMinutes: 30,
    nextMinutes: 60,
    resolutionMinutes: 480,
    pausePending: true,
    pauseSnoozed: true,
    levels: [],
  };
}

export function draftOf({ id: _, createdAt: __, updatedAt: ___, ...policy }: Policy): PolicyDraft {
  return structuredClone(policy);
}

/** A level after those there are. */
export function nextLevel(levels: Level[]): Level {
  return { afterMinutes: (levels.at(-1)?.afterMinutes ?? -30) + 30, notify: [], raise: levels.length > 0 };
}

/** "2 h 30 min" of minutes. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** "First response 30 min · resolution 8 h". */
export function promiseText(
  policy: Pick<Policy, "firstMinutes" | "nextMinutes" | "resolutionMinutes">,
): string {
  const parts = [
    policy.firstMinutes && `First response ${minutesText(policy.firstMinutes)}`,
    policy.nextMinutes && `next ${minutesText(policy.nextMinutes)}`,
    policy.resolutionMinutes && `resolution ${minutesText(policy.resolutionMinutes)}`,
  ].filter(Boolean);
  return parts.join(" · ");
}
