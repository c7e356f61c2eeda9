import { $api } from "@aerostic/api-client";
import { useRefreshSegments } from "./refresh";

/** Deletes a segment; the contacts stay. */
export function useDeleteSegment() {
  return $api.useMutation("delete", "/api/segments/{id}", { onSuccess: useRefreshSegments() });
}
