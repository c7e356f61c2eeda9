/*
 * When a draft is to go out, as a form holds it, and as the server takes it.
 */
import { fromWallClock, toWallClock } from "@/lib/zoned-time";
import type { Repeat, Schedule } from "../api/timing";

export const frequencies = [
  { value: "DAILY", label: "Day", many: "days" },
  { value: "WEEKLY", label: "Week", many: "weeks" },
  { value: "MONTHLY", label: "Month", many: "months" },
  { value: "YEARLY", label: "Year", many: "years" },
] as const;

export const weekdays = [
  { id: "MO", short: "Mon", long: "Monday" },
  { id: "TU", short: "Tue", long: "Tuesday" },
  { id: "WE", short: "Wed", long: "Wednesday" },
  { id: "TH", short: "Thu", long: "Thursday" },
  { id: "FR", short: "Fri", long: "Friday" },
  { id: "SA", short: "Sat", long: "Saturday" },
  { id: "SU", short: "Sun", long: "Sunday" },
] as const;

/** Of a month: the day's number, its place among the weekdays, or the last day. */
export type MonthDay = "date" | "weekday" | "last";

export interface RepeatForm {
  frequency: (typeof frequencies)[number]["value"];
  interval: string;
  days: string[];
  monthDay: MonthDay;
  startsOn: string;
  until: string;
  time: string;
  local: boolean;
  holidays: Repeat["holidays"];
  lateHours: string;
}

export interface StartPlan {
  when: "now" | "later" | "local" | "repeat";
  /** A wall-clock time, of the workspace's clock or of everybody's own. */
  at: string;
  repeat: RepeatForm;
}

/** What the form begins with: tomorrow at ten. */
export function firstPlan(timezone: string, now = new Date()): StartPlan {
  const tomorrow = toWallClock(new Date(now.getTime() + 86_400_000), timezone).slice(0, 10);
  return {
    when: "now",
    at: `${tomorrow}T10:00`,
    repeat: {
      frequency: "WEEKLY",
      interval: "1",
      days: [weekdayOf(tomorrow)],
      monthDay: "date",
      startsOn: tomorrow,
      until: "",
      time: "10:00",
      local: false,
      holidays: "skip",
      lateHours: "6",
    },
  };
}

/** "MO" of a date. */
export function weekdayOf(date: string): string {
  const day = new Date(`${date}T00:00Z`).getUTCDay();
  return weekdays[(day + 6) % 7]?.id ?? "MO";
}

/** Which of its kind a date is in its month: the 2nd Tuesday; the fifth counts as the last. */
function placeOf(date: string): number {
  const place = Math.ceil(Number(date.slice(8, 10)) / 7);
  return place > 4 ? -1 : place;
}

/** The rule of RFC 5545 that the form says. */
export function ruleOf(form: RepeatForm): string {
  const parts = [`FREQ=${form.frequency}`];
  if (Number(form.interval) > 1) parts.push(`INTERVAL=${Number(form.interval)}`);
  if (form.frequency === "WEEKLY" && form.days.length > 0) {
    parts.push(`BYDAY=${weekdays.filter(({ id }) => form.days.includes(id)).map(({ id }) => id)}`);
  }
  if (form.frequency === "MONTHLY" && form.monthDay === "weekday") {
    parts.push(`BYDAY=${placeOf(form.startsOn)}${weekdayOf(form.startsOn)}`);
  }
  if (form.frequency === "MONTHLY" && form.monthDay === "last") parts.push("BYMONTHDAY=-1");
  if (form.until) parts.push(`UNTIL=${form.until.replaceAll("-", "")}`);
  return parts.join(";");
}

export function repeatOf(form: RepeatForm): Repeat {
  return {
    rule: ruleOf(form),
    startsOn: form.startsOn,
    time: form.time,
    local: form.local,
    holidays: form.holidays,
    lateHours: Number(form.lateHours),
  };
}

/** What the server takes; undefined while the form says nothing that could be. */
export function scheduleOf(
  { when, at, repeat }: StartPlan,
  timezone: string,
  now = Date.now(),
): Schedule | undefined {
  switch (when) {
    case "now":
      return {};
    case "later": {
      const instant = fromWallClock(at, timezone);
      return instant && instant.getTime() > now ? { at: instant.toISOString() } : undefined;
    }
    case "local":
      return localProblem(at, now) ? undefined : { localAt: at };
    case "repeat":
      return repeatProblem(repeat) ? undefined : { repeat: repeatOf(repeat) };
  }
}

/** Why a time of everybody's own clock cannot be; the last clocks are twelve hours behind UTC. */
export function localProblem(at: string, now = Date.now()): string | undefined {
  const shown = Date.parse(`${at}Z`);
  if (Number.isNaN(shown)) return "Choose a date and a time.";
  return shown + 12 * 3_600_000 <= now ? "That time has passed everywhere." : undefined;
}

export function repeatProblem(form: RepeatForm): string | undefined {
  if (!/^\d{1,2}$/.test(form.interval) || Number(form.interval) < 1) return "Repeat every 1 to 99.";
  if (!form.startsOn) return "Choose the first day.";
  if (!form.time) return "Choose a time.";
  if (form.frequency === "WEEKLY" && form.days.length === 0) return "Choose at least one day of the week.";
  return undefined;
}
