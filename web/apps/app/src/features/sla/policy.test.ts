import { expect, test } from "vitest";
import { minutesText, newPolicy, nextLevel, promiseText } from "./policy";

test("minutes as people say them", () => {
  expect([5, 60, 150, 480].map(minutesText)).toEqual(["5 min", "1 h", "2 h 30 min", "8 h"]);
});

test("only what is promised is told", () => {
  expect(promiseText(newPolicy())).toBe("First response 30 min · next 1 h · resolution 8 h");
  expect(promiseText({ ...newPolicy(), firstMinutes: 0, nextMinutes: 0 })).toBe("resolution 8 h");
});

test("each level comes later than the one before", () => {
  const one = nextLevel([]);
  expect(one.afterMinutes).toBe(0);
  expect(nextLevel([one]).afterMinutes).toBe(30);
});
