import { $api, type components } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

export type ContactChange = components["schemas"]["ContactChange"];

/** Adds a contact. A phone number that another contact has is refused with a conflict. */
export function useCreateContact() {
  return $api.useMutation("post", "/api/contacts", { onSuccess: useRefreshContacts() });
}
