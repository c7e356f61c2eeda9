/* What happened with a conversation, in a sentence for its thread. */
import { formatDateTime } from "@aerostic/ui/lib/format";
import { byMethod, formatPaise } from "../bill";
import type { ThreadEvent } from "../model";
import type { Lookup } from "../names";

type Data = Record<string, unknown>;
type Say = (who: string, data: Data, names: Lookup, timeZone?: string) => string;

const somebodyGone = "a former member";

const sentences: Record<string, Say> = {
  opened: (who, { by }) => (by === "business" && who ? `${who} opened it` : "Opened by a new message"),
  reopened: (who) => `${who || "Somebody"} opened it again`,
  woken: (_, { by }) => (by === "customer" ? "Back because the person wrote" : "Back from being snoozed"),
  resolved: (who, { reason, note }, names) =>
    `${who ? `${who} resolved it` : "Resolved by itself"}${after(": ", names.reason(word(reason)))}${after(" – ", word(note))}`,
  pending: (who) => (who ? `${who} set it to pending` : "Set to pending"),
  snoozed: (who, { until }, _, timeZone) =>
    `${who ? `${who} snoozed it` : "Snoozed"}${after(" until ", moment(until, timeZone))}`,
  assigned: (who, data, names) => assigned(who, data, names),
  teamed: (who, { team, why }, names) =>
    team
      ? `${given(who)} to ${names.team(word(team)) ?? "a team"}${because(why)}`
      : `${who || "Somebody"} took it from its team`,
  labelled: (who, { added, removed }, names) => {
    const plus = labels(added, names);
    const minus = labels(removed, names);
    const what = [plus && `added ${plus}`, minus && `removed ${minus}`].filter(Boolean).join(" and ");
    return `${who || "A rule"} ${what || "changed the labels"}`;
  },
  merged: (who) => `${who ? `${who} merged` : "Merged"} another contact into this one`,
  blocked: (who) => `${who || "Somebody"} blocked this person`,
  unblocked: (who) => `${who || "Somebody"} unblocked this person`,
  number_changed: (_, { to, number }) => `Changed their number${after(" to ", word(to) ?? word(number))}`,
  sla_breached: (_, { kind }) => late[word(kind) ?? ""] ?? "The answer is late",
  escalated: (_, { to, level }, names) =>
    `Escalated${typeof level === "number" ? `, level ${level}` : ""}${after(" to ", names.member(word(to)) ?? names.team(word(to)))}`,
  queued: (_, { position }) => `Waiting in the queue${position ? ` at place ${position}` : ""}`,
  csat_sent: () => "Asked how it went",
  csat_answered: (_, { score }) => `Rated it ${score ?? "–"} of 5`,
  paid: (_, { paidAmount, paidCurrency, method }) =>
    `Paid ${money(paidAmount, paidCurrency)}${byMethod(method)}`,
  paid_other: (_, { paidAmount, paidCurrency, amount, currency, method }) =>
    `Paid ${money(paidAmount, paidCurrency)}${byMethod(method)} instead of ${money(amount, currency)}`,
  away: () => "Got the away message",
};

const money = (paise: unknown, currency: unknown): string =>
  typeof paise === "number" ? formatPaise(paise, word(currency) ?? "INR") : "another amount";

const late: Record<string, string> = {
  first: "The first answer is late",
  next: "The answer is late",
  resolution: "The resolution is late",
};

/** "Priya resolved it: sold out". */
export function eventSentence(
  { what, by, data = {} }: ThreadEvent,
  names: Lookup,
  timeZone?: string,
): string {
  const who = names.who(by);
  const say = sentences[what];
  if (say) return say(who, data, names, timeZone);
  const words = what.replaceAll("_", " ");
  return who ? `${who}: ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}

function assigned(who: string, { assignee, handler, why }: Data, names: Lookup): string {
  if (handler === "bot" && !assignee) return `${given(who)} to a bot${because(why)}`;
  if (!assignee) return `${who || "Somebody"} took the assignment away`;
  const to = names.member(word(assignee)) ?? somebodyGone;
  return who === to ? `${who} took it` : `${given(who)} to ${to}${because(why)}`;
}

function given(who: string): string {
  return who ? `${who} assigned it` : "Assigned";
}

const reasons: Record<string, string> = {
  round_robin: "it was their turn",
  least_busy: "they had the least to do",
  last_handler: "they answered last time",
  owner: "they own the contact",
  contact_owner: "they own the contact",
  reassign: "nobody answered in time",
  unanswered: "nobody answered in time",
};

function because(why: unknown): string {
  const known = word(why);
  return known ? `: ${reasons[known] ?? known.replaceAll("_", " ")}` : "";
}

function labels(ids: unknown, names: Lookup): string {
  const list = Array.isArray(ids) ? ids.flatMap((id) => names.label(String(id))?.name ?? []) : [];
  return list.join(", ");
}

function moment(at: unknown, timeZone?: string): string | undefined {
  return typeof at === "string" && !Number.isNaN(Date.parse(at)) ? formatDateTime(at, timeZone) : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function after(before: string, text: string | undefined): string {
  return text ? before + text : "";
}
