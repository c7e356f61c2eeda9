import { expect, test } from "vitest";
import { axisLengthText, keptText, lastDays, lengthText, meanText, satisfiedText } from "./figures";

test("lengths as people say them", () => {
  expect([0, 45, 600, 3600, 7500, 86_400, 97_200].map((s) => lengthText(s))).toEqual([
    "0 s",
    "45 s",
    "10 min",
    "1 h",
    "2 h 5 min",
    "1 d",
    "1 d 3 h",
  ]);
  expect(lengthText(0, 0)).toBe("–");
});

test("lengths on an axis have one unit", () => {
  expect([0, 45, 1000, 4000, 7200, 216_000].map(axisLengthText)).toEqual([
    "0 s",
    "45 s",
    "17 min",
    "1.1 h",
    "2 h",
    "2.5 d",
  ]);
});

test("shares need something to be shares of", () => {
  expect(satisfiedText({ ratings: 0, satisfied: 0 })).toBe("–");
  expect(satisfiedText({ ratings: 4, satisfied: 3 })).toBe("75%");
  expect(meanText({ ratings: 3, ratingSum: 13 })).toBe("4.3");
  expect(keptText({ slaKept: 9, slaMissed: 1 })).toBe("90%");
  expect(keptText({ slaKept: 0, slaMissed: 0 })).toBe("–");
});

test("days are the workspace's", () => {
  const now = new Date("2026-11-08T20:00:00Z"); // the ninth in India
  expect(lastDays(7, "Asia/Kolkata", now)).toEqual({ from: "2026-11-03", to: "2026-11-09" });
  expect(lastDays(1, "America/New_York", now)).toEqual({ from: "2026-11-08", to: "2026-11-08" });
});
