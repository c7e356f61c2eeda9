import type { Notification } from "./api/notifications";
import type { Preferences } from "./api/preferences";

export type EventName = Notification["event"];
export type Way = "app" | "push" | "mail";

export const ways: { way: Way; label: string }[] = [
  { way: "app", label: "In the app" },
  { way: "push", label: "Push" },
  { way: "mail", label: "Mail" },
];

/** The events in the order of the server's, each in the words of the person it happens to. */
export const events: { group: string; items: { event: EventName; label: string }[] }[] = [
  {
    group: "Conversations",
    items: [
      { event: "assigned", label: "A conversation becomes mine" },
      { event: "message", label: "A customer writes in my conversation" },
      { event: "mention", label: "Somebody mentions me" },
      { event: "unassigned", label: "A customer writes and nobody has the conversation" },
      { event: "payment_received", label: "A customer makes a payment" },
      { event: "snooze_over", label: "A snoozed conversation is back" },
    ],
  },
  {
    group: "Promises",
    items: [
      { event: "sla_warning", label: "An answer or a solution is due soon" },
      { event: "sla_breached", label: "An answer is late" },
      { event: "csat_low", label: "A customer was not happy" },
    ],
  },
  {
    group: "Campaigns",
    items: [
      { event: "campaign_finished", label: "A campaign of mine has gone out" },
      { event: "campaign_failed", label: "A campaign of mine was stopped" },
    ],
  },
];

/** The choices with one of them turned. */
export function turned(
  all: Preferences["ways"],
  event: EventName,
  way: Way,
  on: boolean,
): Preferences["ways"] {
  const others = (all[event] ?? []).filter((other) => other !== way);
  return { ...all, [event]: on ? [...others, way] : others };
}
