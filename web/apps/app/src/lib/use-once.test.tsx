import { ApiError } from "@aerostic/api-client";
import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useOnce } from "./use-once";

type Call = (headers: { "Idempotency-Key": string }) => Promise<string>;

/** A call that remembers the keys it got and answers as told, in turn. */
function calls(...answers: (string | ApiError)[]) {
  const keys: string[] = [];
  const call: Call = async (headers) => {
    keys.push(headers["Idempotency-Key"]);
    const answer = answers[keys.length - 1];
    if (answer instanceof ApiError) throw answer;
    return answer ?? "";
  };
  return { keys, call };
}

describe("useOnce", () => {
  it("repeats the key when the answer was lost", async () => {
    const { result } = renderHook(useOnce);
    const { keys, call } = calls(ApiError.unreachable(), "sent");
    await expect(result.current({ to: "Ann" }, call)).rejects.toBeInstanceOf(ApiError);
    await result.current({ to: "Ann" }, call);
    expect(keys[1]).toBe(keys[0]);
  });

  it.each([
    ["after an answer", "sent" as const],
    ["after a refusal", new ApiError(422)],
  ])("takes a new key %s", async (_, first) => {
    const { result } = renderHook(useOnce);
    const { keys, call } = calls(first, "sent");
    await result.current({ to: "Ann" }, call).catch(() => "refused");
    await result.current({ to: "Ann" }, call);
    expect(keys[1]).not.toBe(keys[0]);
  });

  it("takes a new key for other content", async () => {
    const { result } = renderHook(useOnce);
    const { keys, call } = calls(ApiError.unreachable(), "sent");
    await result.current({ to: "Ann" }, call).catch(() => "lost");
    await result.current({ to: "Bob" }, call);
    expect(keys[1]).not.toBe(keys[0]);
  });
});
