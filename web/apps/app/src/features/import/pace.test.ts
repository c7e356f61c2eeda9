import { describe, expect, it } from "vitest";
import { type Mark, pace, remember } from "./pace";

const follow = (...marks: Mark[]) => marks.reduce(remember, [] as Mark[]);

describe("pace", () => {
  it("says nothing before there was progress", () => {
    expect(pace(follow({ at: 0, rows: 0, read: 0 }), 1000)).toBeUndefined();
    expect(pace(follow({ at: 0, rows: 0, read: 0 }, { at: 2000, rows: 0, read: 0 }), 1000)).toBeUndefined();
  });

  it("counts rows and judges the end by bytes", () => {
    const marks = follow({ at: 0, rows: 0, read: 0 }, { at: 2000, rows: 50_000, read: 2_000_000 });
    expect(pace(marks, 10_000_000)).toEqual({ rowsPerSecond: 25_000, secondsLeft: 8 });
  });

  it("forgets how it was more than ten seconds ago", () => {
    const marks = follow(
      { at: 0, rows: 0, read: 0 },
      { at: 20_000, rows: 10, read: 100 },
      { at: 22_000, rows: 30, read: 300 },
    );
    expect(pace(marks, 300)).toEqual({ rowsPerSecond: 10, secondsLeft: 0 });
  });

  it("begins again when an import is taken up from an earlier row", () => {
    const marks = follow({ at: 0, rows: 5000, read: 500 }, { at: 1000, rows: 4000, read: 400 });
    expect(marks).toHaveLength(1);
  });
});
