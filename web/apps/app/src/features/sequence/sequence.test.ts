import { describe, expect, it } from "vitest";
import { eventValues, exampleRequest, firstDefinition, newStep, triggerText, waitText } from "./sequence";

describe("when a step comes", () => {
  it("is said in words", () => {
    expect(waitText({ wait: { amount: 0, unit: "minutes" } }, true)).toBe("At once");
    expect(waitText({ wait: { amount: 0, unit: "hours" } }, false)).toBe("Right after the step before");
    expect(waitText({ wait: { amount: 1, unit: "days" } }, false)).toBe("After 1 day");
    expect(waitText({ wait: { amount: 2, unit: "days" }, at: "10:00" }, false)).toBe(
      "After 2 days, then at 10:00",
    );
  });
});

describe("what brings people in", () => {
  it("names the event or the stage", () => {
    const stages = new Map([["7", "ग्राहक"]]);
    expect(triggerText({ kind: "event", event: "order.paid" }, stages)).toBe("Event order.paid");
    expect(triggerText({ kind: "stage", stageId: "7" }, stages)).toBe("Stage ग्राहक");
    expect(triggerText({ kind: "stage", stageId: "8" }, stages)).toBe("Stage that is gone");
    expect(triggerText({ kind: "people" }, stages)).toBe("People you let in");
  });
});

describe("an example request", () => {
  it("carries each value that a step says, once", () => {
    const step = {
      ...newStep(true),
      mapping: [
        { slot: "body.1", event: "total" },
        { slot: "body.2", event: "total" },
      ],
    };
    expect(eventValues([step, step])).toEqual(["total"]);
    const text = exampleRequest("https://acme.example", "order.paid", ["total"]);
    expect(text).toContain("https://acme.example/api/events");
    expect(JSON.parse(text.slice(text.indexOf("'") + 1, -1))).toMatchObject({
      name: "order.paid",
      values: { total: "…" },
    });
  });
});

it("a triggered campaign begins with one step and comes every time", () => {
  expect(firstDefinition(true)).toMatchObject({
    trigger: { kind: "event" },
    entry: "every",
    exits: { reply: false },
  });
  expect(firstDefinition(false)).toMatchObject({ trigger: { kind: "people" }, exits: { reply: true } });
});
