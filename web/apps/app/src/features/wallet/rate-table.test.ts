import { describe, expect, it } from "vitest";
import type { RateLine, RateSheet } from "./api/rates";
import { categoriesOf, ratesOf } from "./rate-table";

const line = (market: string, category: RateLine["category"]): RateLine => ({
  market,
  category,
  base: 8631,
  markup: 369,
  total: 9000,
  converted: false,
});

const sheet: RateSheet = {
  rateCard: "r1",
  currency: "INR",
  source: "Meta",
  effectiveFrom: "2026-01-01",
  homeMarket: "India",
  rates: [
    line("Argentina", "utility"),
    line("Argentina", "marketing"),
    line("India", "marketing"),
    line("Other", "marketing"),
  ],
};

describe("ratesOf", () => {
  it("begins at home and keeps the others in order", () => {
    expect(ratesOf(sheet, "marketing", "").map(({ market }) => market)).toEqual([
      "India",
      "Argentina",
      "Other",
    ]);
  });

  it("narrows by what was typed", () => {
    expect(ratesOf(sheet, "marketing", " arg ").map(({ market }) => market)).toEqual(["Argentina"]);
  });
});

describe("categoriesOf", () => {
  it("names only what has a price, marketing first", () => {
    expect(categoriesOf(sheet)).toEqual(["marketing", "utility"]);
  });
});
