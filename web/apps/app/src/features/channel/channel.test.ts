import { describe, expect, it } from "vitest";
import type { Channel } from "./api/list";
import { adviceTone, dailyLimit, sharers } from "./channel";

describe("adviceTone", () => {
  it.each([
    ["banned", "GREEN", "danger"],
    ["needs_reauth", "UNKNOWN", "danger"],
    ["paused", "GREEN", "warning"],
    ["connected", "RED", "warning"],
    ["connected", "YELLOW", "info"],
  ] as const)("%s with quality %s is %s", (status, quality, tone) => {
    expect(adviceTone({ status, quality })).toBe(tone);
  });
});

describe("dailyLimit", () => {
  it("groups as in India and knows no limit", () => {
    expect(dailyLimit(100_000)).toBe("1,00,000 people");
    expect(dailyLimit(undefined)).toBe("No limit");
  });
});

describe("sharers", () => {
  it("finds the other numbers of the same portfolio", () => {
    const channel = (id: string, portfolioId: string) => ({ id, portfolioId }) as Channel;
    const all = [channel("a", "p1"), channel("b", "p2"), channel("c", "p1")];
    expect(sharers(all, channel("a", "p1")).map(({ id }) => id)).toEqual(["c"]);
  });
});
