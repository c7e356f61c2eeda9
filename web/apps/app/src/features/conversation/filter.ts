/* Which conversations the list shows: what its address says, and what the server is asked. */
import { z } from "zod/mini";
import type { ConversationRow } from "./model";

const text = z.catch(z.optional(z.string()), undefined);
const tabs = ["all", "mine", "unassigned", "unread", "mentions"] as const;
const statuses = ["open", "pending", "snoozed", "resolved", "all"] as const;

/** What the inbox keeps in its address. */
export const inboxSearch = z.object({
  tab: z.catch(z.optional(z.enum(tabs)), undefined),
  status: z.catch(z.optional(z.enum(statuses)), undefined),
  team: text,
  label: text,
  channel: text,
  view: text,
  q: text,
  /** The message of the open conversation that is shown. */
  message: text,
});

export type InboxSearch = z.infer<typeof inboxSearch>;
export type Tab = (typeof tabs)[number];
export type StatusFilter = (typeof statuses)[number];

export const statusNames: Record<StatusFilter, string> = {
  open: "Open",
  pending: "Pending",
  snoozed: "Snoozed",
  resolved: "Resolved",
  all: "Any status",
};

export interface ListQuery {
  status: StatusFilter;
  assignee?: string;
  team?: string;
  label?: string;
  channel?: string;
  unread?: boolean;
  mentions?: boolean;
  limit: number;
}

const limit = 50;

/** The part of the address that the server is asked for. */
export function toQuery({ tab = "all", status = "open", team, label, channel }: InboxSearch): ListQuery {
  return {
    status,
    assignee: tab === "mine" ? "me" : tab === "unassigned" ? "none" : undefined,
    unread: tab === "unread" || undefined,
    mentions: tab === "mentions" || undefined,
    team,
    label,
    channel,
    limit,
  };
}

/** Whether a conversation belongs to what was asked, as the server would say. */
export function matches(row: ConversationRow, query: ListQuery, me: string): boolean {
  const { status, assignee, team, label, channel, unread, mentions } = query;
  if (mentions) return row.mentioned === true;
  if (status !== "all" && row.status !== status) return false;
  if (assignee === "me" && row.assigneeId !== me) return false;
  if (assignee === "none" && row.assigneeId) return false;
  if (team && row.teamId !== team) return false;
  if (label && !row.labels.includes(label)) return false;
  if (channel && row.channelId !== channel) return false;
  return !unread || row.unread > 0;
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ status, team, label, channel }: InboxSearch): boolean {
  return Boolean((status && status !== "open") || team || label || channel);
}
