import { $api } from "@aerostic/api-client";

/** Replaces the recovery codes; the old ones stop working. Takes password and code. */
export function useRenewCodes() {
  return $api.useMutation("post", "/api/me/two-factor/recovery-codes");
}
