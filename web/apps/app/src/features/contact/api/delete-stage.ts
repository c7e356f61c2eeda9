import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Deletes a stage; its contacts move in the background. */
export function useDeleteStage() {
  return $api.useMutation("delete", "/api/stages/{id}", { onSuccess: useRefreshContacts() });
}
