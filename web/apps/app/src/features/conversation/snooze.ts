/* When a snoozed conversation comes back: moments people mean, on the workspace's clock. */
import { fromWallClock, toWallClock } from "@/lib/zoned-time";

export interface Moment {
  label: string;
  at: Date;
}

const hour = 3_600_000;
const day = 24 * hour;

/** In an hour, this evening, tomorrow and next Monday morning; what is over already is left out. */
export function snoozeMoments(now: number, timeZone: string): Moment[] {
  const today = toWallClock(new Date(now), timeZone).slice(0, 10);
  const on = (ahead: number, time: string) => {
    const date = new Date(Date.parse(`${today}T00:00Z`) + ahead * day).toISOString().slice(0, 10);
    return fromWallClock(`${date}T${time}`, timeZone) as Date;
  };
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  const monday = (8 - weekday) % 7 || 7;
  return [
    { label: "In an hour", at: new Date(now + hour) },
    { label: "This evening", at: on(0, "18:00") },
    { label: "Tomorrow morning", at: on(1, "09:00") },
    { label: "Next Monday", at: on(monday, "09:00") },
  ].filter(({ at }, index) => index === 0 || at.getTime() > now + hour);
}
