import type { Calendar, Span } from "./api/calendars";

export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A calendar as a form holds it. */
export type CalendarDraft = Pick<Calendar, "name" | "zone" | "week" | "holidays" | "days" | "away" | "uses">;

/** A shop's week, to begin with. */
export function newCalendar(): CalendarDraft {
  const day = () => [{ from: "10:00", to: "19:00" }];
  return {
    name: "",
    zone: "",
    week: [day(), day(), day(), day(), day(), day(), []],
    holidays: true,
    days: [],
    away: {
      on: false,
      texts: [
        { language: "en", text: "Hello {{name}}, thank you for writing. We are back {{opens}}." },
        { language: "hi", text: "नमस्ते {{name}}, लिखने के लिए धन्यवाद। हम {{opens}} मिलेंगे।" },
      ],
    },
    uses: [{ kind: "workspace" }],
  };
}

/** The part of a calendar that people change. */
export function draftOf({ name, zone, week, holidays, days, away, uses }: Calendar): CalendarDraft {
  return structuredClone({ name, zone, week, holidays, days, away, uses });
}

/** "Mon–Sat 10:00–13:00, 14:00–19:00 · Sun closed": days that are alike stand together. */
export function weekText(week: Span[][]): string {
  const texts = week.map((spans) => spans.map(({ from, to }) => `${from}–${to}`).join(", ") || "closed");
  const parts: string[] = [];
  for (let first = 0; first < 7; ) {
    let last = first;
    while (last < 6 && texts[last + 1] === texts[first]) last++;
    const short = (day: number) => weekdays[day]?.slice(0, 3);
    parts.push(`${last > first ? `${short(first)}–${short(last)}` : short(first)} ${texts[first]}`);
    first = last + 1;
  }
  return parts.join(" · ");
}

/** A period to add after those there are: an hour after the last. */
export function nextSpan(spans: Span[]): Span {
  const last = spans.at(-1);
  if (!last) return { from: "10:00", to: "19:00" };
  const hour = Number(last.to.slice(0, 2));
  const clock = (at: number) => `${String(Math.min(23, at)).padStart(2, "0")}:00`;
  return { from: clock(hour + 1), to: clock(hour + 3) };
}
