/*
 * Which people stand behind a number. The server lists one outcome at a time; a number that sums
 * several ("delivered or read") is their lists one after the other.
 */
export interface PeoplePosition {
  /** Index of the outcome being read. */
  at: number;
  after: string | undefined;
}

/** Where to read on: the same outcome's next page, the next outcome, or nowhere. */
export function nextPosition({ at, after }: PeoplePosition, outcomes: number): PeoplePosition | undefined {
  if (after) return { at, after };
  return at + 1 < outcomes ? { at: at + 1, after: undefined } : undefined;
}

/** Every number of a report, by the name it has in the URL. */
export const peopleGroups = {
  all: { label: "Everybody", outcomes: [""] },
  waiting: { label: "Waiting", outcomes: ["waiting", "pending"] },
  accepted: {
    label: "Accepted by WhatsApp",
    outcomes: ["accepted", "sent", "expired", "delivered", "read"],
  },
  sent: { label: "Sent", outcomes: ["sent", "delivered", "read"] },
  delivered: { label: "Delivered", outcomes: ["delivered", "read"] },
  read: { label: "Read", outcomes: ["read"] },
  "only-accepted": { label: "Accepted, not yet sent", outcomes: ["accepted"] },
  "only-sent": { label: "Sent, not yet delivered", outcomes: ["sent"] },
  "only-delivered": { label: "Delivered, not read", outcomes: ["delivered"] },
  failed: { label: "Failed", outcomes: ["failed"] },
  refused: { label: "Not sent", outcomes: ["refused"] },
  in_doubt: { label: "In doubt", outcomes: ["in_doubt"] },
  unknown: { label: "Unknown", outcomes: ["unknown"] },
  expired: { label: "Expired", outcomes: ["expired"] },
  cancelled: { label: "Cancelled", outcomes: ["cancelled"] },
  duplicate: { label: "Duplicate", outcomes: ["duplicate"] },
  replied: { label: "Replied", outcomes: ["replied"] },
  read_no_reply: { label: "Read, no reply", outcomes: ["read_no_reply"] },
  retrying: { label: "Will be tried again", outcomes: ["retrying"] },
  held_out: { label: "Held out", outcomes: ["held_out"] },
} satisfies Record<string, { label: string; outcomes: string[] }>;

export type PeopleGroup = keyof typeof peopleGroups;

export function isPeopleGroup(text: string): text is PeopleGroup {
  return text in peopleGroups;
}
