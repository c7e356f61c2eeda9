import { describe, expect, it } from "vitest";
import { withFirst, withItem, withLatest, withPlaced, withRow } from "./merge";

/** Rows by id; later letters are older. */
const rows = (text: string, marked = "") =>
  [...text].map((id) => ({
    id,
    lastAt: `2026-11-26T10:${90 - id.charCodeAt(0) + 60}:00Z`,
    mark: marked.includes(id),
  }));
const told = (pages: { items: { id: string }[] | null; next?: string }[] | undefined) =>
  pages?.map(({ items, next }) => `${(items ?? []).map(({ id }) => id).join("")}${next ? `>${next}` : ""}`);

describe("withFirst", () => {
  const pages = [
    { items: rows("ABC"), next: "c" },
    { items: rows("DEF"), next: "f" },
  ];
  it("takes what rose to the top away from where it was", () => {
    const risen = { ...(rows("E")[0] as ReturnType<typeof rows>[number]), lastAt: "2026-11-26T11:59:00Z" };
    const fresh = { items: [risen, ...rows("AB")], next: "b" };
    expect(told(withFirst(pages, fresh))).toEqual(["EABC>c", "DF>f"]);
  });
  it("drops what has left the filter", () => {
    expect(told(withFirst(pages, { items: rows("ACD"), next: "d" }))).toEqual(["ACD>c", "EF>f"]);
  });
  it("is the fresh page alone when there is no more", () => {
    expect(told(withFirst(pages, { items: rows("AB") }))).toEqual(["AB"]);
  });
  it("keeps what was pushed over the end of the only page", () => {
    expect(told(withFirst([{ items: rows("BCD"), next: "d" }], { items: rows("ABC"), next: "c" }))).toEqual([
      "ABCD>d",
    ]);
  });
  it("goes on from the fresh end when nothing of what was loaded is left", () => {
    expect(told(withFirst([{ items: rows("ABC"), next: "c" }], { items: rows("DEF"), next: "f" }))).toEqual([
      "DEF>f",
    ]);
  });
});

it("changes one row in its place, or takes it out", () => {
  const pages = [{ items: rows("AB") }, { items: rows("CD") }];
  const [changed] = rows("C", "C");
  expect(withRow(pages, "C", changed)[1]?.items?.[0]?.mark).toBe(true);
  expect(withRow(pages, "C", changed)[0]).toBe(pages[0]);
  expect(told(withRow(pages, "C", undefined))).toEqual(["AB", "D"]);
});

describe("withLatest", () => {
  const items = (text: string) => [...text].map((id) => ({ id }));
  const pages = [
    { items: items("fed"), next: "d" },
    { items: items("cba"), next: "a" },
  ];
  it("adds what is new and keeps older pages", () => {
    expect(told(withLatest(pages, { items: items("hgf"), next: "f" }))).toEqual(["hgfed>d", "cba>a"]);
  });
  it("does not pretend that there is nothing between", () => {
    expect(withLatest(pages, { items: items("zyx"), next: "x" })).toBeUndefined();
  });
  it("is the fresh page alone when it is the whole thread", () => {
    expect(told(withLatest(pages, { items: items("ba") }))).toEqual(["ba"]);
  });
});

describe("withPlaced", () => {
  const pages = [
    { items: rows("BC"), next: "c" },
    { items: rows("EF"), next: "f" },
  ];
  const one = (id: string) => rows(id)[0] as ReturnType<typeof rows>[number];
  it.each([
    ["at the top", "A", ["ABC>c", "EF>f"]],
    ["between pages", "D", ["BC>c", "DEF>f"]],
    ["where it was, at the head of the next page", "C", ["B>c", "CEF>f"]],
    ["below what is loaded", "Z", ["BC>c", "EF>f"]],
  ])("puts it %s", (_, id, expected) => expect(told(withPlaced(pages, one(id), true))).toEqual(expected));
  it("takes out what does not belong", () => {
    expect(told(withPlaced(pages, one("E"), false))).toEqual(["BC>c", "F>f"]);
  });
  it("puts it at the very end of a list that is whole", () => {
    expect(told(withPlaced([{ items: rows("AB") }], one("Z"), true))).toEqual(["ABZ"]);
    expect(told(withPlaced([{ items: [] }], one("A"), true))).toEqual(["A"]);
  });
});

describe("withItem", () => {
  const items = (text: string) => [...text].map((id) => ({ id, mark: false }));
  const pages = [
    { items: items("fd"), next: "d" },
    { items: items("ba"), next: "a" },
  ];
  it.each([
    ["new", "g", ["gfd>d", "ba>a"]],
    ["between", "e", ["fed>d", "ba>a"]],
    ["older than the latest page", "c", ["fd>d", "ba>a"]],
  ])("%s", (_, id, expected) => expect(told(withItem(pages, { id, mark: true }))).toEqual(expected));
  it("changes one in its place", () => {
    expect(withItem(pages, { id: "b", mark: true })[1]?.items?.[0]).toEqual({ id: "b", mark: true });
  });
});
