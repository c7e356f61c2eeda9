import { describe, expect, it } from "vitest";
import { type DraftContent, lacking, neighbour, reachable } from "./steps";

const slots = [{ key: "body.1", kind: "text", required: true }];
const draft: DraftContent = {
  name: "Diwali",
  channelId: "c1",
  byLanguage: false,
  templateId: "t1",
  audience: { all: true },
  mapping: [{ slot: "body.1", field: "firstName" }],
  holdOut: 0,
  windowDays: 7,
  retryDays: 0,
  route: "usual",
};

describe("steps", () => {
  it("are all done by a whole draft", () => {
    expect(reachable("review", draft, slots)).toBe("review");
  });

  it.each([
    ["basics", { name: " " }],
    ["basics", { channelId: undefined }],
    ["template", { templateId: undefined }],
    ["audience", { audience: { excludeTags: ["x"] } }],
    ["content", { mapping: [] }],
    ["test", { experiment: { weight: 1, others: [{ templateId: "", mapping: [], weight: 1 }] } }],
  ])("stop at %s for want of something", (step, part) => {
    expect(reachable("review", { ...draft, ...part }, slots)).toBe(step);
    expect(lacking(step as "basics", { ...draft, ...part }, slots)).toBeTruthy();
  });

  it("allow going back", () => {
    expect(reachable("basics", { ...draft, mapping: [] }, slots)).toBe("basics");
  });

  it("wait with a judgement on the content until the template is read", () => {
    expect(reachable("review", draft, undefined)).toBe("review");
  });

  it("have neighbours", () => {
    expect(neighbour("basics", -1)).toBeUndefined();
    expect(neighbour("template", 1)).toBe("audience");
    expect(neighbour("review", 1)).toBeUndefined();
  });
});
