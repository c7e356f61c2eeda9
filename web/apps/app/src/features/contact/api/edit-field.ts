import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Renames a field, or gives it another type or options; its values follow in the background. */
export function useEditField() {
  return $api.useMutation("patch", "/api/fields/{key}", { onSuccess: useRefreshContacts() });
}
