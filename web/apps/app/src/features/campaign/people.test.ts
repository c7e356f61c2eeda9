import { describe, expect, it } from "vitest";
import { funnel } from "./counts";
import { nextPosition, peopleGroups } from "./people";

const exact = {
  pending: 1,
  queued: 2,
  sending: 4,
  inDoubt: 8,
  unknown: 16,
  accepted: 32,
  sent: 64,
  delivered: 128,
  read: 256,
  expired: 512,
  failed: 1024,
  refused: 2048,
  cancelled: 4096,
  duplicate: 8192,
  heldOut: 0,
  resting: 0,
  retrying: 0,
  replied: 0,
};

describe("people behind a number", () => {
  it("reads one outcome after the other", () => {
    expect(nextPosition({ at: 0, after: "x" }, 2)).toEqual({ at: 0, after: "x" });
    expect(nextPosition({ at: 0, after: undefined }, 2)).toEqual({ at: 1, after: undefined });
    expect(nextPosition({ at: 1, after: undefined }, 2)).toBeUndefined();
  });

  it("lists as many people as the funnel counts", () => {
    const total = Object.values(exact).reduce((sum, value) => sum + value, 0);
    for (const { group, value } of funnel({ ...exact, total }).slice(1)) {
      const listed = peopleGroups[group].outcomes.map((outcome) => exact[outcome as keyof typeof exact]);
      expect(listed.reduce((sum, count) => sum + count, 0)).toBe(value);
    }
  });
});
