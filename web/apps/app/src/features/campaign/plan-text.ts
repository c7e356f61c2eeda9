/* A plan in a sentence: "12,000 people over 2 days, done Tue 14:05". */
import { formatCount } from "@aerostic/ui/lib/format";
import type { Plan } from "./api/timing";

export function planText(plan: Plan, dateTime: (at: string) => string): string {
  const people = formatCount(plan.people, "person", "people");
  const days = plan.days?.length ?? 0;
  if (plan.people === 0) return "Nobody to write to";
  if (!plan.doneAt) return `${people}: not done within half a year`;
  return `${people}${days > 1 ? ` over ${days} days` : ""}, done ${dateTime(plan.doneAt)}`;
}

/** What makes it take that long, each as a short sentence. */
export function planReasons(plan: Plan): string[] {
  const reasons: string[] = [];
  if (plan.limit !== undefined) {
    const shared = plan.numbers > 1 ? `, shared by ${plan.numbers} numbers` : "";
    reasons.push(
      `The portfolio may write to ${formatCount(plan.limit, "person", "people")} in any 24 hours${shared}; ` +
        `${plan.used > 0 ? formatCount(plan.used, "person", "people") : "nobody"} so far`,
    );
  }
  if (plan.others > 0) {
    reasons.push(
      `Other campaigns on this number still write to ${formatCount(plan.others, "person", "people")}`,
    );
  }
  if (plan.quiet) reasons.push("Nothing is sent in quiet hours");
  reasons.push(`The number sends up to ${plan.perSecond} a second`);
  return reasons;
}
