/*
 * The shapes the inbox draws: a row of the list, the whole of a conversation, and the items of its thread.
 * What a message holds stays raw here; content.ts reads it.
 */
import type { Tone } from "@aerostic/ui/badge";

export type Status = "open" | "pending" | "snoozed" | "resolved";

export interface Person {
  id: string;
  name: string;
  phone?: string;
}

export interface Label {
  id: string;
  name: string;
  tone?: Tone;
}

export interface Named {
  id: string;
  name: string;
}

/** When an answer is due; breached means it was not given in time. */
export interface SlaClock {
  kind: string;
  dueAt: string;
  breached: boolean;
}

export interface ConversationRow {
  id: string;
  contact: Person;
  channelId: string;
  status: Status;
  assignee?: Named;
  team?: Named;
  handler: "people" | "bot";
  unread: number;
  lastAt: string;
  lastMessageId?: string;
  lastDirection?: "in" | "out";
  lastKind?: string;
  preview: string;
  lastState?: string;
  labels: Label[];
  waitingSince?: string;
  snoozedUntil?: string;
  windowUntil?: string;
  mentioned?: boolean;
  sla?: SlaClock;
}

export interface Media {
  id: string;
  mime: string;
  size: number;
  name?: string;
  state: "pending" | "ready" | "failed" | string;
}

export interface Reaction {
  emoji: string;
  by: string;
}

export interface ThreadMessage {
  direction: "in" | "out";
  origin: string;
  kind: string;
  state: string;
  text?: string;
  content?: unknown;
  quote?: { id: string; text?: string; kind: string; direction: "in" | "out" };
  sender?: { kind: "user" | "bot" | "campaign" | "phone" | "api" | string; id?: string; name: string };
  error?: { title: string; advice?: string };
  reactions?: Reaction[];
  edited?: boolean;
  revoked?: boolean;
  media?: Media;
  template?: { name: string; rendered?: unknown };
  source?: string;
  dueAt?: string;
}

export interface ThreadNote {
  text: string;
  author: Named;
  mentions?: Named[];
}

export interface ThreadEvent {
  what: string;
  by?: Named;
  data?: Record<string, unknown>;
}

export interface ThreadItem {
  id: string;
  at: string;
  type: "message" | "note" | "event";
  message?: ThreadMessage;
  note?: ThreadNote;
  event?: ThreadEvent;
}

/** Somebody of the workspace who has the conversation open. */
export interface Presence {
  user: Named;
  typing: boolean;
}
