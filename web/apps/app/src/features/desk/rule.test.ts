import { expect, it } from "vitest";
import type { Rule } from "./api/desk";
import { ruleText } from "./rule";

const rule = (change: Partial<Rule>) =>
  ({ id: "r", name: "All", enabled: true, hours: "any", ways: [], queue: false, ...change }) as Rule;

it("says what a rule does", () => {
  expect(ruleText(rule({}))).toBe("Nobody is chosen");
  expect(ruleText(rule({ ways: ["least_busy"] }))).toBe("Whoever is least busy");
  expect(ruleText(rule({}), "Returns")).toBe("Returns: left to the team");
  expect(
    ruleText(
      rule({ hours: "open", ways: ["last_handler", "round_robin"], queue: true, reassignMinutes: 15 }),
    ),
  ).toBe(
    "Within business hours · whoever had the conversation before, else whose turn it is · waits when nobody is free · handed on after 15 min",
  );
});
