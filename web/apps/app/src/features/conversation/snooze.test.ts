import { expect, it } from "vitest";
import { snoozeMoments } from "./snooze";

const moments = (now: string, zone: string) =>
  Object.fromEntries(snoozeMoments(Date.parse(now), zone).map(({ label, at }) => [label, at.toISOString()]));

it("knows mornings and evenings of the workspace's zone", () => {
  // A Thursday, 17:30 in India.
  expect(moments("2026-11-26T12:00:00Z", "Asia/Kolkata")).toEqual({
    "In an hour": "2026-11-26T13:00:00.000Z",
    "Tomorrow morning": "2026-11-27T03:30:00.000Z",
    "Next Monday": "2026-11-30T03:30:00.000Z",
  });
});

it("on a Monday means the next one", () => {
  expect(moments("2026-11-30T04:00:00Z", "UTC")).toMatchObject({
    "This evening": "2026-11-30T18:00:00.000Z",
    "Next Monday": "2026-12-07T09:00:00.000Z",
  });
});
