import { $api } from "@aerostic/api-client";

/** A new secret to scan; nothing changes before it is confirmed with a code. */
export function useStartTwoFactor() {
  return $api.useMutation("post", "/api/me/two-factor/start");
}
