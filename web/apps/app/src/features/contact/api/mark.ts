import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Gives or takes tags of named contacts, or of everybody a filter lets through. */
export function useMarkContacts() {
  return $api.useMutation("post", "/api/contacts/tag", { onSuccess: useRefreshContacts() });
}
