import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Makes two contacts of one again, as far as what happened since allows. */
export function useUndoMerge() {
  return $api.useMutation("post", "/api/merges/{id}/undo", { onSuccess: useRefreshContacts() });
}
