import { describe, expect, it } from "vitest";
import type { Day } from "./api/daily";
import { changeOf, periodFunnel, periods, quiet, readRate, sum } from "./metrics";

const zero = {
  queued: 0,
  accepted: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  inbound: 0,
  charged: 0,
  spendBase: 0,
  spendMarkup: 0,
};
const day = (date: number, counts: Partial<Day> = {}): Day => ({
  ...zero,
  day: `2026-11-${date}`,
  ...counts,
});

describe("daily counts", () => {
  it("split into a period and the one before", () => {
    const days = [10, 11, 12, 13].map((date) => day(date));
    const { current, previous } = periods(days, 2);
    expect(current.map((one) => one.day)).toEqual(["2026-11-12", "2026-11-13"]);
    expect(previous.map((one) => one.day)).toEqual(["2026-11-10", "2026-11-11"]);
  });

  it("sum base and markup to what was spent", () => {
    expect(sum([day(1, { spendBase: 8631, spendMarkup: 869 }), day(2)], "spendBase", "spendMarkup")).toBe(
      9500,
    );
  });

  it("have a read rate only when something was delivered", () => {
    expect(readRate([day(1)])).toBeUndefined();
    expect(readRate([day(1, { delivered: 200 }), day(2, { read: 130 })])).toBe(0.65);
    expect(readRate([day(1, { delivered: 1, read: 4 })])).toBe(1);
  });

  it("make a funnel that never grows", () => {
    const days = [day(1, { accepted: 100, sent: 90, delivered: 95, read: 40 })];
    expect(periodFunnel(days).map(({ value }) => value)).toEqual([100, 90, 90, 40]);
  });

  it("know a quiet period", () => {
    expect(quiet([day(1), day(2)])).toBe(true);
    expect(quiet([day(1, { inbound: 1 })])).toBe(false);
  });
});

describe("changeOf", () => {
  it("compares with what was before", () => {
    expect(changeOf(112, 100)).toEqual({ share: 0.12, direction: "up" });
    expect(changeOf(75, 100)).toEqual({ share: 0.25, direction: "down" });
  });

  it("says nothing where there is nothing to compare", () => {
    expect(changeOf(5, 0)).toBeUndefined();
    expect(changeOf(5, 5)).toBeUndefined();
  });
});
