/*
 * What a campaign's counts say. The server counts everybody in exactly one outcome; a funnel shows
 * how far people got, so each of its stages sums the outcomes at or beyond it.
 */
import type { Tone } from "@aerostic/ui/badge";
import type { Counts } from "./api/campaigns";
import type { PeopleGroup } from "./people";

type Outcomes = Omit<Counts, "committed" | "charged" | "clicked">;

/** Not yet handed to WhatsApp. */
export function waiting(counts: Outcomes): number {
  return counts.pending + counts.queued + counts.sending;
}

/** Handed to WhatsApp, or ended before that: what a sending bar shows. */
export function handled(counts: Outcomes): number {
  return counts.total - waiting(counts);
}

/** 0 to 1, in whole thousandths and never rounded up: it is 100 % only when nobody waits. */
export function handledShare(counts: Outcomes): number {
  return counts.total > 0 ? Math.floor((handled(counts) * 1000) / counts.total) / 1000 : 0;
}

export interface Stage {
  group: PeopleGroup;
  label: string;
  value: number;
}

/** Audience → accepted → sent → delivered → read → replied, each with those who got further. */
export function funnel(counts: Outcomes): Stage[] {
  const delivered = counts.delivered + counts.read;
  const sent = counts.sent + delivered;
  const accepted = counts.accepted + counts.expired + sent;
  return [
    { group: "all", label: "Audience", value: counts.total - counts.heldOut },
    { group: "accepted", label: "Accepted by WhatsApp", value: accepted },
    { group: "sent", label: "Sent", value: sent },
    { group: "delivered", label: "Delivered", value: delivered },
    { group: "read", label: "Read", value: counts.read },
    { group: "replied", label: "Replied", value: counts.replied },
  ];
}

/** Reached a phone, of everybody. */
export function delivered(counts: Outcomes): number {
  return counts.delivered + counts.read;
}

export interface OutcomeRow {
  group: PeopleGroup;
  label: string;
  value: number;
  tone: Tone;
  /** What the outcome means, for those who have not seen it before. */
  hint: string;
}

/** Where everybody is now: every person in exactly one row, so the rows sum to the total. */
export function outcomes(counts: Outcomes): OutcomeRow[] {
  return [
    { group: "read", label: "Read", value: counts.read, tone: "info", hint: "Opened on the phone" },
    {
      group: "only-delivered",
      label: "Delivered, not read",
      value: counts.delivered,
      tone: "success",
      hint: "On the phone; people may hide that they read",
    },
    {
      group: "only-sent",
      label: "Sent, not yet delivered",
      value: counts.sent,
      tone: "primary",
      hint: "On its way; the phone may be off",
    },
    {
      group: "only-accepted",
      label: "Accepted, not yet sent",
      value: counts.accepted,
      tone: "primary",
      hint: "WhatsApp took it and has not reported since",
    },
    {
      group: "waiting",
      label: "Waiting",
      value: waiting(counts),
      tone: "neutral",
      hint: "Not yet handed to WhatsApp",
    },
    {
      group: "in_doubt",
      label: "In doubt",
      value: counts.inDoubt,
      tone: "warning",
      hint: "The connection broke while sending; a report usually settles it",
    },
    {
      group: "failed",
      label: "Failed",
      value: counts.failed,
      tone: "danger",
      hint:
        counts.retrying > 0
          ? `WhatsApp could not deliver it; ${counts.retrying} will be tried again`
          : "WhatsApp could not deliver it",
    },
    {
      group: "refused",
      label: "Not sent",
      value: counts.refused,
      tone: "warning",
      hint: "Held back by your rules: opted out, suppressed, a value missing",
    },
    {
      group: "expired",
      label: "Expired",
      value: counts.expired,
      tone: "warning",
      hint: "Not delivered in time; nothing was charged",
    },
    {
      group: "unknown",
      label: "Unknown",
      value: counts.unknown,
      tone: "warning",
      hint: "WhatsApp never reported; not charged",
    },
    {
      group: "cancelled",
      label: "Cancelled",
      value: counts.cancelled,
      tone: "neutral",
      hint: "Ended before it was sent",
    },
    {
      group: "held_out",
      label: "Held out",
      value: counts.heldOut,
      tone: "neutral",
      hint: "Chosen at random to get nothing, to measure the campaign",
    },
    {
      group: "duplicate",
      label: "Duplicate",
      value: counts.duplicate,
      tone: "neutral",
      hint: "The same person was in the audience twice",
    },
  ];
}
