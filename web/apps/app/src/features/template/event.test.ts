import { expect, it } from "vitest";
import type { TemplateEvent } from "./api/events";
import { eventTitle } from "./event";

const event = (kind: TemplateEvent["kind"], before?: string, after?: string): TemplateEvent => ({
  id: "e",
  at: "2026-11-26T10:00:00Z",
  kind,
  before,
  after,
});

it.each([
  [event("submitted", undefined, "PENDING"), "Submitted to Meta"],
  [event("status", "PENDING", "APPROVED"), "Approved"],
  [event("status", "APPROVED", "PAUSED"), "Paused"],
  [event("status", "PAUSED", "APPROVED"), "No longer paused"],
  [event("quality", "GREEN", "RED"), "Quality went from High to Low"],
  [event("category", "UTILITY", "MARKETING"), "Meta moved it from Utility to Marketing"],
  [event("announced", "UTILITY", "MARKETING"), "Meta will move it from Utility to Marketing"],
])("says of %o: %s", (happened, title) => {
  expect(eventTitle(happened)).toBe(title);
});
