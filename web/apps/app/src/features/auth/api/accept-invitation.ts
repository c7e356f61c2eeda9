import { $api, signedIn } from "@aerostic/api-client";

/** Joins the workspace; new people also give name and password. Without a token in the answer, sign in. */
export function useAcceptInvitation() {
  return $api.useMutation("post", "/api/auth/invitations/{token}/accept", {
    onSuccess: ({ accessToken }) => {
      if (accessToken) signedIn(accessToken);
    },
  });
}
