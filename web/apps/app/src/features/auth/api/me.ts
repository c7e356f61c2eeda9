import { $api, type components } from "@aerostic/api-client";
import { useSuspenseQuery } from "@tanstack/react-query";

export type Account = components["schemas"]["AuthAccount"];
/** Somebody in a workspace; the guard keeps operators on their own screen and shows others how to get into one. */
export type Me = Required<Account>;

/** Permissions as in feature/tenant/permission.go. */
export type Permission =
  | "overview.read"
  | "inbox.read"
  | "inbox.reply"
  | "inbox.manage"
  | "contact.read"
  | "contact.write"
  | "contact.import"
  | "contact.manage"
  | "contact.privacy"
  | "consent.export"
  | "template.read"
  | "template.write"
  | "campaign.read"
  | "campaign.write"
  | "campaign.send"
  | "goal.write"
  | "conversion.write"
  | "event.write"
  | "campaign.approve"
  | "campaign.override"
  | "wallet.read"
  | "wallet.topup"
  | "channel.read"
  | "channel.write"
  | "team.read"
  | "team.write"
  | "settings.write"
  | "platform";

export const meQuery = $api.queryOptions("get", "/api/me", {}, { staleTime: 5 * 60_000 });

/** Who is signed in, where, and what they may do. Loaded by the guard, so always there under _app. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data as Me;
}

/** The same where an operator of the installation may be looking, who belongs to no workspace. */
export function useAccount(): Account {
  return useSuspenseQuery(meQuery).data;
}

/** Hide what a role may not do; the server refuses it anyway. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
