/*
 * A campaign's test: versions A, B, … on people drawn at random. Version A is the campaign's own
 * template and mapping; the server draws and decides.
 */
import type { Campaign } from "./api/campaigns";

export type Experiment = NonNullable<Campaign["experiment"]>;
export type Variant = Experiment["others"][number];
export type WinnerRule = NonNullable<Experiment["winner"]>;

export const mostVariants = 6;

export type Metric = WinnerRule["metric"];

/** What versions are judged by, in words: a heading, and how a rate is usual. */
export const metrics: Record<Metric, { label: string; usually: string }> = {
  read: { label: "Reads", usually: "who usually read" },
  replied: { label: "Replies", usually: "who usually reply" },
  clicked: { label: "Clicks", usually: "who usually click" },
  converted: { label: "Conversions", usually: "who usually convert" },
};

/** The letter of a version counted from 1. */
export function variantName(variant: number): string {
  return String.fromCharCode(64 + variant);
}

/** Whether the rest of the audience still waits for a winner. */
export function waitsForWinner({ experiment, winner, counts, status }: Campaign): boolean {
  return (
    experiment?.winner !== undefined &&
    winner === 0 &&
    counts.resting > 0 &&
    (status === "running" || status === "paused")
  );
}

/** Each version's share of the test, in whole percent that sum to 100. */
export function shares(experiment: Experiment): number[] {
  const weights = [experiment.weight, ...experiment.others.map(({ weight }) => weight)];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight * 100) / total);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  const order = exact
    .map((share, i) => ({ i, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

/** With one more version, all of the same weight. */
export function withVariant(
  experiment: Experiment | undefined,
  variant: Omit<Variant, "weight">,
): Experiment {
  const others = [...(experiment?.others ?? []), { ...variant, weight: 1 }];
  return { ...experiment, weight: 1, others: others.map((other) => ({ ...other, weight: 1 })) };
}

/** Without one of the others; none left is no test. */
export function withoutVariant(experiment: Experiment, index: number): Experiment {
  return { ...experiment, others: experiment.others.filter((_, i) => i !== index) };
}
