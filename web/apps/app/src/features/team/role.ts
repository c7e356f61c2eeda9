import type { Tone } from "@aerostic/ui/badge";
import type { Role } from "./api/members";

export const roles: { value: Role; label: string; hint: string; tone: Tone }[] = [
  { value: "owner", label: "Owner", hint: "Everything, and naming other owners", tone: "primary" },
  { value: "admin", label: "Admin", hint: "Everything but what concerns owners", tone: "info" },
  { value: "agent", label: "Agent", hint: "Reads everything and works on contacts", tone: "neutral" },
];

export function roleName(role: Role): string {
  return roles.find(({ value }) => value === role)?.label ?? role;
}

export function roleTone(role: Role): Tone {
  return roles.find(({ value }) => value === role)?.tone ?? "neutral";
}

/** The roles that somebody may give: only an owner makes owners. */
export function grantable(mine: string) {
  return roles.filter(({ value }) => mine === "owner" || value !== "owner");
}

/** Whether I may change or remove a member: nobody but an owner touches an owner. */
export function mayTouch(mine: string, theirs: string): boolean {
  return mine === "owner" || theirs !== "owner";
}
