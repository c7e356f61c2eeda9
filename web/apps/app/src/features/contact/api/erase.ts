import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Erases a person on their request. */
export function useEraseContact() {
  return $api.useMutation("post", "/api/contacts/{id}/erase", { onSuccess: useRefreshContacts() });
}
