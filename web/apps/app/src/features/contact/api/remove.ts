import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Erases what is known about a person. */
export function useDeleteContact() {
  return $api.useMutation("delete", "/api/contacts/{id}", { onSuccess: useRefreshContacts() });
}
