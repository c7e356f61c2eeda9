import { $api, signedIn } from "@aerostic/api-client";

/** Joins the workspace; new people also give name and password. */
export function useAcceptInvitation() {
  return $api.useMutation("post", "/api/auth/invitations/{token}/accept", {
    onSuccess: ({ accessToken }) => signedIn(accessToken),
  });
}
