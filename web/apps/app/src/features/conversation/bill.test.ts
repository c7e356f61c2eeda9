import { describe, expect, it } from "vitest";
import { byMethod, formatPaise, parseRupees, subtotalOf, totalOf } from "./bill";

describe("parseRupees", () => {
  it.each([
    ["1250.50", 125050],
    ["1250.5", 125050],
    ["1250.", 125000],
    [" ₹1,25,000 ", 12500000],
    ["0.01", 1],
    ["007", 700],
    ["1.10", 110], // 1.1 × 100 is no whole number where numbers are floats
    ["8.29", 829],
    ["१२५०.५०", 125050],
    ["10000000", 1000000000],
    ["0", 0],
  ])("reads %s", (typed, paise) => expect(parseRupees(typed)).toBe(paise));

  it.each(["", "abc", "-5", "1.234", "1e3", "5 rupees", ".5", "1..2", "10000000.01", "99999999999"])(
    "refuses %s",
    (typed) => expect(parseRupees(typed)).toBeUndefined(),
  );
});

it("adds up in paise", () => {
  const bill = {
    items: [
      { name: "Saree", price: 125050, quantity: 2 },
      { name: "Blouse", price: 25000, quantity: 1 },
    ],
    tax: 13755,
    delivery: 5000,
    discount: 10000,
  };
  expect(subtotalOf(bill)).toBe(275100);
  expect(totalOf(bill)).toBe(283855);
});

it("writes Indian digits", () => {
  expect(formatPaise(12500050)).toBe("₹1,25,000.50");
  expect(formatPaise(100)).toBe("₹1.00");
  expect(byMethod("upi") + byMethod("card") + byMethod("") + byMethod(undefined)).toBe(" by UPI by card");
});
