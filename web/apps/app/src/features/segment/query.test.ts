import { describe, expect, it } from "vitest";
import { emptyGroup, groupOf, isComplete, leafOn, type Query, queryOf, withPart } from "./query";

const city: Query = { on: "field:city", op: "is", values: ["पुणे"] };
const unread: Query = { on: "campaign", op: "unread", days: 14 };

describe("queries and the builder's tree", () => {
  it.each<[string, Query]>([
    ["groups in groups", { all: [city, { any: [unread, { not: { all: [city, unread] } }] }] }],
    ["none of", { not: { any: [city, unread] } }],
    ["everybody", {}],
  ])("reads back what it wrote: %s", (_, query) => {
    expect(queryOf(groupOf(query))).toEqual(query);
  });

  it("makes a group of a bare condition, and drops empty groups", () => {
    expect(queryOf(groupOf(city))).toEqual({ all: [city] });
    const group = groupOf({ all: [city] });
    expect(queryOf({ ...group, parts: [...group.parts, emptyGroup("any")] })).toEqual({ all: [city] });
  });

  it("knows when a condition lacks a value", () => {
    const subject = {
      on: "field:city",
      label: "City",
      kind: "text",
      ops: [{ op: "is", label: "is", of: "text", least: 1, most: 100 }],
    };
    const leaf = leafOn(subject);
    const group = { ...emptyGroup(), parts: [leaf] };
    expect(isComplete(group, [subject])).toBe(false);
    expect(isComplete(withPart(group, leaf.key, { ...leaf, values: ["Pune"] }), [subject])).toBe(true);
    expect(isComplete(withPart(group, leaf.key, undefined), [subject])).toBe(true);
  });
});
