/** The words of sequences: statuses, triggers, waits. */
import type { Tone } from "@aerostic/ui/badge";
import { formatCount } from "@aerostic/ui/lib/format";
import type { Definition, Step, Trigger } from "./api/sequence";
import type { SequenceStatus } from "./api/sequences";

export const statusLooks: Record<SequenceStatus, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "neutral" },
  active: { label: "Active", tone: "success" },
  paused: { label: "Paused", tone: "warning" },
  archived: { label: "Archived", tone: "neutral" },
};

export const stateLooks = {
  waiting: { label: "Inside", tone: "primary" },
  finished: { label: "Finished", tone: "success" },
  exited: { label: "Left", tone: "neutral" },
} satisfies Record<string, { label: string; tone: Tone }>;

/** "Event order.paid": what brings people in. */
export function triggerText(trigger: Trigger, stages: ReadonlyMap<string, string>): string {
  switch (trigger.kind) {
    case "event":
      return trigger.event ? `Event ${trigger.event}` : "An event";
    case "stage":
      return trigger.stageId ? `Stage ${stages.get(trigger.stageId) ?? "that is gone"}` : "A stage";
    default:
      return "People you let in";
  }
}

export const entryTexts: Record<Definition["entry"], string> = {
  every: "Every time",
  alone: "Not while they are in it",
  once: "Once ever",
};

/** "After 2 days, at 10:00": when a step comes. */
export function waitText({ wait, at }: Pick<Step, "wait" | "at">, first: boolean): string {
  const { amount, unit } = wait;
  const soon = first ? "At once" : "Right after the step before";
  const when = amount === 0 ? soon : `After ${formatCount(amount, unit.slice(0, -1), unit)}`;
  return at ? `${when}, then at ${at}` : when;
}

/** An event as a program would tell it, to copy. */
export function exampleRequest(origin: string, event: string, values: string[]): string {
  const body = {
    eventId: "order-1042",
    name: event || "order.paid",
    contact: { phone: "+919845012345" },
    create: { name: "Asha Rao", consentSource: "checkout" },
    ...(values.length > 0 ? { values: Object.fromEntries(values.map((name) => [name, "…"])) } : {}),
  };
  return `curl -X POST ${origin}/api/events \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body, null, 2)}'`;
}

/** The names of the event's values that steps say, each once. */
export function eventValues(steps: Step[]): string[] {
  return [...new Set(steps.flatMap(({ mapping }) => mapping.flatMap(({ event }) => (event ? [event] : []))))];
}

/** A step that says nothing yet, a day after the one before it. */
export function newStep(first: boolean): Step {
  return {
    id: crypto.randomUUID(),
    wait: { amount: first ? 0 : 1, unit: first ? "minutes" : "days" },
    mapping: [],
    byLanguage: false,
  };
}

/** What a new sequence or triggered campaign begins with. */
export function firstDefinition(triggered: boolean): Definition {
  return {
    trigger: { kind: triggered ? "event" : "people" },
    entry: triggered ? "every" : "alone",
    steps: [newStep(true)],
    exits: { reply: !triggered, goals: [] },
  };
}
