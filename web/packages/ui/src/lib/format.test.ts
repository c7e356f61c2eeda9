import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPhone,
  formatRelative,
  parseMoney,
} from "./format";

describe("money", () => {
  it.each([
    [182405000, "INR", "₹18,240.50"],
    [8631, "INR", "₹0.8631"],
    [500, "INR", "₹0.05"],
    [-11000, "INR", "-₹1.10"],
    [0, "INR", "₹0.00"],
    [9007199254740991, "INR", "₹9,00,71,99,25,474.0991"],
    [12_000_000, "JPY", "¥1,200"],
    [12_500, "USD", "$1.25"],
  ])("writes %i ten-thousandths of %s as %s", (amount, currency, text) => {
    expect(formatMoney({ amount, currency })).toBe(text);
  });

  it("drops the fraction without rounding up", () => {
    expect(formatMoney({ amount: 19_900, currency: "INR" }, { whole: true })).toBe("₹1");
    expect(formatMoney({ amount: 55_620, currency: "INR" }, { fine: true })).toBe("₹5.5620");
  });

  it.each([
    ["1,234.5", 12_345_000],
    ["₹ 100", 1_000_000],
    ["0.8631", 8631],
    ["1.23456", undefined],
    ["-5", undefined],
    ["ten", undefined],
    ["", undefined],
  ])("reads %j as %s", (text, amount) => {
    expect(parseMoney(text)).toBe(amount);
  });
});

describe("numbers and times", () => {
  it("groups the Indian way", () => {
    expect(formatNumber(241806)).toBe("2,41,806");
    expect(formatCount(1, "contact")).toBe("1 contact");
    expect(formatCount(100000, "person", "people")).toBe("1,00,000 people");
  });

  it("has no percentage of nothing", () => {
    expect(formatPercent(974, 1000)).toBe("97.4%");
    expect(formatPercent(0, 0)).toBe("–");
  });

  it("writes times in the workspace's zone", () => {
    expect(formatDateTime("2026-11-23T05:12:00Z", "Asia/Kolkata")).toBe("23 Nov 2026, 10:42 am");
  });

  it("counts back in the largest unit that fits", () => {
    const now = "2026-11-23T12:00:00Z";
    expect(formatRelative("2026-11-23T11:59:40Z", now)).toBe("just now");
    expect(formatRelative("2026-11-23T11:57:00Z", now)).toBe("3 minutes ago");
    expect(formatRelative("2026-11-23T14:00:00Z", now)).toBe("in 2 hours");
    expect(formatRelative("2026-11-01T12:00:00Z", now, "UTC")).toBe("1 Nov 2026");
  });

  it("shortens durations and splits Indian phone numbers", () => {
    expect(formatDuration(45)).toBe("45 s");
    expect(formatDuration(125)).toBe("2 min 5 s");
    expect(formatDuration(4320)).toBe("1 h 12 min");
    expect(formatPhone("+919845011000")).toBe("+91 98450 11000");
    expect(formatPhone("+14155550123")).toBe("+14155550123");
  });
});
