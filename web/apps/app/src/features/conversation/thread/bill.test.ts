import { expect, it } from "vitest";
import { standingOf } from "./bill";

const asked = { status: "requested", amount: 125050, currency: "INR", reference: "r" };
const noon = Date.parse("2026-11-27T12:00:00Z");
const write = (at: string) => at.slice(11, 16);

it.each([
  [{}, "Requested", undefined],
  [{ expiresAt: "2026-11-27T13:00:00Z" }, "Requested", "Until 13:00"],
  [{ expiresAt: "2026-11-27T11:00:00Z" }, "Expired", "Could be paid until 11:00"],
  [{ status: "pending" }, "Pending", "They paid; the bank has not confirmed it"],
  [{ status: "failed", failure: "incorrect_pin" }, "Failed", "incorrect pin"],
  [{ status: "failed", failure: "X", expiresAt: "2026-11-27T11:00:00Z" }, "Failed", "x, expired"],
  [
    { status: "differs", paidAmount: 100, paidCurrency: "INR" },
    "Paid differently",
    "₹1.00 instead of ₹1,250.50",
  ],
  [{ status: "paid", method: "upi", paidAt: "2026-11-27T11:30:00Z" }, "Paid by UPI", "11:30"],
])("%j", (payment, word, detail) => {
  expect(standingOf({ ...asked, ...payment }, noon, write)).toMatchObject({ word, detail });
});
