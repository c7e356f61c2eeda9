import { expect, it } from "vitest";
import { lookup } from "../names";
import { eventSentence } from "./event";

const names = lookup({
  me: "p",
  members: [
    { id: "p", name: "Priya" },
    { id: "d", name: "Dev" },
  ],
  teams: [{ id: "t", name: "Sales" }],
  labels: [{ id: "l", name: "Refund" }],
  reasons: [{ id: "r", name: "Sold out" }],
});
const priya = { kind: "user", id: "p", name: "priya@bloom.example" };
const system = { kind: "system" };

it.each([
  ["assigned", priya, { assignee: "d", handler: "people" }, "Priya assigned it to Dev"],
  ["assigned", priya, { assignee: "p" }, "Priya took it"],
  ["assigned", system, { assignee: "d", why: "round_robin" }, "Assigned to Dev: it was their turn"],
  ["assigned", priya, { assignee: null }, "Priya took the assignment away"],
  ["assigned", priya, { assignee: "gone" }, "Priya assigned it to a former member"],
  ["teamed", priya, { team: "t" }, "Priya assigned it to Sales"],
  ["resolved", priya, { reason: "r", note: "Told her" }, "Priya resolved it: Sold out – Told her"],
  ["resolved", system, {}, "Resolved by itself"],
  ["labelled", priya, { added: ["l"], removed: [] }, "Priya added Refund"],
  ["snoozed", priya, { until: "2026-11-27T03:30:00Z" }, "Priya snoozed it until 27 Nov 2026, 9:00 am"],
  ["opened", system, { by: "customer" }, "Opened by a new message"],
  ["sla_breached", system, { kind: "resolution" }, "The resolution is late"],
  ["escalated", system, { level: 2, to: "d" }, "Escalated, level 2 to Dev"],
  ["paid", system, { paidAmount: 125050, paidCurrency: "INR", method: "upi" }, "Paid ₹1,250.50 by UPI"],
  [
    "paid_other",
    priya,
    { paidAmount: 100, paidCurrency: "INR", amount: 12500000, currency: "INR", method: "" },
    "Paid ₹1.00 instead of ₹1,25,000.00",
  ],
  ["something_new", system, {}, "Something new"],
])("%s", (what, by, data, sentence) =>
  expect(eventSentence({ what, by, data }, names, "Asia/Kolkata")).toBe(sentence),
);
