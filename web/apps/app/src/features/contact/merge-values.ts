import type { Contact } from "./api/list";

/** A value that both contacts have, differently: one of the two survives. */
export interface Clash {
  field: string;
  mine: string;
  theirs: string;
}

const plain = ["phone", "bsuid", "name", "email", "locale"] as const;

/** Values to choose between; one that only one of the two has survives by itself. */
export function clashesOf(contact: Contact, other: Contact): Clash[] {
  const clashes: Clash[] = [];
  const add = (field: string, mine = "", theirs = "") => {
    if (mine && theirs && mine !== theirs) clashes.push({ field, mine, theirs });
  };
  for (const field of plain) add(field, contact[field], other[field]);
  for (const [key, value] of Object.entries(contact.fields)) add(`field:${key}`, value, other.fields[key]);
  return clashes;
}

/** Which of the two consents the merged contact has: a refusal wins. */
export function mergedConsent(contact: Contact, other: Contact): Contact["optIn"]["state"] {
  const states = [contact.optIn.state, other.optIn.state];
  if (states.includes("out")) return "out";
  if (states.includes("in")) return "in";
  return states.includes("pending") ? "pending" : "unknown";
}
