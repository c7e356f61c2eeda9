import { describe, expect, it } from "vitest";
import { formatValue } from "./field-value";

describe("formatValue", () => {
  it.each([
    ["number", "120000.5", "1,20,000.5"],
    ["number", "-12345678901234567.123456789", "-12,34,56,78,90,12,34,567.123456789"],
    ["number", "not yet", "not yet"],
    ["date", "2026-12-25", "25 Dec 2026"],
    ["date", "25/12", "25/12"],
    ["boolean", "true", "Yes"],
    ["boolean", "false", "No"],
    ["choice", "चाँदी", "चाँदी"],
    [undefined, "2026-12-25", "2026-12-25"],
  ] as const)("shows a %s %s as %s", (type, value, shown) => {
    expect(formatValue(type, value)).toBe(shown);
  });
});
