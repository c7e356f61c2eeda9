import { expect, it } from "vitest";
import { kinds, newStep, stepsText } from "./step";

it("begins each kind with what it needs", () => {
  expect(newStep("assign")).toEqual({ kind: "assign", to: "me" });
  expect(newStep("snooze").minutes).toBe(1440);
  expect(newStep("label").labels).toEqual([]);
  expect(newStep("resolve")).toEqual({ kind: "resolve" });
});

it("says the steps in their order", () => {
  expect(stepsText([newStep("text"), newStep("resolve")])).toBe("send a text → resolve");
  expect(Object.keys(kinds)).toHaveLength(12);
});
