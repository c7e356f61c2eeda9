import { describe, expect, it } from "vitest";
import { choicesOf, choose, mappingProblem, newField, phoneColumn, samples } from "./mapping";

const guessed = choicesOf([
  { name: "नाम", target: "name" },
  { name: "मोबाइल", target: "phone" },
  { name: "City", target: "field:city", label: "City" },
]);

describe("choicesOf", () => {
  it("leaves out row and reason of an error file that comes back", () => {
    const columns = ["row", "reason", "Mobile"].map((name) => ({
      name,
      target: `field:${name.toLowerCase()}`,
    }));
    expect(choicesOf(columns).map(({ target }) => target)).toEqual(["ignore", "ignore", "field:mobile"]);
    expect(choicesOf(columns.slice(1))[0]?.target).toBe("field:reason");
  });
});

describe("choose", () => {
  it("takes a target from the column that had it", () => {
    const next = choose(guessed, 0, { target: "phone" });
    expect(next.map(({ target }) => target)).toEqual(["phone", "ignore", "field:city"]);
    expect(phoneColumn(next)).toBe(0);
  });

  it("lets any number of columns be left out", () => {
    const next = choose(choose(guessed, 0, { target: "ignore" }), 2, { target: "ignore" });
    expect(next.map(({ target }) => target)).toEqual(["ignore", "phone", "ignore"]);
  });
});

describe("mappingProblem", () => {
  it("asks for phone numbers, or WhatsApp's ids in their place", () => {
    expect(mappingProblem(guessed)).toBeUndefined();
    const without = choose(guessed, 1, { target: "ignore" });
    expect(mappingProblem(without)).toBe("Say which column holds the phone numbers.");
    expect(mappingProblem(choose(without, 1, { target: "bsuid" }))).toBeUndefined();
  });
});

describe("newField", () => {
  it.each([
    ["Order ID", "field:order_id"],
    ["  Size (cm) ", "field:size_cm"],
    ["2nd phone", "field:nd_phone"],
    ["शहर", "field:column_4"],
  ])("makes a key of %s", (label, target) => {
    expect(newField(label, 3)).toEqual({ target, label: label.trim() });
  });
});

describe("samples", () => {
  it("shows different values and skips empty cells and short rows", () => {
    const rows = [["पुणे"], [""], ["पुणे"], [], ["Delhi"], ["Goa"], ["Surat"]].map((cells) => ({ cells }));
    expect(samples(rows, 0)).toEqual(["पुणे", "Delhi", "Goa"]);
  });
});
