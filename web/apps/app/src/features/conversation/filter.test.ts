import { describe, expect, it } from "vitest";
import { inboxSearch, isNarrowed, matches, toQuery } from "./filter";
import type { ConversationRow } from "./model";

const row: ConversationRow = {
  id: "c1",
  contact: { id: "p1", name: "Asha" },
  channelId: "n1",
  status: "open",
  assigneeId: "me",
  handler: "people",
  unread: 0,
  lastAt: "2026-11-26T10:00:00Z",
  preview: "",
  labels: ["l1"],
};

describe("matches", () => {
  it.each([
    [{}, true],
    [{ tab: "mine" as const }, true],
    [{ tab: "unassigned" as const }, false],
    [{ tab: "unread" as const }, false],
    [{ tab: "mentions" as const }, false],
    [{ status: "resolved" as const }, false],
    [{ status: "all" as const }, true],
    [{ label: "l1" }, true],
    [{ label: "l2" }, false],
    [{ channel: "n2" }, false],
    [{ team: "t1" }, false],
  ])("%j: %s", (search, expected) => expect(matches(row, toQuery(search), "me")).toBe(expected));
});

it("reads an address that somebody typed", () => {
  expect(inboxSearch.parse({ tab: "nonsense", status: "open", q: 7 })).toEqual({ status: "open" });
  expect(isNarrowed({ tab: "mine" })).toBe(false);
  expect(isNarrowed({ status: "resolved" })).toBe(true);
});
