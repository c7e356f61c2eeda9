import type { Tone } from "@aerostic/ui/badge";

const looks: Record<string, { label: string; tone: Tone }> = {
  pending: { label: "Waiting", tone: "neutral" },
  queued: { label: "Waiting", tone: "neutral" },
  sending: { label: "Sending", tone: "primary" },
  in_doubt: { label: "In doubt", tone: "warning" },
  unknown: { label: "Unknown", tone: "warning" },
  accepted: { label: "Accepted", tone: "primary" },
  sent: { label: "Sent", tone: "primary" },
  delivered: { label: "Delivered", tone: "success" },
  read: { label: "Read", tone: "info" },
  expired: { label: "Expired", tone: "warning" },
  failed: { label: "Failed", tone: "danger" },
  refused: { label: "Not sent", tone: "warning" },
  held_out: { label: "Held out", tone: "neutral" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  duplicate: { label: "Duplicate", tone: "neutral" },
};

/** A message's state as a badge shows it. */
export function outcomeLooks(state: string): { label: string; tone: Tone } {
  return looks[state] ?? { label: state, tone: "neutral" };
}
