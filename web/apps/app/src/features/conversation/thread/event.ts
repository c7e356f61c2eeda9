/* What happened with a conversation, in a sentence for its thread. */
import { formatDateTime } from "@aerostic/ui/lib/format";
import type { ThreadEvent } from "../model";

type Say = (who: string, data: Record<string, unknown>, timeZone?: string) => string;

const sentences: Record<string, Say> = {
  opened: (who) => (who ? `${who} opened it` : "Opened by a new message"),
  woken: (who) => (who ? `${who} woke it` : "Back from being snoozed"),
  reopened: (who) => (who ? `${who} opened it again` : "Opened again by a new message"),
  resolved: (who, { reason, note }) =>
    `${who ? `${who} resolved it` : "Resolved by itself"}${tail(reason)}${note ? ` – ${note}` : ""}`,
  pending: (who) => `${who || "It"} ${who ? "set it" : "was set"} to pending`,
  snoozed: (who, { until }, timeZone) =>
    `${who ? `${who} snoozed it` : "Snoozed"}${typeof until === "string" ? ` until ${formatDateTime(until, timeZone)}` : ""}`,
  assigned: (who, { name, to }) => assigned(who, text(name) ?? text(to)),
  teamed: (who, { name, to }) => assigned(who, text(name) ?? text(to), "the team"),
  labelled: (who, { added, removed }) => labelled(who, added, removed),
  merged: (who, { name }) => `${who || "Somebody"} merged ${text(name) ?? "another contact"} into this one`,
  blocked: (who) => `${who || "Somebody"} blocked this person`,
  unblocked: (who) => `${who || "Somebody"} unblocked this person`,
  handed_over: (who, { name, reason }) => `${who || "A bot"} handed over to ${text(name) ?? "people"}${tail(reason)}`,
  sla_breached: (_, { kind }) => `The answer is late${kind ? `: ${String(kind).replaceAll("_", " ")}` : ""}`,
  escalated: (_, { name }) => `Escalated${text(name) ? ` to ${name}` : ""}`,
  reassigned: (_, { name }) => `Nobody answered in time, so it went to ${text(name) ?? "somebody else"}`,
  queued: (_, { position }) => `Waiting in the queue${position ? ` at place ${position}` : ""}`,
  csat_sent: () => "Asked how it went",
  csat_answered: (_, { score }) => `Rated ${score ?? "–"} of 5`,
  away: () => "Got the away message",
  number_changed: (_, { to }) => `Changed their number${text(to) ? ` to ${to}` : ""}`,
};

/** "Priya resolved it: sold out". */
export function eventSentence({ what, by, data = {} }: ThreadEvent, timeZone?: string): string {
  const say = sentences[what];
  if (say) return say(by?.name ?? "", data, timeZone);
  const words = what.replaceAll("_", " ");
  return by?.name ? `${by.name}: ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}

function assigned(who: string, to: string | undefined, prefix = ""): string {
  const whom = [prefix, to].filter(Boolean).join(" ");
  if (!to) return who ? `${who} took the assignment away` : "Assigned to nobody";
  if (who === to) return `${who} took it`;
  return who ? `${who} assigned it to ${whom}` : `Assigned to ${whom}`;
}

function labelled(who: string, added: unknown, removed: unknown): string {
  const [plus, minus] = [names(added), names(removed)];
  const what = [plus && `added ${plus}`, minus && `removed ${minus}`].filter(Boolean).join(" and ");
  return `${who || "A rule"} ${what || "changed the labels"}`;
}

function names(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).map(text).filter(Boolean).join(", ");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function tail(reason: unknown): string {
  return text(reason) ? `: ${reason}` : "";
}
