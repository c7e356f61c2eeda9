import { describe, expect, it } from "vitest";
import { doneAt, observe, rate, type Sample } from "./pace";

function watch(...seen: [seconds: number, handled: number][]): Sample[] {
  return seen.reduce<Sample[]>(
    (samples, [seconds, handled]) => observe(samples, { at: seconds * 1000, handled }),
    [],
  );
}

describe("pace", () => {
  it("has no rate before it has seen two counts", () => {
    expect(rate(watch([0, 0]))).toBeUndefined();
    expect(rate(watch([0, 0], [0.5, 80]))).toBeUndefined();
  });

  it("measures over the last seconds only", () => {
    const samples = watch([0, 0], [60, 60], [62, 160], [70, 860], [80, 1660]);
    expect(samples[0]).toEqual({ at: 60_000, handled: 60 });
    expect(rate(samples)).toBe(80);
  });

  it("falls to nothing when nothing moves, and then names no time", () => {
    const samples = watch([0, 500], [10, 500], [20, 500]);
    expect(rate(samples)).toBe(0);
    expect(doneAt(100, rate(samples), 20_000)).toBeUndefined();
  });

  it("starts again when counts fall", () => {
    expect(watch([0, 500], [10, 900], [11, 20])).toEqual([{ at: 11_000, handled: 20 }]);
  });

  it("tells when it is done", () => {
    expect(doneAt(800, 80, 5000)).toBe(15_000);
    expect(doneAt(0, 80, 5000)).toBeUndefined();
  });
});
