import { expect, describe as group, it } from "vitest";
import { formatChange } from "./money";
import { describe, sumOf } from "./transaction";

group("describe", () => {
  it("prefers the words somebody gave", () => {
    expect(describe({ kind: "topup", messages: 0, reason: "Diwali offer" })).toBe("Diwali offer");
    expect(describe({ kind: "topup", messages: 0 })).toBe("Money added");
  });

  it("counts the messages with Indian grouping", () => {
    expect(describe({ kind: "hold", messages: 1 })).toBe("Held for 1 message on the way");
    expect(describe({ kind: "charge", messages: 120_000 })).toBe("1,20,000 messages delivered");
  });
});

group("formatChange", () => {
  it("always says which way it went", () => {
    expect(formatChange(500_0000, "INR")).toBe("+₹500.00");
    expect(formatChange(-8631, "INR")).toBe("−₹0.8631");
    expect(formatChange(0, "INR")).toBe("₹0.00");
  });
});

group("sumOf", () => {
  it("is zero when a capture moves the hold to both parts of the price", () => {
    const entries = [
      { account: "held" as const, amount: -9000 },
      { account: "base_cost" as const, amount: 8631 },
      { account: "markup" as const, amount: 369 },
    ];
    expect(sumOf(entries)).toBe(0);
  });
});
