import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Makes a field. */
export function useCreateField() {
  return $api.useMutation("post", "/api/fields", { onSuccess: useRefreshContacts() });
}
