import { describe, expect, it } from "vitest";
import type { ThreadItem } from "../model";
import { arrange, firstUnread, inOrder } from "./arrange";

function said(id: string, direction: "in" | "out", at = "2026-11-26T10:00:00Z", name = ""): ThreadItem {
  const sentBy = name || undefined;
  return { id, at, type: "message", message: { direction, origin: "", kind: "text", state: "", sentBy } };
}

describe("arrange", () => {
  it("names days and groups what one side says", () => {
    const items = [
      said("1", "in", "2026-11-25T19:00:00Z"),
      said("2", "in", "2026-11-25T19:01:00Z"),
      said("3", "out", "2026-11-25T19:02:00Z", "Priya"),
      said("4", "out", "2026-11-25T19:03:00Z", "Dev"),
      said("5", "out", "2026-11-26T19:03:00Z", "Dev"),
    ];
    const blocks = arrange({ items, timeZone: "Asia/Kolkata" });
    const told = blocks.map((block) =>
      block.is === "item" ? `${block.item.id}${block.first ? "*" : ""}` : block.is,
    );
    expect(told).toEqual(["day", "1*", "2", "3*", "4*", "day", "5*"]);
  });

  it("draws the line before what is new", () => {
    const items = [said("1", "in"), said("2", "in"), said("3", "in")];
    const told = arrange({ items, unreadFrom: firstUnread(items, 2) }).map((block) => block.key);
    expect(told).toEqual(["day 2026-11-26", "1", "unread", "2", "3"]);
  });
});

describe("inOrder", () => {
  it("shows a message once that waits here and is on the server", () => {
    const here = said("3", "out", undefined, "waiting here");
    const there = said("3", "out", undefined, "on the server");
    const items = inOrder([[there, said("2", "in")], [said("1", "in")], null], [here, said("4", "out")]);
    expect(items.map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
    expect(items[2]).toBe(there);
  });
});

describe("firstUnread", () => {
  it("counts only what the customer wrote", () => {
    const items = [said("1", "in"), said("2", "out"), said("3", "in")];
    expect(firstUnread(items, 1)).toBe("3");
    expect(firstUnread(items, 2)).toBe("1");
    expect(firstUnread(items, 9)).toBe("1");
    expect(firstUnread(items, 0)).toBeUndefined();
  });
});
