import { $api, signedOut } from "@aerostic/api-client";

/** Ends this session here and on the server. */
export function useLogout() {
  return $api.useMutation("post", "/api/auth/logout", { onSuccess: signedOut });
}
