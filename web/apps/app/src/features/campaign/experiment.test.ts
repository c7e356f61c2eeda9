import { describe, expect, it } from "vitest";
import { shares, variantName, withoutVariant, withVariant } from "./experiment";

const other = (weight: number) => ({ templateId: "t", mapping: [], weight });

describe("a test's versions", () => {
  it("are letters from A", () => {
    expect([1, 2, 6].map(variantName)).toEqual(["A", "B", "F"]);
  });

  it("share everybody, whatever the weights", () => {
    expect(shares({ weight: 1, others: [other(1), other(1)] })).toEqual([34, 33, 33]);
    expect(shares({ weight: 50, others: [other(30), other(20)] })).toEqual([50, 30, 20]);
    expect(shares({ weight: 1, others: [other(2), other(3), other(1)] }).reduce((a, b) => a + b)).toBe(100);
  });

  it("are added with the same weight and taken away again", () => {
    const two = withVariant(undefined, { templateId: "b", mapping: [] });
    expect(two.others).toHaveLength(1);
    expect(shares(two)).toEqual([50, 50]);
    const three = withVariant({ ...two, weight: 7 }, { templateId: "c", mapping: [] });
    expect(three.weight).toBe(1);
    expect(withoutVariant(three, 0).others.map(({ templateId }) => templateId)).toEqual(["c"]);
  });
});
