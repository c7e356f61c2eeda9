import type { Step } from "./api/macros";

export type Kind = Step["kind"];

/** What a macro can do, as people call it. */
export const kinds: Record<Kind, string> = {
  canned: "Send a canned reply",
  text: "Send a text",
  template: "Send a template",
  assign: "Assign",
  team: "Give to a team",
  label: "Put labels on",
  unlabel: "Take labels off",
  note: "Write a note",
  open: "Open",
  pending: "Mark as pending",
  snooze: "Snooze",
  resolve: "Resolve",
};

/** A step as it is when its kind has just been chosen. */
export function newStep(kind: Kind): Step {
  if (kind === "assign") return { kind, to: "me" };
  if (kind === "snooze") return { kind, minutes: 24 * 60 };
  if (kind === "label" || kind === "unlabel") return { kind, labels: [] };
  return { kind };
}

/** What a macro does, in its order. */
export const stepsText = (steps: readonly Step[]): string =>
  steps.map(({ kind }) => kinds[kind].toLowerCase()).join(" → ");

export const snoozes = [
  { value: "60", label: "An hour" },
  { value: "240", label: "4 hours" },
  { value: "1440", label: "A day" },
  { value: "4320", label: "3 days" },
  { value: "10080", label: "A week" },
];
