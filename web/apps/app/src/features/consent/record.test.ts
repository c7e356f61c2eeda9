import { describe, expect, it } from "vitest";
import type { ConsentRecord } from "./api/history";
import { actorOf, titleOf, wayOf } from "./record";

const record = (change: Partial<ConsentRecord>): ConsentRecord => ({
  id: "1",
  contactId: "2",
  purpose: "marketing",
  state: "out",
  via: "word",
  at: "2026-11-26T10:00:00Z",
  ...change,
});

describe("a consent record in words", () => {
  it("says what happened", () => {
    expect(titleOf(record({}))).toBe("Stopped marketing");
    expect(titleOf(record({ state: "in" }))).toBe("Agreed to marketing");
    expect(titleOf(record({ state: "unknown" }))).toBe("Back to unknown: marketing");
    expect(titleOf(record({ purpose: "all" }))).toBe("Left: gets no messages at all");
    expect(titleOf(record({ purpose: "all", state: "in" }))).toBe("Gets messages again");
    expect(titleOf(record({ topicId: "3", topicName: "साड़ी" }))).toBe("Stopped “साड़ी”");
    expect(titleOf(record({ topicId: "3" }))).toBe("Stopped “a deleted topic”");
    expect(titleOf(record({ state: "in", frequencyDays: 7 }))).toBe("Marketing at most every 7 days");
    expect(titleOf(record({ state: "in", frequencyDays: 0 }))).toBe("Marketing as often as it comes");
  });

  it("says who and how", () => {
    expect(actorOf(record({ by: "contact" }))).toBe("The contact");
    expect(actorOf(record({ by: "ann@acme.test" }))).toBe("ann@acme.test");
    expect(actorOf(record({}))).toBe("Aerostic");
    expect(wayOf(record({ via: "page" }))).toBe("on their preference page");
    expect(wayOf(record({ via: "new" }))).toBe("new");
  });
});
