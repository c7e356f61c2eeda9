/* Short times that tick: how old a message is, how long somebody waits, how long one may still answer. */
import { formatDay, type Instant } from "@aerostic/ui/lib/format";
import { useSyncExternalStore } from "react";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "now", "5m", "3h", "2d"; past a week the date. */
export function shortAge(at: Instant, now: number, timeZone?: string): string {
  const age = now - new Date(at).getTime();
  if (age < minute) return "now";
  if (age < hour) return `${Math.floor(age / minute)}m`;
  if (age < day) return `${Math.floor(age / hour)}h`;
  if (age < 7 * day) return `${Math.floor(age / day)}d`;
  return formatDay(at, timeZone);
}

/** What is left until then: "22 h 51 m", "14 m", "40 s"; undefined once it is over. */
export function timeLeft(until: Instant | undefined, now: number): string | undefined {
  const left = until === undefined ? 0 : new Date(until).getTime() - now;
  if (left <= 0) return undefined;
  if (left < minute) return `${Math.ceil(left / 1000)} s`;
  if (left < hour) return `${Math.floor(left / minute)} m`;
  return `${Math.floor(left / hour)} h ${Math.floor((left % hour) / minute)} m`;
}

/** The day an instant belongs to in the zone, as a key that sorts: "2026-11-26". */
export function dayOf(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(at));
}

/** "Today", "Yesterday", or the date. */
export function dayName(at: Instant, now: number, timeZone?: string): string {
  const key = dayOf(at, timeZone);
  if (key === dayOf(now, timeZone)) return "Today";
  if (key === dayOf(now - day, timeZone)) return "Yesterday";
  const sameYear = key.slice(0, 4) === dayOf(now, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat("en-IN", {
    weekday: sameYear ? "long" : undefined,
    day: "numeric",
    month: "long",
    year: sameYear ? undefined : "numeric",
    timeZone,
  }).format(new Date(at));
}

class Clock {
  private now = Date.now();
  private readonly hearers = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly every: number) {}

  readonly hear = (hearer: () => void) => {
    if (this.hearers.size === 0) this.start();
    this.hearers.add(hearer);
    return () => {
      this.hearers.delete(hearer);
      if (this.hearers.size === 0) clearInterval(this.timer);
    };
  };

  readonly read = () => this.now;

  private start() {
    this.now = Date.now();
    this.timer = setInterval(() => {
      this.now = Date.now();
      for (const hearer of this.hearers) hearer();
    }, this.every);
  }
}

const clocks = { slow: new Clock(15_000), fast: new Clock(1_000) };

/** The time now, which renders again as it goes on: every 15 seconds, or every second. */
export function useNow(pace: keyof typeof clocks = "slow"): number {
  return useSyncExternalStore(clocks[pace].hear, clocks[pace].read);
}
