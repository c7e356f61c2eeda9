import { describe, expect, it } from "vitest";
import { dayName, shortAge, timeLeft } from "./when";

const now = Date.parse("2026-11-26T12:00:00Z");
const ago = (seconds: number) => now - seconds * 1000;

describe("shortAge", () => {
  it.each([
    [10, "now"],
    [300, "5m"],
    [3 * 3600, "3h"],
    [2 * 86_400, "2d"],
    [20 * 86_400, "6 Nov"],
    [-30, "now"],
  ])("%i seconds ago is %s", (seconds, words) => expect(shortAge(ago(seconds), now, "UTC")).toBe(words));
});

describe("timeLeft", () => {
  it.each([
    [82_260, "22 h 51 m"],
    [840, "14 m"],
    [40, "40 s"],
    [0, undefined],
    [-5, undefined],
  ])("%i seconds are %s", (seconds, words) => expect(timeLeft(now + seconds * 1000, now)).toBe(words));
});

it("names days in the workspace's zone", () => {
  expect(dayName("2026-11-26T01:00:00Z", now, "Asia/Kolkata")).toBe("Today");
  expect(dayName("2026-11-25T20:00:00Z", now, "Asia/Kolkata")).toBe("Today");
  expect(dayName("2026-11-25T20:00:00Z", now, "UTC")).toBe("Yesterday");
  expect(dayName("2025-01-05T10:00:00Z", now, "UTC")).toBe("5 January 2025");
});
