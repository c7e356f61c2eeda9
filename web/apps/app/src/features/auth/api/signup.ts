import { $api } from "@aerostic/api-client";

/** Asks for a person and a workspace; they exist once the mailed link was opened. */
export function useSignup() {
  return $api.useMutation("post", "/api/auth/signup");
}
