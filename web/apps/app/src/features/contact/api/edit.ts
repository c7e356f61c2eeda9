import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Changes what the body names and leaves the rest. Edits reach the server in the order they were made. */
export function useEditContact() {
  return $api.useMutation("patch", "/api/contacts/{id}", {
    scope: { id: "contact" },
    onSuccess: useRefreshContacts(),
  });
}
