import { describe, expect, it } from "vitest";
import type { Plan } from "./api/timing";
import { planReasons, planText } from "./plan-text";

const plan: Plan = {
  people: 12000,
  startsAt: "2026-11-30T08:33:00Z",
  doneAt: "2026-12-01T08:35:00Z",
  days: [
    { day: "2026-11-30", people: 10000, from: "2026-11-30T08:33:00Z", to: "2026-11-30T08:35:00Z" },
    { day: "2026-12-01", people: 2000, from: "2026-12-01T08:33:00Z", to: "2026-12-01T08:35:00Z" },
  ],
  perSecond: 80,
  limit: 10000,
  used: 0,
  others: 0,
  numbers: 2,
  quiet: false,
  exact: true,
};
const at = () => "Tue 14:05";

describe("a plan in words", () => {
  it("says how many, how long and until when", () => {
    expect(planText(plan, at)).toBe("12,000 people over 2 days, done Tue 14:05");
    expect(planText({ ...plan, people: 1, days: plan.days?.slice(1) ?? [] }, at)).toBe(
      "1 person, done Tue 14:05",
    );
    expect(planText({ ...plan, doneAt: undefined }, at)).toBe("12,000 people: not done within half a year");
    expect(planText({ ...plan, people: 0 }, at)).toBe("Nobody to write to");
  });

  it("says what holds it up", () => {
    expect(planReasons(plan)).toEqual([
      "The portfolio may write to 10,000 people in any 24 hours, shared by 2 numbers; nobody so far",
      "The number sends up to 80 a second",
    ]);
    expect(planReasons({ ...plan, limit: undefined, others: 7, quiet: true })).toEqual([
      "Other campaigns on this number still write to 7 people",
      "Nothing is sent in quiet hours",
      "The number sends up to 80 a second",
    ]);
  });
});
