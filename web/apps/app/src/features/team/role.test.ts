import { describe, expect, it } from "vitest";
import { grantable, mayTouch } from "./role";

describe("roles", () => {
  it("lets only owners make and touch owners", () => {
    expect(grantable("admin").map(({ value }) => value)).toEqual(["admin", "agent"]);
    expect(grantable("owner")).toHaveLength(3);
    expect(mayTouch("admin", "owner")).toBe(false);
    expect(mayTouch("owner", "owner")).toBe(true);
    expect(mayTouch("admin", "agent")).toBe(true);
  });
});
