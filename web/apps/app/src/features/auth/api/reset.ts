import { $api } from "@aerostic/api-client";

/** Sets a new password with the token of the mail, and signs out everywhere. */
export function useReset() {
  return $api.useMutation("post", "/api/auth/reset");
}
