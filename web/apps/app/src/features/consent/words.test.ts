import { describe, expect, it } from "vitest";
import { readWords, replaceWords, showWords } from "./words";

describe("words as typed", () => {
  it("are separated by commas of any script, and by lines", () => {
    expect(readWords(" stop,  बंद करो\nإيقاف، توقف ,,")).toEqual(["stop", "बंद करो", "إيقاف", "توقف"]);
    expect(readWords("  ")).toEqual([]);
  });
  it("come back as they were", () => {
    expect(readWords(showWords(["stop", "opt out"]))).toEqual(["stop", "opt out"]);
  });
  it("replace one language only", () => {
    const both = [
      { language: "English", stop: ["stop"], start: [] },
      { language: "हिन्दी", stop: [], start: [] },
    ];
    expect(replaceWords(both, 1, { stop: ["बंद"] })).toEqual([both[0], { ...both[1], stop: ["बंद"] }]);
  });
});
