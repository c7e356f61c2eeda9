import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useThrottled } from "./use-live";

describe("useThrottled", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("runs at once, then once per gap, and never loses the last call", () => {
    const work = vi.fn();
    const { result } = renderHook(() => useThrottled(work, 500));
    for (let calls = 0; calls < 90; calls++) {
      result.current();
      vi.advanceTimersByTime(10);
    }
    expect(work).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(500);
    expect(work).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(5000);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it("stops with its component", () => {
    const work = vi.fn();
    const { result, unmount } = renderHook(() => useThrottled(work, 500));
    result.current();
    result.current();
    unmount();
    vi.advanceTimersByTime(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
