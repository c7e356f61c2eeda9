import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Stops every message to a contact. */
export function useSuppressContact() {
  return $api.useMutation("post", "/api/contacts/{id}/suppress", { onSuccess: useRefreshContacts() });
}
