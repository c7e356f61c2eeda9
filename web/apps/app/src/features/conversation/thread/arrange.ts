/* What a thread shows in order: its items, what waits in this browser, and the lines between them. */
import type { ThreadItem } from "../model";
import { dayOf } from "../when";

export type Block =
  | { is: "day"; key: string; at: string }
  | { is: "unread"; key: string }
  | { is: "item"; key: string; item: ThreadItem; first: boolean };

interface Arranged {
  /** Oldest first. */
  items: ThreadItem[];
  /** The first message that was unread when the thread was opened. */
  unreadFrom?: string;
  timeZone?: string;
}

/** Days begin with their name; messages of the same side within a group lie close together. */
export function arrange({ items, unreadFrom, timeZone }: Arranged): Block[] {
  const blocks: Block[] = [];
  let day = "";
  let side: string | undefined;
  for (const item of items) {
    const its = dayOf(item.at, timeZone);
    if (its !== day) {
      blocks.push({ is: "day", key: `day ${its}`, at: item.at });
      [day, side] = [its, undefined];
    }
    if (item.id === unreadFrom) {
      blocks.push({ is: "unread", key: "unread" });
      side = undefined;
    }
    const now = sideOf(item);
    blocks.push({ is: "item", key: item.id, item, first: now !== side });
    side = now;
  }
  return blocks;
}

/** Who speaks: a change begins a new group. */
function sideOf({ type, message, note }: ThreadItem): string {
  if (type === "message")
    return `${message?.direction} ${message?.campaign?.id ?? message?.sentBy ?? message?.origin}`;
  return type === "note" ? `note ${note?.by.id}` : "event";
}

/** Server pages (latest first, each page latest first) as one list, oldest first and each item once. */
export function inOrder(pages: (ThreadItem[] | null)[], waiting: ThreadItem[]): ThreadItem[] {
  const known = new Map<string, ThreadItem>();
  for (const item of waiting) known.set(item.id, item);
  for (const page of pages) for (const item of page ?? []) known.set(item.id, item);
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The first of the customer's messages that make up the unread count. */
export function firstUnread(items: ThreadItem[], unread: number): string | undefined {
  const theirs = items.filter(({ message }) => message?.direction === "in");
  return unread > 0 ? theirs.at(-Math.min(unread, theirs.length))?.id : undefined;
}

interface DayOfBlocks {
  key: string;
  at: string;
  blocks: Block[];
  /** How many blocks come before. */
  from: number;
}

/** The blocks of each day, without the line that begins it. */
export function byDay(blocks: Block[]): DayOfBlocks[] {
  const days: DayOfBlocks[] = [];
  blocks.forEach((block, index) => {
    if (block.is === "day") days.push({ key: block.key, at: block.at, blocks: [], from: index + 1 });
    else days.at(-1)?.blocks.push(block);
  });
  return days;
}
