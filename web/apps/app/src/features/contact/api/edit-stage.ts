import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Renames or repaints a stage. */
export function useEditStage() {
  return $api.useMutation("patch", "/api/stages/{id}", { onSuccess: useRefreshContacts() });
}
