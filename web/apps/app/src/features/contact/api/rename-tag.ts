import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Gives a tag or list another name. */
export function useRenameTag() {
  return $api.useMutation("patch", "/api/tags/{id}", { onSuccess: useRefreshContacts() });
}
