/** The parts of the inbox's settings, as they stand in the address. */
export const inboxViews = [
  "teams",
  "assignment",
  "hours",
  "sla",
  "ratings",
  "replies",
  "macros",
  "labels",
  "behaviour",
] as const;

export type InboxSettingsView = (typeof inboxViews)[number];
