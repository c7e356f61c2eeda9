import { expect, test } from "vitest";
import { newCalendar, nextSpan, weekText } from "./calendar";

test("days that are alike stand together", () => {
  expect(weekText(newCalendar().week)).toBe("Mon–Sat 10:00–19:00 · Sun closed");
  const lunch = [
    { from: "10:00", to: "13:00" },
    { from: "14:00", to: "19:00" },
  ];
  expect(weekText([lunch, [], lunch, lunch, [], [], []])).toBe(
    "Mon 10:00–13:00, 14:00–19:00 · Tue closed · Wed–Thu 10:00–13:00, 14:00–19:00 · Fri–Sun closed",
  );
});

test("a new period comes after the last", () => {
  expect(nextSpan([])).toEqual({ from: "10:00", to: "19:00" });
  expect(nextSpan([{ from: "10:00", to: "13:00" }])).toEqual({ from: "14:00", to: "16:00" });
  expect(nextSpan([{ from: "10:00", to: "22:30" }])).toEqual({ from: "23:00", to: "23:00" });
});
