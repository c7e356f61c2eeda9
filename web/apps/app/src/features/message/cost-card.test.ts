import { expect, test } from "vitest";
import { markupWords } from "./cost-card";

const money = (amount: number) => `₹${amount / 10_000}`;

test.each([
  [{ markupPoints: 1000, markupFixed: 0 }, "10 % of the rate"],
  [{ markupPoints: 1250, markupFixed: 500 }, "12.5 % of the rate and ₹0.05 per message"],
  [{ markupPoints: 0, markupFixed: 500 }, "₹0.05 per message"],
  [{ markupPoints: 0, markupFixed: 0 }, "none"],
])("%o is %s", (rule, words) => {
  expect(markupWords(rule, money)).toBe(words);
});
