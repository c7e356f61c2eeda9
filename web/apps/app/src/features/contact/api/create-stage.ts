import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Adds a stage at the end of the board. */
export function useCreateStage() {
  return $api.useMutation("post", "/api/stages", { onSuccess: useRefreshContacts() });
}
