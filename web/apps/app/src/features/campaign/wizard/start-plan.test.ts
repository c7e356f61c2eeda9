import { describe, expect, it } from "vitest";
import { firstPlan, localProblem, repeatProblem, ruleOf, scheduleOf } from "./start-plan";

const now = new Date("2026-11-28T20:00:00Z"); // Sunday already in Kolkata
const plan = firstPlan("Asia/Kolkata", now);
const { repeat } = plan;

describe("the plan of a start", () => {
  it("begins with tomorrow at ten, on the workspace's calendar", () => {
    expect(plan.at).toBe("2026-11-30T10:00");
    expect(repeat.days).toEqual(["MO"]);
  });

  it("becomes what the server takes", () => {
    expect(scheduleOf(plan, "Asia/Kolkata", now.getTime())).toEqual({});
    expect(scheduleOf({ ...plan, when: "later" }, "Asia/Kolkata", now.getTime())).toEqual({
      at: "2026-11-30T04:30:00.000Z",
    });
    expect(
      scheduleOf({ ...plan, when: "later", at: "2026-11-01T10:00" }, "Asia/Kolkata", now.getTime()),
    ).toBe(undefined);
    expect(scheduleOf({ ...plan, when: "local" }, "Asia/Kolkata", now.getTime())).toEqual({
      localAt: "2026-11-30T10:00",
    });
    expect(scheduleOf({ ...plan, when: "repeat" }, "Asia/Kolkata")).toEqual({
      repeat: {
        rule: "FREQ=WEEKLY;BYDAY=MO",
        startsOn: "2026-11-30",
        time: "10:00",
        local: false,
        holidays: "skip",
        lateHours: 6,
      },
    });
  });

  it("writes rules", () => {
    expect(ruleOf({ ...repeat, days: ["TH", "MO"], interval: "2", until: "2027-01-31" })).toBe(
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270131",
    );
    expect(ruleOf({ ...repeat, frequency: "DAILY" })).toBe("FREQ=DAILY");
    expect(ruleOf({ ...repeat, frequency: "MONTHLY" })).toBe("FREQ=MONTHLY");
    expect(ruleOf({ ...repeat, frequency: "MONTHLY", monthDay: "weekday" })).toBe("FREQ=MONTHLY;BYDAY=-1MO");
    expect(ruleOf({ ...repeat, frequency: "MONTHLY", monthDay: "weekday", startsOn: "2026-12-08" })).toBe(
      "FREQ=MONTHLY;BYDAY=2TU",
    );
    expect(ruleOf({ ...repeat, frequency: "MONTHLY", monthDay: "last" })).toBe("FREQ=MONTHLY;BYMONTHDAY=-1");
  });

  it("says what is wrong", () => {
    expect(localProblem("2026-11-28T08:00", now.getTime())).toBe("That time has passed everywhere.");
    expect(localProblem("2026-11-28T08:01", now.getTime())).toBe(undefined);
    expect(localProblem("", now.getTime())).toBe("Choose a date and a time.");
    expect(repeatProblem({ ...repeat, days: [] })).toBe("Choose at least one day of the week.");
    expect(repeatProblem({ ...repeat, interval: "0" })).toBe("Repeat every 1 to 99.");
    expect(repeatProblem(repeat)).toBe(undefined);
  });
});
