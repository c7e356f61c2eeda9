import { scaleLinear } from "d3-scale";
import { expect, test } from "vitest";
import { wholeTicks } from "./line-chart-parts";

test.each([
  [1, [0, 1]],
  [2, [0, 1, 2]],
  [6000, [0, 2000, 4000, 6000]],
])("an axis up to %d says whole numbers alone", (most, ticks) => {
  expect(wholeTicks(scaleLinear([0, most], [100, 0]).nice(3))).toEqual(ticks);
});
