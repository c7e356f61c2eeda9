import { $api } from "@aerostic/api-client";
import { useRefreshTimeline } from "./refresh-timeline";

/** Removes a note for good. */
export function useDeleteNote() {
  return $api.useMutation("delete", "/api/contacts/{id}/notes/{noteId}", {
    onSuccess: useRefreshTimeline(),
  });
}
