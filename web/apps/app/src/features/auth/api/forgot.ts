import { $api } from "@aerostic/api-client";

/** Sends a mail with a link; answers the same whether the address is known or not. */
export function useForgot() {
  return $api.useMutation("post", "/api/auth/forgot");
}
