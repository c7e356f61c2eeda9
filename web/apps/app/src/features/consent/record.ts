import type { ConsentRecord } from "./api/history";

const purposes = { marketing: "Marketing", utility: "Updates", all: "All messages" } as const;

/** What happened, as a person says it: "Stopped marketing", "Agreed to updates". */
export function titleOf({ purpose, state, topicName, topicId, frequencyDays }: ConsentRecord): string {
  if (frequencyDays !== undefined) {
    return frequencyDays === 0
      ? "Marketing as often as it comes"
      : `Marketing at most every ${frequencyDays} days`;
  }
  const what = topicId ? `“${topicName || "a deleted topic"}”` : purposes[purpose].toLowerCase();
  if (state === "pending") return `To confirm: ${what}`;
  if (state === "unknown") return `Back to unknown: ${what}`;
  if (purpose === "all") return state === "in" ? "Gets messages again" : "Left: gets no messages at all";
  return state === "in" ? `Agreed to ${what}` : `Stopped ${what}`;
}

const ways: Record<string, string> = {
  screen: "on screen",
  api: "by the API",
  import: "by an import",
  bulk: "by a bulk action",
  word: "by a STOP or START word",
  button: "by a button in a message",
  understood: "understood from what they wrote",
  decided: "decided from what they wrote",
  page: "on their preference page",
  whatsapp: "in WhatsApp",
  refusal: "WhatsApp refused a message for it",
  merge: "taken over from a merged contact",
  undo: "an import was undone",
  lapse: "nobody confirmed it in time",
};

/** How it reached us. */
export function wayOf({ via }: ConsentRecord): string {
  return ways[via] ?? via;
}

/** Who did it. */
export function actorOf({ by }: ConsentRecord): string {
  if (by === "contact") return "The contact";
  if (by === "whatsapp") return "WhatsApp";
  return by || "Aerostic";
}
