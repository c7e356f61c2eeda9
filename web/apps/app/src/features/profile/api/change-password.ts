import { $api, signedIn } from "@aerostic/api-client";

/** Sets a new password; every other session ends and this one goes on. */
export function useChangePassword() {
  return $api.useMutation("post", "/api/me/password", {
    onSuccess: ({ accessToken }) => signedIn(accessToken),
  });
}
