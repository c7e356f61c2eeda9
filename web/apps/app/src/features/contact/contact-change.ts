import type { ContactChange } from "./api/create";
import type { Contact } from "./api/list";
import type { OptIn } from "./contact";

/** The form's fields; empty text stands for what is not known. */
export interface ContactValues {
  phone: string;
  name: string;
  email: string;
  locale: string;
  optIn: OptIn;
  source: string;
  evidence: string;
  fields: Record<string, string>;
}

const texts = ["phone", "name", "email", "locale"] as const;

export function valuesOf(contact?: Contact): ContactValues {
  return {
    phone: contact?.phone ?? "",
    name: contact?.name ?? "",
    email: contact?.email ?? "",
    locale: contact?.locale ?? "",
    optIn: contact?.optIn.state ?? "unknown",
    source: contact?.optIn.source ?? "",
    evidence: contact?.optIn.evidence ?? "",
    fields: { ...contact?.fields },
  };
}

/** What must be sent so that `before` becomes `after`: an empty text removes, what is equal is left out. */
export function changeOf(before: ContactValues, after: ContactValues): ContactChange {
  const change: ContactChange = {};
  for (const name of texts) {
    const text = after[name].trim();
    if (text !== before[name]) change[name] = text;
  }
  const fields = changedFields(before.fields, after.fields);
  if (Object.keys(fields).length > 0) change.fields = fields;
  if (consentChanged(before, after)) {
    const proof = after.optIn !== "unknown";
    change.optIn = {
      state: after.optIn,
      source: (proof && after.source.trim()) || undefined,
      evidence: (proof && after.evidence.trim()) || undefined,
    };
  }
  return change;
}

function changedFields(before: Record<string, string>, after: Record<string, string>) {
  const changed: Record<string, string> = {};
  for (const [key, value] of Object.entries(after)) {
    if (value.trim() !== (before[key] ?? "")) changed[key] = value.trim();
  }
  return changed;
}

function consentChanged(before: ContactValues, after: ContactValues): boolean {
  if (before.optIn !== after.optIn) return true;
  return (
    after.optIn !== "unknown" &&
    (before.source !== after.source.trim() || before.evidence !== after.evidence.trim())
  );
}
