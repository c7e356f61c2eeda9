import { $api, signedIn } from "@aerostic/api-client";

/** Changes to another workspace of the same person. */
export function useSwitch() {
  return $api.useMutation("post", "/api/auth/switch", {
    onSuccess: ({ accessToken }) => signedIn(accessToken),
  });
}
