import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Allows messages to a contact again. */
export function useUnsuppressContact() {
  return $api.useMutation("post", "/api/contacts/{id}/unsuppress", { onSuccess: useRefreshContacts() });
}
