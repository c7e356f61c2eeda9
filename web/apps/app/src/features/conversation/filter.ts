/* Which conversations the list shows: what its address says, and what the server is asked. */
import { z } from "zod/mini";
import type { ViewFilter } from "@/features/reply/api/views";
import type { ConversationRow } from "./model";

const text = z.catch(z.optional(z.string()), undefined);
const tabs = ["all", "mine", "unassigned", "unread", "mentions"] as const;
const promises = ["breached", "due_soon"] as const;
const statuses = ["open", "pending", "snoozed", "resolved", "all"] as const;

/** What the inbox keeps in its address. */
export const inboxSearch = z.object({
  tab: z.catch(z.optional(z.enum(tabs)), undefined),
  status: z.catch(z.optional(z.enum(statuses)), undefined),
  sla: z.catch(z.optional(z.enum(promises)), undefined),
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
export type PromiseFilter = (typeof promises)[number];
export type StatusFilter = (typeof statuses)[number];

export const statusNames: Record<StatusFilter, string> = {
  open: "Open",
  pending: "Pending",
  snoozed: "Snoozed",
  resolved: "Resolved",
  all: "Any status",
};

export const promiseNames: Record<PromiseFilter, string> = {
  breached: "Late",
  due_soon: "Due within half an hour",
};

export interface ListQuery {
  status: StatusFilter;
  sla?: PromiseFilter;
  assignee?: string;
  team?: string;
  label?: string;
  channel?: string;
  unread?: boolean;
  mentions?: boolean;
  /** A saved view, whose filter the others repeat as far as they can. */
  view?: string;
  limit: number;
}

const limit = 50;

/** The part of the address that the server is asked for. */
export function toQuery({
  tab = "all",
  status = "open",
  sla,
  team,
  label,
  channel,
  view,
}: InboxSearch): ListQuery {
  return {
    status,
    sla,
    assignee: tab === "mine" ? "me" : tab === "unassigned" ? "none" : undefined,
    unread: tab === "unread" || undefined,
    mentions: tab === "mentions" || undefined,
    team,
    label,
    channel,
    view,
    limit,
  };
}

/** The list's filter as a view keeps it. */
export function toView(search: InboxSearch): ViewFilter {
  const { limit: _, view: __, ...filter } = toQuery(search);
  return filter;
}

/** What the address says of a view's filter. */
export function fromView({
  status,
  assignee,
  unread,
  mentions,
  sla,
  team,
  label,
  channel,
}: ViewFilter): Partial<InboxSearch> {
  const whose = assignee === "me" ? "mine" : assignee === "none" ? "unassigned" : undefined;
  return {
    tab: mentions ? "mentions" : unread ? "unread" : whose,
    status: status === "open" ? undefined : status,
    sla,
    team,
    label,
    channel,
  };
}

/** Whether a conversation belongs to what was asked, as the server would say. */
export function matches(row: ConversationRow, query: ListQuery, me: string): boolean {
  const { status, assignee, team, label, channel, unread, mentions, sla } = query;
  if (mentions) return row.mentioned === true;
  if (status !== "all" && row.status !== status) return false;
  if (assignee === "me" && row.assigneeId !== me) return false;
  if (assignee === "none" && row.assigneeId) return false;
  if (team && row.teamId !== team) return false;
  if (label && !row.labels.includes(label)) return false;
  if (channel && row.channelId !== channel) return false;
  if (sla && !isDue(row, sla)) return false;
  return !unread || row.unread > 0;
}

const soon = 30 * 60_000;

function isDue({ sla }: ConversationRow, asked: PromiseFilter): boolean {
  if (!sla) return false;
  const left = Date.parse(sla.dueAt) - Date.now();
  return asked === "breached" ? left <= 0 : left > 0 && left <= soon;
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ status, sla, team, label, channel }: InboxSearch): boolean {
  return Boolean((status && status !== "open") || sla || team || label || channel);
}
