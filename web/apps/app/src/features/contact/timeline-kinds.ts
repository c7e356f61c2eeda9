import {
  GitMerge,
  type LucideIcon,
  Megaphone,
  MessageCircle,
  MousePointerClick,
  Pencil,
  ShieldCheck,
  StickyNote,
  Trophy,
  Upload,
  Workflow,
} from "lucide-react";
import type { Entry, EntryKind } from "./api/timeline";

/** How each kind of entry looks and is called in the filter. */
export const entryKinds: Record<EntryKind, { label: string; icon: LucideIcon }> = {
  message: { label: "Messages", icon: MessageCircle },
  campaign: { label: "Campaigns", icon: Megaphone },
  click: { label: "Clicks", icon: MousePointerClick },
  goal: { label: "Goals", icon: Trophy },
  consent: { label: "Consent", icon: ShieldCheck },
  note: { label: "Notes", icon: StickyNote },
  change: { label: "Changes", icon: Pencil },
  import: { label: "Imports", icon: Upload },
  merge: { label: "Merges", icon: GitMerge },
  step: { label: "Automations", icon: Workflow },
};

const names: Record<string, string> = {
  phone: "Phone",
  bsuid: "WhatsApp user id",
  name: "Name",
  email: "Email",
  locale: "Language",
  optIn: "Marketing consent",
  "optIn.source": "Where it was said",
  "optIn.evidence": "Proof",
  stage: "Stage",
  owner: "Owner",
  tag: "Tag",
};

const consents: Record<string, string> = {
  in: "Opted in",
  pending: "To be confirmed",
  out: "Opted out",
  unknown: "Not asked",
};

/** A change in words: the value's name, and what it was and is. */
export function changeWords(
  { field, from = "", to = "" }: NonNullable<Entry["changes"]>[number],
  label: (key: string) => string,
): { name: string; from: string; to: string } {
  const name = field.startsWith("field:") ? label(field.slice("field:".length)) : (names[field] ?? field);
  if (field !== "optIn") return { name, from, to };
  return { name, from: consents[from] ?? from, to: consents[to] ?? to };
}

/** Who did it: a member by their address; nothing for Aerostic itself. */
export function byWords(by: Entry["by"]): string {
  if (!by) return "";
  if (by.kind === "apikey") return by.name ? `API key ${by.name}` : "The API";
  return by.name ?? "";
}
