import { describe, expect, it } from "vitest";
import { formOf, optionsOf } from "./options-editor";

describe("formOf", () => {
  it("drops empty options and says which were renamed", () => {
    const [gold, silver] = optionsOf(["Gold", "Silver"]);
    const options = [{ ...gold, text: " सोना " }, silver, { id: "x", text: "  " }, { id: "y", text: "Tin" }];
    expect(formOf("choice", options as never)).toEqual({
      type: "choice",
      options: ["सोना", "Silver", "Tin"],
      renamed: { Gold: "सोना" },
    });
  });

  it("leaves other types without options", () => {
    expect(formOf("number", optionsOf(["Gold"]))).toEqual({ type: "number" });
  });
});
