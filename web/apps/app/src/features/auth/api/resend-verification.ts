import { $api } from "@aerostic/api-client";

/** Sends the confirmation mail again. */
export function useResendVerification() {
  return $api.useMutation("post", "/api/auth/verify/resend");
}
