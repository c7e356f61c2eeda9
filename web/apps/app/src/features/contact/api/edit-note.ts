import { $api } from "@aerostic/api-client";
import { useRefreshTimeline } from "./refresh-timeline";

/** Changes a note; the server refuses somebody else's. */
export function useEditNote() {
  return $api.useMutation("patch", "/api/contacts/{id}/notes/{noteId}", { onSuccess: useRefreshTimeline() });
}
