import { $api } from "@aerostic/api-client";
import { useRefreshSegments } from "./refresh";

/** Renames a segment or changes what it asks. */
export function useEditSegment() {
  return $api.useMutation("patch", "/api/segments/{id}", { onSuccess: useRefreshSegments() });
}
