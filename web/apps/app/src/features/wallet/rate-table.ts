import type { RateLine, RateSheet } from "./api/rates";

export type Category = RateLine["category"];

export const categoryNames: Record<Category, string> = {
  marketing: "Marketing",
  utility: "Utility",
  authentication: "Authentication",
  authentication_international: "Authentication from abroad",
  service: "Service",
};

/** The categories a sheet has prices for, in the order above. */
export function categoriesOf({ rates }: RateSheet): Category[] {
  return (Object.keys(categoryNames) as Category[]).filter((category) =>
    rates.some((line) => line.category === category),
  );
}

/** One category's prices: the home market first, the rest in the sheet's order, narrowed to what was typed. */
export function ratesOf({ rates, homeMarket }: RateSheet, category: Category, text: string): RateLine[] {
  const wanted = text.trim().toLowerCase();
  const lines = rates.filter(
    (line) => line.category === category && line.market.toLowerCase().includes(wanted),
  );
  const home = lines.filter(({ market }) => market === homeMarket);
  return [...home, ...lines.filter(({ market }) => market !== homeMarket)];
}
