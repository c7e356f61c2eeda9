/*
 * The shapes the inbox draws: a row of the list, the whole of a conversation, and the items of its thread.
 * People, labels and teams are ids here; names.tsx knows what they are called. What a message holds stays
 * raw; content.ts reads it.
 */
import type { Tone } from "@aerostic/ui/badge";
import type { Payment } from "./bill";

export type Status = "open" | "pending" | "snoozed" | "resolved";

export interface Person {
  id: string;
  name: string;
  phone?: string;
}

export interface Named {
  id: string;
  name: string;
}

export interface Label extends Named {
  tone?: Tone;
}

/** When an answer is due; breached means it was not given in time. */
export interface SlaClock {
  kind: string;
  dueAt: string;
  breached?: boolean;
}

export interface ConversationRow {
  id: string;
  contact: Person;
  channelId: string;
  status: Status;
  assigneeId?: string;
  teamId?: string;
  handler: "people" | "bot";
  unread: number;
  mentioned?: boolean;
  lastAt: string;
  lastMessageId?: string;
  lastDirection?: "in" | "out";
  lastKind?: string;
  lastState?: string;
  preview: string;
  labels: string[];
  waitingSince?: string;
  snoozedUntil?: string;
  windowUntil?: string;
  blocked?: boolean;
  sla?: SlaClock;
}

/** A file: of a message that came, or one that was uploaded here and sent. */
export interface Media {
  id: string;
  mime?: string;
  /** Bytes; 0 while it is not known. */
  size: number;
  name?: string;
  /** Where the file is, once it is stored. */
  url?: string;
  state: string;
  /** Why there is no file. */
  reason?: string;
  uploaded?: boolean;
}

export interface Reaction {
  emoji: string;
  by: "contact" | "business";
}

/** Who did something: a member, a key of the API, or the system itself. */
export interface By {
  kind: string;
  id?: string;
  name?: string;
}

export interface ThreadMessage {
  direction: "in" | "out";
  /** customer, reply, campaign, sequence, workflow, agent, api, consent, test or phone. */
  origin: string;
  kind: string;
  state: string;
  text?: string;
  content?: unknown;
  campaign?: Named;
  template?: Named;
  /** What stands in the template's places. */
  params?: string[];
  quote?: { id: string; text?: string; kind: string; direction: "in" | "out" };
  /** The member who wrote it. */
  sentBy?: string;
  error?: { title: string; advice?: string };
  reactions?: Reaction[];
  edited?: boolean;
  revoked?: boolean;
  media?: Media;
  source?: string;
  dueAt?: string;
  /** Where the payment stands that it asks for. */
  payment?: Payment;
  /** Not on the server yet: it waits in this browser. */
  here?: boolean;
}

export interface ThreadNote {
  body: string;
  by: By;
  mentions?: string[] | null;
  editedAt?: string;
}

export interface ThreadEvent {
  what: string;
  by: By;
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
  userId: string;
  doing: "looking" | "typing" | "away";
  /** Until then it holds, unless they say so again. */
  until: string;
}
