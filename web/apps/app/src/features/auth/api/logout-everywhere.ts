import { $api, signedOut } from "@aerostic/api-client";

/** Ends every session of this person, this one too. */
export function useLogoutEverywhere() {
  return $api.useMutation("post", "/api/auth/logout-everywhere", { onSuccess: signedOut });
}
