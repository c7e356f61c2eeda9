import { describe, expect, it } from "vitest";
import { bulkDetail, bulkEnd, mayCancel } from "./bulk";

describe("a bulk", () => {
  it("says how far it is before and after its contacts are counted", () => {
    expect(bulkDetail({ seen: 5000 })).toBe("5,000 so far");
    expect(bulkDetail({ seen: 120_000, total: 1_000_000 })).toBe("1,20,000 of 10,00,000");
  });

  it("says how it ended", () => {
    const done = { kind: "tags", state: "done", seen: 2, changed: 1 } as const;
    expect(bulkEnd(done)).toBe("1 contact changed");
    expect(bulkEnd({ ...done, kind: "delete", changed: 2 })).toBe("2 contacts deleted");
    expect(bulkEnd({ ...done, state: "cancelled" })).toBe("Stopped. 1 contact had been changed.");
    expect(bulkEnd({ ...done, state: "failed", reason: "The tag is gone." })).toBe("The tag is gone.");
  });

  it("is stopped only when a person asked for it", () => {
    expect(mayCancel("delete")).toBe(true);
    expect(mayCancel("dropStage")).toBe(false);
  });
});
