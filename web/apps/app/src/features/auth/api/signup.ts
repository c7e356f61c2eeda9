import { $api, signedIn } from "@aerostic/api-client";

/** Creates person and workspace; the owner is signed in at once. */
export function useSignup() {
  return $api.useMutation("post", "/api/auth/signup", {
    onSuccess: ({ accessToken }) => signedIn(accessToken),
  });
}
