import { describe, expect, it } from "vitest";
import { fromWallClock, toWallClock } from "./zoned-time";

describe("wall-clock times", () => {
  it.each([
    ["2026-11-24T10:00", "Asia/Kolkata", "2026-11-24T04:30:00.000Z"],
    ["2026-11-24T00:00", "UTC", "2026-11-24T00:00:00.000Z"],
    ["2026-07-01T09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"],
    ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-01-01T00:15", "Asia/Kathmandu", "2025-12-31T18:30:00.000Z"],
  ])("%s in %s is %s, and back", (local, zone, instant) => {
    expect(fromWallClock(local, zone)?.toISOString()).toBe(instant);
    expect(toWallClock(new Date(instant), zone)).toBe(local);
  });

  it("knows what is no time", () => {
    expect(fromWallClock("", "UTC")).toBeUndefined();
    expect(fromWallClock("tomorrow", "UTC")).toBeUndefined();
  });
});
