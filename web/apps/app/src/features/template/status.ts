import type { Tone } from "@aerostic/ui/badge";
import type { Template } from "./api/templates";

/** Meta's statuses in the words people use. */
export const templateStatuses: Record<string, { label: string; tone: Tone }> = {
  APPROVED: { label: "Approved", tone: "success" },
  PENDING: { label: "In review", tone: "info" },
  IN_APPEAL: { label: "In appeal", tone: "info" },
  REJECTED: { label: "Rejected", tone: "danger" },
  PAUSED: { label: "Paused", tone: "warning" },
  DISABLED: { label: "Disabled", tone: "danger" },
  ARCHIVED: { label: "Archived", tone: "neutral" },
  LOCKED: { label: "Locked", tone: "warning" },
  LIMIT_EXCEEDED: { label: "Limit reached", tone: "warning" },
  PENDING_DELETION: { label: "Being deleted", tone: "neutral" },
  DELETED: { label: "Deleted", tone: "neutral" },
};

export function templateStatus(status: string): { label: string; tone: Tone } {
  return templateStatuses[status] ?? { label: status.toLowerCase(), tone: "neutral" };
}

export const categories: Record<Template["category"], string> = {
  MARKETING: "Marketing",
  UTILITY: "Utility",
  AUTHENTICATION: "Authentication",
};

export const qualities: Record<Template["quality"], { label: string; tone: Tone }> = {
  GREEN: { label: "High", tone: "success" },
  YELLOW: { label: "Medium", tone: "warning" },
  RED: { label: "Low", tone: "danger" },
  UNKNOWN: { label: "Not rated yet", tone: "outline" },
};
