import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Invitation = components["schemas"]["TenantInvitationBody"];

/** Invitations that nobody has accepted yet, expired ones too. */
export function useInvitations() {
  return $api.useInfiniteQuery("get", "/api/invitations", { params: { query: { limit: 100 } } }, pages);
}
