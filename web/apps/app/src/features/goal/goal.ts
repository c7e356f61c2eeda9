/* Goals in words. */
import type { Goal } from "./api/goals";

/** The key a name suggests: "First order!" is first_order. Without Latin letters it is empty. */
export function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[0-9_]+|_+$/g, "")
    .slice(0, 40);
}

/** Ten-thousandths as one types them; nothing for zero. */
export function valueText(value: number | undefined): string {
  return value ? (value / 10_000).toFixed(2) : "";
}

/** How a campaign earns a conversion of this goal. */
export function ruleText({ touch, windowDays }: Goal): string {
  const days = windowDays === 1 ? "1 day" : `${windowDays} days`;
  return touch === "clicked"
    ? `Last campaign clicked, within ${days}`
    : `Last campaign delivered, within ${days}`;
}
