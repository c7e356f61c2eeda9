import type { Tone } from "@aerostic/ui/badge";
import { formatPhone } from "@aerostic/ui/lib/format";
import type { Contact } from "./api/list";

export type OptIn = Contact["optIn"]["state"];

/** What a person said about marketing messages, in the words of the screens. */
export const consentNames: Record<OptIn, string> = {
  in: "Opted in",
  pending: "To be confirmed",
  out: "Opted out",
  unknown: "Not asked",
};

export const consentTones: Record<OptIn, Tone> = {
  in: "success",
  pending: "info",
  out: "warning",
  unknown: "neutral",
};

/** What a contact is called: the name, else the number, else WhatsApp's id for people who hide theirs. */
export function nameOf({ name, phone, bsuid }: Pick<Contact, "name" | "phone" | "bsuid">): string {
  return name || (phone && formatPhone(phone)) || bsuid || "Without a name";
}
