import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Stops a bulk; what was changed stays. */
export function useCancelBulk() {
  return $api.useMutation("post", "/api/bulks/{id}/cancel", { onSuccess: useRefreshContacts() });
}
