import { $api, type components } from "@aerostic/api-client";

export type Invitation = components["schemas"]["AuthInvitationReplyBody"];

/** What an invitation link offers: workspace, role, who invited, and whether the person has an account. */
export function useInvitation(token: string) {
  return $api.useQuery("get", "/api/auth/invitations/{token}", { params: { path: { token } } });
}
