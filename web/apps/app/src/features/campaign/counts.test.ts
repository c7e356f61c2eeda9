import { describe, expect, it } from "vitest";
import { delivered, funnel, handled, handledShare, outcomes, waiting } from "./counts";

const counts = {
  total: 1000,
  pending: 100,
  queued: 40,
  sending: 10,
  inDoubt: 3,
  unknown: 2,
  accepted: 50,
  sent: 90,
  delivered: 300,
  read: 380,
  expired: 5,
  failed: 12,
  refused: 6,
  cancelled: 1,
  duplicate: 1,
  heldOut: 0,
  resting: 60,
  retrying: 2,
  replied: 41,
};

describe("counts", () => {
  it("puts everybody into exactly one outcome", () => {
    const rows = outcomes(counts);
    expect(rows.reduce((sum, row) => sum + row.value, 0)).toBe(counts.total);
    expect(new Set(rows.map(({ group }) => group)).size).toBe(rows.length);
  });

  it("counts in each stage those who got further", () => {
    expect(funnel(counts).map(({ group, value }) => [group, value])).toEqual([
      ["all", 1000],
      ["accepted", 825],
      ["sent", 770],
      ["delivered", 680],
      ["read", 380],
      ["replied", 41],
    ]);
    expect(delivered(counts)).toBe(680);
  });

  it("leaves those held out of the audience, and keeps them among the outcomes", () => {
    const some = { ...counts, total: 1100, heldOut: 100 };
    expect(funnel(some)[0]).toMatchObject({ group: "all", value: 1000 });
    expect(outcomes(some).reduce((sum, row) => sum + row.value, 0)).toBe(1100);
  });

  it("knows what is still to send", () => {
    expect(waiting(counts)).toBe(150);
    expect(handled(counts)).toBe(850);
    expect(handledShare(counts)).toBe(0.85);
    expect(handledShare({ ...counts, total: 100_000, pending: 1, queued: 0, sending: 0 })).toBe(0.999);
  });
});
