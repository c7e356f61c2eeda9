import type { Rule, RuleDraft } from "./api/desk";

/** How a rule chooses a person, in the order in which they are offered. */
export const ways = {
  last_handler: "Whoever had the conversation before",
  contact_owner: "Whoever looks after the contact",
  round_robin: "Whose turn it is",
  least_busy: "Whoever is least busy",
} as const;

export const ruleHours = {
  any: "At any time",
  open: "Within business hours",
  closed: "Outside business hours",
} as const;

export const newRule = (): RuleDraft => ({
  name: "",
  enabled: true,
  hours: "any",
  ways: ["round_robin"],
  queue: true,
});

/** A rule as its form edits it. */
export const draftOf = ({ id: _, ...rule }: Rule): RuleDraft => rule as RuleDraft;

/** What a rule does, in a sentence. */
export function ruleText({ hours, ways: chosen, queue, reassignMinutes }: Rule, team?: string): string {
  const who = (chosen ?? []).map((way) => ways[way as keyof typeof ways].toLowerCase()).join(", else ");
  const sentence = [
    hours !== "any" && ruleHours[hours as keyof typeof ruleHours],
    team ? `${team}: ${who || "left to the team"}` : who || "Nobody is chosen",
    queue && "waits when nobody is free",
    reassignMinutes && `handed on after ${reassignMinutes} min`,
  ]
    .filter(Boolean)
    .join(" · ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
