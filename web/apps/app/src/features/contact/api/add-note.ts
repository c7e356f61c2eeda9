import { $api } from "@aerostic/api-client";
import { useRefreshTimeline } from "./refresh-timeline";

/** Writes a note on a contact; members alone see it. */
export function useAddNote() {
  return $api.useMutation("post", "/api/contacts/{id}/notes", { onSuccess: useRefreshTimeline() });
}
