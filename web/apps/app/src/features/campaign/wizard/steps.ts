/*
 * The steps of a campaign in the making, and how far a draft has come: one may go back to any step
 * and forward to the first that still lacks something.
 */
import type { Slot } from "@/features/template/api/template";
import type { Campaign } from "../api/campaigns";
import { missing } from "../mapping";

export const steps = [
  { id: "basics", title: "Name and number" },
  { id: "template", title: "Template" },
  { id: "audience", title: "Audience" },
  { id: "content", title: "Personalise" },
  { id: "test", title: "Test" },
  { id: "review", title: "Review" },
] as const;

export type StepId = (typeof steps)[number]["id"];

export function isStep(text: string): text is StepId {
  return steps.some(({ id }) => id === text);
}

export type DraftContent = Pick<
  Campaign,
  | "name"
  | "channelId"
  | "templateId"
  | "byLanguage"
  | "audience"
  | "mapping"
  | "budgetCap"
  | "experiment"
  | "holdOut"
  | "windowDays"
  | "retryDays"
  | "route"
>;

/** Whether anything lets anybody in. */
export function hasAudience({ all, tags, segments, filter }: DraftContent["audience"]): boolean {
  return Boolean(all || tags?.length || segments?.length || filter);
}

/** What keeps a step from being done, as a sentence; undefined when it is. */
export function lacking(step: StepId, draft: DraftContent, slots: Slot[] | undefined): string | undefined {
  switch (step) {
    case "basics":
      if (!draft.name.trim()) return "Give the campaign a name.";
      return draft.channelId ? undefined : "Choose the number to send from.";
    case "template":
      return draft.templateId ? undefined : "Choose a template.";
    case "audience":
      return hasAudience(draft.audience) ? undefined : "Choose who gets it.";
    case "content":
      return slots && missing(draft.mapping, slots).length === 0
        ? undefined
        : "Say what goes into every placeholder.";
    case "test":
      return draft.experiment?.others.every(({ templateId }) => templateId) === false
        ? "Choose a template for every version."
        : undefined;
    case "review":
      return undefined;
  }
}

/** The wanted step, or the first before it that still lacks something. */
export function reachable(wanted: StepId, draft: DraftContent, slots: Slot[] | undefined): StepId {
  for (const { id } of steps) {
    // Whether the content is done is known once the template has been read.
    const unknown = id === "content" && slots === undefined;
    if (id === wanted || (!unknown && lacking(id, draft, slots))) return id;
  }
  return wanted;
}

export function neighbour(step: StepId, by: 1 | -1): StepId | undefined {
  return steps[steps.findIndex(({ id }) => id === step) + by]?.id;
}
