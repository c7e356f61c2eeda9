import { $api, signedIn } from "@aerostic/api-client";

/** The second step: a code of the authenticator app, or a recovery code. */
export function useTwoFactor() {
  return $api.useMutation("post", "/api/auth/two-factor", {
    onSuccess: ({ accessToken }) => signedIn(accessToken),
  });
}
