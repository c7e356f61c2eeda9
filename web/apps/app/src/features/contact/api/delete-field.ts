import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Deletes a field; its values follow in the background. */
export function useDeleteField() {
  return $api.useMutation("delete", "/api/fields/{key}", { onSuccess: useRefreshContacts() });
}
