import { $api } from "@aerostic/api-client";

/** Confirms the address with the token of the mail. */
export function useVerify() {
  return $api.useMutation("post", "/api/auth/verify");
}
