import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Takes a tag or list away from everybody; the contacts stay. */
export function useDeleteTag() {
  return $api.useMutation("delete", "/api/tags/{id}", { onSuccess: useRefreshContacts() });
}
