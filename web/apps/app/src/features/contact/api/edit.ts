import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Changes what the body names and leaves the rest. */
export function useEditContact() {
  return $api.useMutation("patch", "/api/contacts/{id}", { onSuccess: useRefreshContacts() });
}
