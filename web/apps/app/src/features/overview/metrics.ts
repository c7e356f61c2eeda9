/* What the daily counts say about a period and the one before it. */
import type { Day } from "./api/daily";

type Count = Exclude<keyof Day, "day">;

export function sum(days: Day[], ...counts: Count[]): number {
  return days.reduce((total, day) => counts.reduce((all, count) => all + day[count], total), 0);
}

/** The last `length` days, and as many before them. */
export function periods(days: Day[], length: number): { current: Day[]; previous: Day[] } {
  return { current: days.slice(-length), previous: days.slice(-2 * length, -length) };
}

export interface Change {
  /** 0.124 is 12.4 % more. */
  share: number;
  direction: "up" | "down";
}

/** How much more or less it is; undefined where there was nothing to compare with, or no change. */
export function changeOf(now: number, before: number): Change | undefined {
  if (before <= 0 || now === before) return undefined;
  const share = (now - before) / before;
  return { share: Math.abs(share), direction: share > 0 ? "up" : "down" };
}

/** Read of delivered, 0 to 1; undefined when nothing was delivered. */
export function readRate(days: Day[]): number | undefined {
  const delivered = sum(days, "delivered");
  // A read may be counted on a later day than its delivery.
  return delivered > 0 ? Math.min(1, sum(days, "read") / delivered) : undefined;
}

/** Taken by WhatsApp → sent → delivered → read, never growing from stage to stage. */
export function periodFunnel(days: Day[]): { label: string; value: number }[] {
  let most = Number.POSITIVE_INFINITY;
  return (["accepted", "sent", "delivered", "read"] as const).map((count) => {
    most = Math.min(most, sum(days, count));
    return {
      label: { accepted: "Accepted", sent: "Sent", delivered: "Delivered", read: "Read" }[count],
      value: most,
    };
  });
}

/** Whether anything at all happened. */
export function quiet(days: Day[]): boolean {
  return sum(days, "queued", "accepted", "delivered", "failed", "inbound") === 0;
}
