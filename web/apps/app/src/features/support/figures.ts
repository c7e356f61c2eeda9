import { formatPercent } from "@aerostic/ui/lib/format";
import type { SupportRow } from "./api/report";

/** "4 min", "2 h 5 min", "1 d 3 h" of seconds; a dash for none. */
export function lengthText(seconds: number, n = 1): string {
  if (n === 0) return "–";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The same in one unit, for an axis: "40 s", "17 min", "1.1 h", "2.5 d". */
export function axisLengthText(seconds: number): string {
  const [size, unit] =
    [[86_400, "d"] as const, [3600, "h"] as const, [60, "min"] as const].find(
      ([least]) => seconds >= least,
    ) ?? ([1, "s"] as const);
  return `${Number((seconds / size).toFixed(size < 3600 ? 0 : 1))} ${unit}`;
}

/** The share of ratings that are 4 or 5; a dash without ratings. */
export function satisfiedText({ ratings, satisfied }: Pick<SupportRow, "ratings" | "satisfied">): string {
  return formatPercent(satisfied, ratings, 0);
}

/** The mean of the ratings, "4.3"; a dash without. */
export function meanText({ ratings, ratingSum }: Pick<SupportRow, "ratings" | "ratingSum">): string {
  return ratings === 0 ? "–" : (ratingSum / ratings).toFixed(1);
}

/** The share of promises that were kept; a dash without promises. */
export function keptText({ slaKept, slaMissed }: Pick<SupportRow, "slaKept" | "slaMissed">): string {
  return formatPercent(slaKept, slaKept + slaMissed, 0);
}

/** The last so many days of a zone, as the server takes them. */
export function lastDays(days: number, zone: string | undefined, now: Date): { from: string; to: string } {
  const to = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
  const first = new Date(`${to}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - days + 1);
  return { from: first.toISOString().slice(0, 10), to };
}
