import type { Tone } from "@aerostic/ui/badge";
import { formatNumber } from "@aerostic/ui/lib/format";
import type { Channel } from "./api/list";

interface Words {
  label: string;
  tone: Tone;
}

export const statuses: Record<Channel["status"], Words> = {
  connected: { label: "Connected", tone: "success" },
  paused: { label: "Paused", tone: "warning" },
  needs_reauth: { label: "Needs a new token", tone: "danger" },
  disconnected: { label: "Disconnected", tone: "danger" },
  banned: { label: "Banned by Meta", tone: "danger" },
};

export const qualities: Record<Channel["quality"], Words> = {
  GREEN: { label: "High", tone: "success" },
  YELLOW: { label: "Medium", tone: "warning" },
  RED: { label: "Low", tone: "danger" },
  UNKNOWN: { label: "Not rated yet", tone: "neutral" },
};

/** How loud the advice is: red when nothing is sent, amber when it may get there, blue for the rest. */
export function adviceTone({
  status,
  quality,
}: Pick<Channel, "status" | "quality">): "danger" | "warning" | "info" {
  if (status === "needs_reauth" || status === "disconnected" || status === "banned") return "danger";
  return status === "paused" || quality === "RED" ? "warning" : "info";
}

/** "10,000 people", or that there is no limit. */
export function dailyLimit(limit: number | undefined): string {
  return limit === undefined ? "No limit" : `${formatNumber(limit)} people`;
}

export function canPause({ status }: Pick<Channel, "status">): boolean {
  return status === "connected";
}

export function canResume({ status }: Pick<Channel, "status">): boolean {
  return status === "paused";
}

/** Numbers by portfolio: those of one share its daily limit. Order of first appearance. */
export function sharers(
  channels: Channel[],
  { id, portfolioId }: Pick<Channel, "id" | "portfolioId">,
): Channel[] {
  return channels.filter((other) => other.id !== id && other.portfolioId === portfolioId);
}
