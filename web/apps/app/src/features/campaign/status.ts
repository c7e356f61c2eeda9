import type { Tone } from "@aerostic/ui/badge";
import type { Campaign, CampaignStatus } from "./api/campaigns";

export const statusLooks: Record<CampaignStatus, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "neutral" },
  awaiting_approval: { label: "Awaits approval", tone: "warning" },
  repeating: { label: "Repeats", tone: "info" },
  scheduled: { label: "Scheduled", tone: "info" },
  running: { label: "Sending", tone: "primary" },
  paused: { label: "Paused", tone: "warning" },
  completed: { label: "Sent", tone: "success" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

/** What may be asked of a campaign in each status; the table of moves is in campaign.go. */
export const mayBe = {
  paused: (status: CampaignStatus) => status === "running",
  resumed: (status: CampaignStatus) => status === "paused",
  cancelled: (status: CampaignStatus) => ["scheduled", "running", "paused", "repeating"].includes(status),
  unscheduled: (status: CampaignStatus) => status === "scheduled",
  compared: (status: CampaignStatus) => ["running", "paused", "completed", "cancelled"].includes(status),
  edited: (status: CampaignStatus) => status === "draft",
};

/** "VIP, Diwali list, without Staff": who gets it, by the names of tags and lists. */
export function audienceText(audience: Campaign["audience"], names: ReadonlyMap<string, string>): string {
  const listed = (ids: string[], what: string) => ids.map((id) => names.get(id) ?? `a deleted ${what}`);
  const named = (tags?: string[] | null, segments?: string[] | null, own: string[] = []) =>
    [...listed(tags ?? [], "tag"), ...listed(segments ?? [], "segment"), ...own].join(", ");
  const own = audience.filter ? ["those that fit its conditions"] : [];
  const who = audience.all ? "Everyone" : named(audience.tags, audience.segments, own);
  if (!who) return "No audience yet";
  const days = audience.excludeRecentDays;
  const recent = days ? [`those written to in the last ${days === 1 ? "day" : `${days} days`}`] : [];
  const without = named(audience.excludeTags, audience.excludeSegments, recent);
  return without ? `${who}, without ${without}` : who;
}
