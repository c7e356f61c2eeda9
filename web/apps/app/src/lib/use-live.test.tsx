import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useThrottled } from "./use-live";

describe("useThrottled", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("runs at once, then once per gap, and never loses the last call", async () => {
    const work = vi.fn();
    const { result } = renderHook(() => useThrottled(work, 500));
    for (let calls = 0; calls < 90; calls++) {
      result.current();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(work).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(work).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it("waits for slow work, and runs again for what was asked meanwhile", async () => {
    let running = 0;
    let most = 0;
    const work = vi.fn(async () => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 2000));
      running--;
    });
    const { result } = renderHook(() => useThrottled(work, 500));
    result.current();
    await vi.advanceTimersByTimeAsync(1000);
    result.current();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(work).toHaveBeenCalledTimes(2);
    expect(most).toBe(1);
  });

  it("goes on after work that failed", async () => {
    const work = vi.fn(async () => {
      throw new Error("unreachable");
    });
    const { result } = renderHook(() => useThrottled(work, 500));
    result.current();
    await vi.advanceTimersByTimeAsync(600);
    result.current();
    await vi.advanceTimersByTimeAsync(600);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("stops with its component", async () => {
    const work = vi.fn();
    const { result, unmount } = renderHook(() => useThrottled(work, 500));
    result.current();
    await vi.advanceTimersByTimeAsync(10);
    result.current();
    unmount();
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
